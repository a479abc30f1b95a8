/// <reference lib="dom" />
// The functions handed to `evaluate` run in the page.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Client } from '@modelcontextprotocol/client';
import { build } from 'esbuild';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import type { Chat } from '../mcp/app/host/host.ts';
import { looks } from './mcp-host-looks.ts';

/** What the view did that a chat would know of. */
export interface Noted {
  call: { name: string; input: Record<string, unknown> }[];
  message: string[];
  context: { content?: { text: string }[]; structuredContent?: Record<string, unknown> }[];
  size: { width?: number; height?: number }[];
}

export interface ChatOptions {
  width?: number;
  height?: number;
  theme?: 'light' | 'dark';
  /** Over what the chat tells of itself: a phone's edges, no full screen. */
  context?: Record<string, unknown>;
  offers?: { serverTools?: boolean; message?: boolean };
  /** Answers in the server's place. */
  answer?: (tool: string, input: Record<string, unknown>) => Promise<unknown>;
  /** Pixels of the picture for each of the page, for pictures on pages. */
  scale?: number;
}

export interface ChatPage {
  page: Page;
  /** Inside the frame that the view stands in. */
  view: FrameLocator;
  noted: Noted;
  /** Errors on a console, and requests for anything but the chat and the view. */
  troubles: string[];
  /** What the model does: calls a tool, whose view the chat then shows. */
  use(tool: string, input: Record<string, unknown>, question?: string): Promise<void>;
  /** Only the beginning of it: the view stands and waits. */
  begin(tool: string, input: Record<string, unknown>, question?: string): Promise<void>;
  finish(result: unknown): Promise<void>;
  cancel(reason: string): Promise<void>;
  change(context: Record<string, unknown>): Promise<void>;
  close(): Promise<void>;
}

const chatUrl = 'http://chat.example/';
const viewUrl = 'http://view.example/charts.html';
/** A font of the chat's own, with the signs that the browser's lacks. */
const fontUrl = 'http://view.example/font.ttf';
const font = fileURLToPath(
  new URL('../../node_modules/dejavu-fonts-ttf/ttf/DejaVuSans.ttf', import.meta.url),
);
const fonts = `@font-face { font-family: 'Chat signs'; src: url('${fontUrl}'); unicode-range: U+2190-21FF; }`;
const folder = fileURLToPath(new URL('../mcp/app/host/', import.meta.url));

/**
 * A chat in a real browser over a real client: shows the view that a tool names in a frame as chats do, sandboxed and
 * held to the policy that its resource asks for.
 */
export async function openChat(
  browser: Browser,
  client: Client,
  options: ChatOptions = {},
): Promise<ChatPage> {
  const { width = 816, height = 900, theme = 'light', context = {}, offers = {}, scale = 1 } = options;
  const page = await browser.newPage({
    viewport: { width, height },
    reducedMotion: 'reduce',
    deviceScaleFactor: scale,
  });
  const noted: Noted = { call: [], message: [], context: [], size: [] };
  const troubles: string[] = [];
  page.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(message.text());
  });
  page.on('pageerror', error => troubles.push(error.message));
  let html = '';
  let policy = '';
  await page.route('**/*', async route => {
    const url = route.request().url();
    if (url === chatUrl)
      return route.fulfill({ contentType: 'text/html', body: await readFile(`${folder}page.html`, 'utf8') });
    if (url === `${chatUrl}host.js`)
      return route.fulfill({ contentType: 'text/javascript', body: await hostScript() });
    if (url === fontUrl)
      return route.fulfill({ path: font, headers: { 'access-control-allow-origin': '*' } });
    if (url === viewUrl)
      return route.fulfill({
        contentType: 'text/html',
        headers: { 'content-security-policy': policy },
        body: html,
      });
    if (!url.startsWith('data:')) troubles.push(`request for ${url}`);
    return route.abort();
  });
  const answer =
    options.answer ??
    ((name: string, input: Record<string, unknown>) => client.callTool({ name, arguments: input }));
  await page.exposeFunction('askServer', answer);
  await page.exposeFunction('noted', (kind: keyof Noted, value: never) => noted[kind].push(value));
  await page.goto(chatUrl);

  const begin = async (tool: string, input: Record<string, unknown>, question = '') => {
    const found = (await client.listTools()).tools.find(({ name }) => name === tool)!;
    const { resourceUri } = found._meta!.ui as { resourceUri: string };
    const [content] = (await client.readResource({ uri: resourceUri })).contents;
    const { ui } = content!._meta as { ui: { csp: Record<string, string[]> } };
    html = (content as { text: string }).text;
    policy = policyOf(ui.csp);
    const shown = {
      ...{ question, tool: found.title ?? tool, input, src: viewUrl, offers },
      context: {
        ...{ theme, displayMode: 'inline', availableDisplayModes: ['inline', 'fullscreen'], locale: 'en-GB' },
        styles: { variables: looks[theme], css: { fonts } },
        toolInfo: { tool: found },
        ...context,
      },
    };
    await page.evaluate(given => window.chat.show(given as Parameters<Chat['show']>[0]), shown as object);
  };
  const finish = (result: unknown) => page.evaluate(given => window.chat.result(given as never), result);
  return {
    page,
    view: page.frameLocator('iframe'),
    noted,
    troubles,
    begin,
    finish,
    async use(tool, input, question) {
      await begin(tool, input, question);
      await finish(await answer(tool, input));
    },
    cancel: reason => page.evaluate(given => window.chat.cancelled(given), reason),
    change: changed => page.evaluate(given => window.chat.change(given as never), changed),
    close: () => page.close(),
  };
}

/** As hosts make one of what a resource asks for (MCP Apps, 2026-01-26). */
function policyOf({
  connectDomains = [],
  resourceDomains = [],
  frameDomains = [],
}: Record<string, string[]>): string {
  const resources = resourceDomains.join(' ');
  return [
    "default-src 'none'",
    `script-src 'self' 'unsafe-inline' ${resources}`,
    `style-src 'self' 'unsafe-inline' ${resources}`,
    `img-src 'self' data: ${resources}`,
    `font-src 'self' ${resources}`,
    `connect-src ${connectDomains.length > 0 ? connectDomains.join(' ') : "'none'"}`,
    `frame-src ${frameDomains.length > 0 ? frameDomains.join(' ') : "'none'"}`,
    "object-src 'none'",
  ].join('; ');
}

const buildScript = new URL('../../scripts/build-view.mjs', import.meta.url).href;
let built: Promise<string> | undefined;

/** The view of today's sources. In memory: another build may write or delete that of dist meanwhile. */
export function builtPage(): Promise<string> {
  built ??= (import(buildScript) as Promise<{ viewHtml(): Promise<string> }>).then(({ viewHtml }) =>
    viewHtml(),
  );
  return built;
}

let bundled: Promise<string> | undefined;

function hostScript(): Promise<string> {
  bundled ??= build({
    entryPoints: [`${folder}host.ts`],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
  }).then(({ outputFiles }) => outputFiles[0]!.text);
  return bundled;
}
