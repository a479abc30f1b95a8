import type { Browser } from 'playwright-core';
import { blocksHtml } from './page/blocks.ts';
import { textHtml } from './page/elements.ts';
import { type Html, html, type Json, type Looks, nothing, objectOf, raw, textOf } from './page/html.ts';
import { mrkdwnHtml } from './page/mrkdwn.ts';
import { style } from './page/style.ts';

/** A message as it was posted, or as the fake keeps it. */
export interface ShownMessage {
  text?: string | undefined;
  blocks?: readonly unknown[] | undefined;
  /** ID of who wrote it; the app where there is none. */
  user?: string | undefined;
  ts?: string | undefined;
  thread_ts?: string | undefined;
  /** Who alone sees it. */
  ephemeral?: string | undefined;
  edited?: unknown;
}

/** A modal or a Home tab. */
export interface ShownView {
  type: 'modal' | 'home';
  blocks: readonly unknown[];
  title?: unknown;
  submit?: unknown;
  close?: unknown;
}

export interface PageOptions extends Partial<Looks> {
  theme?: 'light' | 'dark';
  /** ID of the app's user. */
  bot?: string;
}

/** Messages and views as one page that needs nothing else, near to how Slack shows them. Everything in it is escaped. */
export function pageOf(shown: readonly (ShownMessage | ShownView)[], options: PageOptions = {}): string {
  const { theme = 'light', bot = '' } = options;
  const looks: Looks = {
    fileOf: options.fileOf ?? (() => undefined),
    names: options.names ?? {},
    now: options.now ?? new Date('2026-11-23T09:00:00Z'),
    zone: options.zone ?? 'UTC',
  };
  const parts = shown.map(each => ('type' in each ? viewHtml(each, looks) : messageHtml(each, looks, bot)));
  return html`<!doctype html><html lang="en" class="${theme}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Slack</title><style>${raw(
    style,
  )}</style><main>${parts}</main></html>`.html;
}

function messageHtml(message: ShownMessage, looks: Looks, bot: string): Html {
  const { user, blocks = [], text = '', ts } = message;
  const isApp = user === undefined || user === bot;
  const name = isApp ? 'Kindred' : (looks.names[user] ?? user);
  const at = ts === undefined ? looks.now : new Date(Number(ts) * 1000);
  const time = new Intl.DateTimeFormat('en-US', {
    timeZone: looks.zone,
    hour: 'numeric',
    minute: '2-digit',
  }).format(at);
  const isReply = message.thread_ts !== undefined && message.thread_ts !== ts;
  const badge = isApp ? html` <span class="app">APP</span>` : nothing;
  return html`<div class="${isReply ? 'replies' : ''}"><div class="message"><div class="avatar ${
    isApp && 'app'
  }">${name.slice(0, 1)}</div><div class="body">${
    message.ephemeral === undefined ? nothing : html`<div class="only">Only visible to you</div>`
  }<div class="who"><b>${name}</b>${badge} <span class="at">${time}</span></div>${
    blocks.length > 0 ? blocksHtml(blocks, looks) : html`<div>${mrkdwnHtml(text, looks)}</div>`
  }${message.edited ? html`<span class="edited">(edited)</span>` : nothing}</div></div></div>`;
}

function viewHtml(view: ShownView, looks: Looks): Html {
  const inside = html`<div class="inside">${blocksHtml(view.blocks, looks)}</div>`;
  if (view.type === 'home')
    return html`<div class="home"><div class="bar"><b>Kindred</b><span class="on">Home</span><span>Messages</span><span>About</span></div>${inside}</div>`;
  const label = (value: unknown, otherwise: string) =>
    textOf((objectOf(value) satisfies Json).text) === '' ? html`${otherwise}` : textHtml(value, looks);
  return html`<div class="modal"><div class="bar">${label(view.title, '')} <span class="close">×</span></div>${inside}<div class="foot"><span class="button">${label(
    view.close,
    view.submit ? 'Cancel' : 'Close',
  )}</span>${view.submit ? html`<span class="button primary">${label(view.submit, 'Submit')}</span>` : nothing}</div></div>`;
}

/** The whole page as a PNG, at the width of a desktop (720) or a phone (390). */
export async function pictureOf(
  browser: Browser,
  page: string,
  { width = 720 }: { width?: number } = {},
): Promise<Buffer> {
  const tab = await browser.newPage({ viewport: { width, height: 200 }, deviceScaleFactor: 2 });
  try {
    await tab.setContent(page);
    // As high as the page, and drawn: of what is larger than the window, or was not drawn yet, Chromium at times has no picture.
    const height = await tab.evaluate<number>(
      'Math.ceil(document.documentElement.getBoundingClientRect().height)',
    );
    await tab.setViewportSize({ width, height });
    for (let tries = 1; ; tries++) {
      await tab.evaluate('new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
      try {
        return await tab.screenshot();
      } catch (error) {
        if (tries === 10) throw error;
      }
    }
  } finally {
    await tab.close();
  }
}
