import type { CallToolResult, Client } from '@modelcontextprotocol/client';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { ChartData } from '../../../src/charts/chart-data.ts';
import { segmentColour } from '../../../src/charts/palette.ts';
import { livedShop } from '../../segmentation/refresh/lived-shop.ts';
import { launchBrowser } from '../../support/browser.ts';
import { appOver, closedApp } from '../../support/mcp-app.ts';
import { connectedClient, person } from '../../support/mcp-client.ts';
import { builtPage, type ChatOptions, type ChatPage, openChat } from '../../support/mcp-host.ts';
import { madeAnswer } from './made-answer.ts';

let browser: Browser;
let closeServer: () => Promise<void>;
/** What the server says to a call. */
export let ask: (tool: string, input: Record<string, unknown>) => Promise<CallToolResult>;
let client: Client;
/** The one that the test opened. */
export let chat: ChatPage;

/**
 * For the tests of a file: a server, a browser; and a chat in which nothing may go wrong. The server has a shop that was
 * refreshed twice, or made charts, which are there at once.
 */
export function useChats(over: 'shop' | 'made charts'): void {
  beforeAll(async () => {
    const shop = over === 'shop' ? await livedShop({ customers: 240, ahead: 14 }) : null;
    await shop?.refresh(1);
    await shop?.refresh(13);
    const app = shop ? appOver(shop.context) : closedApp();
    const connected = await connectedClient(app, person(), {
      era: 'modern',
      showsPages: true,
      parts: { chartsPage: builtPage },
    });
    client = connected.client;
    ask = shop ? (name, input) => client.callTool({ name, arguments: input }) : madeAnswer;
    closeServer = async () => {
      await connected.close();
      await shop?.close();
    };
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await closeServer?.();
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
    const { structuredContent } = await ask('show_chart', { chart });
    shopCharts.set(chart, structuredContent as unknown as ChartData);
  }
  return shopCharts.get(chart)!;
}

export async function opened(options: ChatOptions = {}): Promise<void> {
  chat = await openChat(browser, client, { answer: ask, ...options });
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
