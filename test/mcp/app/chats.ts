import type { Client } from '@modelcontextprotocol/client';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { ChartData } from '../../../src/charts/chart-data.ts';
import { segmentColour } from '../../../src/charts/palette.ts';
import { type LivedShop, livedShop } from '../../segmentation/refresh/lived-shop.ts';
import { launchBrowser } from '../../support/browser.ts';
import { appOver } from '../../support/mcp-app.ts';
import { connectedClient, person } from '../../support/mcp-client.ts';
import { builtPage, type ChatOptions, type ChatPage, openChat } from '../../support/mcp-host.ts';

let shop: LivedShop;
/** A client of the server over a shop that was refreshed twice. */
export let client: Client;
let browser: Browser;
let closeClient: () => Promise<void>;
/** The one that the test opened. */
export let chat: ChatPage;

/** For the tests of a file: a shop, a server, a browser; and a chat in which nothing may go wrong. */
export function useChats(): void {
  beforeAll(async () => {
    shop = await livedShop({ customers: 240, ahead: 14 });
    await shop.refresh(1);
    await shop.refresh(13);
    ({ client, close: closeClient } = await connectedClient(appOver(shop.context), person(), {
      era: 'modern',
      showsPages: true,
      parts: { chartsPage: builtPage },
    }));
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await closeClient?.();
    await shop?.close();
  });
  afterEach(async () => {
    expect(chat.troubles).toEqual([]);
    await chat.close();
  });
}

const shopCharts = new Map<string, ChartData>();

/** What the server tells of a chart. */
export async function chartOf(chart: string): Promise<ChartData> {
  if (!shopCharts.has(chart)) {
    const { structuredContent } = await client.callTool({ name: 'show_chart', arguments: { chart } });
    shopCharts.set(chart, structuredContent as unknown as ChartData);
  }
  return shopCharts.get(chart)!;
}

export async function opened(options: ChatOptions = {}): Promise<void> {
  chat = await openChat(browser, client, options);
}

export async function shown(chart = 'map', options: ChatOptions = {}): Promise<void> {
  await opened(options);
  await chat.use('show_chart', { chart });
  await drawn(await chartOf(chart));
}

export const picture = () => chat.view.locator('.drawing');
export const drawn = ({ alt }: ChartData) =>
  expect.poll(() => picture().getAttribute('aria-label')).toBe(alt);

/** The middle of a disc of the map, in pixels of the chat. */
export async function discOf(position: number, theme: 'light' | 'dark' = 'light') {
  const colour = segmentColour(position)[theme];
  const box = (await chat.view.locator(`.drawing svg path[fill="${colour}"]`).last().boundingBox())!;
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
