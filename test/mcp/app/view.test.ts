/// <reference lib="dom" />
// The functions handed to `evaluate` run in the page.
import type { Client } from '@modelcontextprotocol/client';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type ChartData, chartKinds } from '../../../src/charts/chart-data.ts';
import { segmentColour } from '../../../src/charts/palette.ts';
import { type LivedShop, livedShop } from '../../segmentation/refresh/lived-shop.ts';
import { launchBrowser } from '../../support/browser.ts';
import { appOver } from '../../support/mcp-app.ts';
import { connectedClient, person } from '../../support/mcp-client.ts';
import { type ChatOptions, type ChatPage, openChat } from '../../support/mcp-host.ts';

let shop: LivedShop;
let client: Client;
let browser: Browser;
let closeClient: () => Promise<void>;
let chat: ChatPage;

beforeAll(async () => {
  shop = await livedShop({ customers: 240, ahead: 14 });
  await shop.refresh(1);
  await shop.refresh(13);
  ({ client, close: closeClient } = await connectedClient(appOver(shop.context), person(), {
    era: 'modern',
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

const shopCharts = new Map<string, ChartData>();

/** What the server tells of a chart. */
async function chartOf(chart: string): Promise<ChartData> {
  if (!shopCharts.has(chart)) {
    const { structuredContent } = await client.callTool({ name: 'show_chart', arguments: { chart } });
    shopCharts.set(chart, structuredContent as unknown as ChartData);
  }
  return shopCharts.get(chart)!;
}

async function shown(chart = 'map', options: ChatOptions = {}): Promise<ChatPage> {
  chat = await openChat(browser, client, options);
  await chat.use('show_chart', { chart });
  await drawn(await chartOf(chart));
  return chat;
}

const picture = () => chat.view.locator('.drawing');
const drawn = ({ alt }: ChartData) => expect.poll(() => picture().getAttribute('aria-label')).toBe(alt);

/** The middle of a disc of the map, in pixels of the chat. */
async function discOf(position: number, theme: 'light' | 'dark' = 'light') {
  const colour = segmentColour(position)[theme];
  const box = (await chat.view.locator(`.drawing svg path[fill="${colour}"]`).last().boundingBox())!;
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** What stands beside the pointer at a place. */
async function pointedAt({ x, y }: { x: number; y: number }): Promise<string> {
  await chat.page.mouse.move(x - 2, y - 2);
  await chat.page.mouse.move(x, y);
  await chat.view.locator('.tip:not([hidden])').waitFor();
  return (await chat.view.locator('.tip').textContent())!;
}

test('each chart is drawn, asked for once, told to the model and told in figures', async () => {
  await shown('map');
  for (const chart of ['profile', 'moves', 'sizes', 'map']) {
    await chat.view.locator(`#tab-${chart}`).click();
    const data = await chartOf(chart);
    await drawn(data);
    expect(await chat.view.getByRole('heading', { level: 1 }).textContent()).toBe(data.title);
    expect(await chat.view.getByText(data.note).count()).toBe(1);
    expect(await chat.view.locator('.drawing svg path').count()).toBeGreaterThan(data.segments.length);

    const rows = await chat.view.locator('.figures tbody th').allTextContents();
    if (chart === 'moves') expect(rows).toHaveLength(data.moves!.flows.length);
    else expect(rows).toEqual(data.segments.map(({ name }) => name));
    await expect
      .poll(() => chat.noted.context.at(-1)?.content?.[0]?.text)
      .toBe(`The person is looking at Kindred's chart "${data.title}" as of ${data.asOf}. ${data.alt}`);
  }
  expect(chat.noted.call).toEqual(
    ['profile', 'moves', 'sizes'].map(chart => ({ name: 'show_chart', input: { chart } })),
  );
});

describe('what the pointer is on', () => {
  test('on the map: a segment, whose card a click opens', async () => {
    await shown('map');
    const { segments } = await chartOf('map');
    const place = await discOf(1);
    expect(await pointedAt(place)).toContain(`2 ${segments[1]!.name}${segments[1]!.customers} customers`);
    await chat.page.mouse.click(place.x, place.y);
    await chat.view.getByRole('heading', { level: 2, name: segments[1]!.name }).waitFor();
    expect(chat.noted.call).toEqual([{ name: 'show_segment', input: { segment: segments[1]!.key } }]);
  });

  test('in the profile: the value, against the average', async () => {
    await shown('profile');
    const { profile, segments } = await chartOf('profile');
    const box = (await chat.view.locator('.drawing').boundingBox())!;
    // The tile at the lower right: the last segment's last feature, however the map is turned.
    const words = await pointedAt({ x: box.x + box.width - 12, y: box.y + box.height - 12 });
    expect(words).toContain(segments.at(-1)!.name);
    expect(words).toContain(`${profile!.features.at(-1)}: ${profile!.rows.at(-1)!.at(-1)!.value}`);
  });

  test('among moves: who went where', async () => {
    await shown('moves');
    const { moves, segments } = await chartOf('moves');
    expect(moves!.flows.length).toBeGreaterThan(0);
    const box = (await chat.view.locator('.drawing').boundingBox())!;
    let words = '';
    // Bands lie where they lie: down the middle until one is met.
    for (let y = box.y + 4; y < box.y + box.height && !words.includes('→'); y += 5) {
      await chat.page.mouse.move(box.x + box.width / 2, y);
      words = (await chat.view.locator('.tip:not([hidden])').allTextContents()).join();
    }
    const names = new Map(segments.map(({ key, name }) => [key, name]));
    const told = moves!.flows.map(
      ({ from, to }) => `${names.get(from) ?? 'New customers'} → ${names.get(to) ?? ''}`,
    );
    expect(told.some(each => words.includes(each))).toBe(true);
  });

  test('over time: the size of the nearest line at the nearest date', async () => {
    await shown('sizes');
    const { segments, sizes } = await chartOf('sizes');
    expect(sizes!.dates.length).toBeGreaterThan(1);
    // Lines are too thin to be hit: from the top down at the first date until one is near.
    const box = (await chat.view.locator('.drawing').boundingBox())!;
    let words = '';
    for (let y = box.y + 20; y < box.y + box.height && words === ''; y += 10) {
      await chat.page.mouse.move(box.x + 60, y);
      words = (await chat.view.locator('.tip:not([hidden])').allTextContents()).join();
    }
    const first = sizes!.lines.map((line, i) => `${segments[i]!.name}${line[0]} customers on`);
    expect(first.some(each => words.includes(each))).toBe(true);
  });
});

describe('a segment', () => {
  test('shows its persona, and puts a question into the chat', async () => {
    await shown('map');
    const { key, name } = (await chartOf('map')).segments[0]!;
    await chat.view.getByRole('button', { name }).click();
    const told = (await client.callTool({ name: 'show_segment', arguments: { segment: key } }))
      .structuredContent as { persona: { sentence: string; action: string } };
    await chat.view.getByText(told.persona.sentence).waitFor();
    expect(await chat.view.getByText(told.persona.action).count()).toBe(1);
    await expect
      .poll(() => chat.noted.context.at(-1)?.content?.[0]?.text)
      .toContain(`The segment with the key ${key} is open`);
    await chat.view.getByRole('button', { name: 'Ask about this segment' }).click();
    await chat.view.getByText('Asked in the chat.').waitFor();
    expect(chat.noted.message).toHaveLength(1);
    expect(chat.noted.message[0]).toContain(`“${name}” (key ${key})`);
  });

  test('is reached, opened and left by keyboard', async () => {
    await shown('map');
    const { keyboard } = chat.page;
    await chat.view.locator('#tab-map').focus();
    await keyboard.press('ArrowRight');
    // The legend is drawn anew with the chart that comes: who is in it stays in it.
    await keyboard.press('Tab');
    const { segments, ...profile } = await chartOf('profile');
    await drawn({ segments, ...profile });
    const focused = () => chat.view.locator(':focus');
    expect(await focused().getAttribute('data-segment')).toBe(segments[0]!.key);
    await keyboard.press('Enter');
    await chat.view.getByRole('heading', { level: 2, name: segments[0]!.name }).waitFor();
    await expect.poll(() => focused().evaluate(element => element.tagName)).toBe('H2');
    await keyboard.press('Escape');
    await expect.poll(() => chat.view.locator('.card').isVisible()).toBe(false);
    expect(await focused().getAttribute('data-segment')).toBe(segments[0]!.key);
  });

  test('that cannot be told is said plainly', async () => {
    const answer = async (name: string, input: Record<string, unknown>) =>
      name === 'show_segment'
        ? {
            content: [{ type: 'text', text: 'There is no segment "x". Run `kindred segments`.' }],
            isError: true,
          }
        : client.callTool({ name, arguments: input });
    await shown('map', { answer });
    await chat.view.locator('.chip').first().click();
    await chat.view.getByText('There is no segment "x".').waitFor();
    expect(await chat.view.locator('.card code').textContent()).toBe('kindred segments');
  });
});

describe('a chat', () => {
  test('of another look is followed', async () => {
    await shown('map');
    const ground = () => chat.view.locator('body').evaluate(body => getComputedStyle(body).backgroundColor);
    expect(await ground()).toBe('rgb(255, 255, 255)');
    await chat.change({
      theme: 'dark',
      styles: {
        variables: {
          '--color-background-primary': '#101820',
          '--color-text-primary': 'light-dark(red, #fedcba)',
        },
      },
    });
    await expect.poll(ground).toBe('rgb(16, 24, 32)');
    await expect.poll(() => discOf(0, 'dark').then(Boolean)).toBe(true);
    const words = chat.view.locator('.drawing svg text[fill="rgb(254, 220, 186)"]');
    await expect.poll(() => words.count()).toBeGreaterThan(0);
  });

  test('that is narrow gets numbers, and names in the legend; edges that it keeps free are kept', async () => {
    await shown('moves', {
      width: 360,
      context: { safeAreaInsets: { top: 40, right: 0, bottom: 20, left: 0 } },
    });
    const main = chat.view.locator('main');
    expect(await main.evaluate(each => getComputedStyle(each).paddingTop)).toBe('52px');
    for (const chart of chartKinds) {
      await chat.view.locator(`#tab-${chart}`).click();
      await drawn(await chartOf(chart));
      const html = chat.view.locator('html');
      await expect.poll(() => html.evaluate(each => each.scrollWidth - each.clientWidth)).toBe(0);
    }
    const { segments } = await chartOf('map');
    expect(await chat.view.locator('.chip-name').allTextContents()).toEqual(segments.map(({ name }) => name));
  });

  test('is told how tall the page is, and asked for full screen and for the way back', async () => {
    await shown('map');
    await expect.poll(() => chat.noted.size.at(-1)?.height).toBeGreaterThan(400);
    const hidden = () => chat.view.locator('html').evaluate(html => html.scrollHeight - html.clientHeight);
    await expect.poll(hidden).toBe(0);
    const wide = () => picture().evaluate(element => element.clientWidth);
    const before = await wide();
    await chat.view.getByRole('button', { name: 'Full screen', exact: true }).click();
    await chat.view.getByRole('button', { name: 'Leave full screen' }).waitFor();
    await expect.poll(wide).toBeGreaterThan(before);
    await chat.view.getByRole('button', { name: 'Leave full screen' }).click();
    await expect.poll(wide).toBe(before);
  });

  test('that passes nothing on gets the chart alone', async () => {
    chat = await openChat(browser, client, {
      offers: { serverTools: false, message: false },
      context: { availableDisplayModes: ['inline'] },
    });
    await chat.use('show_chart', { chart: 'map' });
    await chat.view.locator('.drawing svg').waitFor();
    expect(await chat.view.getByRole('button').count()).toBe(0);
    const { segments } = await chartOf('map');
    expect(await chat.view.locator('.chip-name').allTextContents()).toEqual(segments.map(({ name }) => name));
  });
});

describe('what goes wrong', () => {
  const nothing = {
    content: [
      { type: 'text', text: 'There are no segments yet. Run `kindred import`, then `kindred segment`.' },
    ],
    isError: true,
  };

  test('is told in the words of the server, as there are no segments', async () => {
    chat = await openChat(browser, client);
    await chat.begin('show_chart', { chart: 'map' });
    await chat.view.getByText('Drawing …').waitFor();
    await chat.finish(nothing);
    await chat.view.getByRole('alert').getByText('There are no segments yet.').waitFor();
    expect(await picture().isVisible()).toBe(false);
  });

  test('can be tried again, and the other charts stay', async () => {
    let fails = true;
    const answer = async (name: string, input: Record<string, unknown>) =>
      fails && input.chart === 'moves' ? nothing : client.callTool({ name, arguments: input });
    await shown('map', { answer });
    await chat.view.locator('#tab-moves').click();
    await chat.view.getByRole('alert').getByText('There are no segments yet.').waitFor();
    await chat.view.locator('#tab-map').click();
    await expect.poll(() => picture().isVisible()).toBe(true);
    expect(await chat.view.getByRole('alert').textContent()).toBe('');
    await chat.view.locator('#tab-moves').click();
    await chat.view.getByRole('alert').getByText('There are no segments yet.').waitFor();
    fails = false;
    await chat.view.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => picture().getAttribute('aria-label')).toBe((await chartOf('moves')).alt);
  });

  test('as a call that was cancelled is said', async () => {
    chat = await openChat(browser, client);
    await chat.begin('show_chart', { chart: 'map' });
    await chat.cancel('the person stopped it');
    await chat.view.getByText('The chart was not made: the person stopped it.').waitFor();
  });

  test('an answer that comes late does not take the place of what was chosen since', async () => {
    const answered: unknown[] = [];
    let release: () => void = () => {};
    const held = new Promise<void>(resolve => {
      release = resolve;
    });
    const answer = async (name: string, input: Record<string, unknown>) => {
      const result = await client.callTool({ name, arguments: input });
      if (input.chart === 'profile') await held;
      answered.push(input.chart);
      return result;
    };
    await shown('map', { answer });
    await chat.view.locator('#tab-profile').click();
    await chat.view.locator('#tab-sizes').click();
    const { alt } = await chartOf('sizes');
    await expect.poll(() => picture().getAttribute('aria-label')).toBe(alt);
    release();
    await expect.poll(() => answered).toEqual(['map', 'sizes', 'profile']);
    expect(await picture().getAttribute('aria-label')).toBe(alt);
    // It was kept for when it is chosen.
    await chat.view.locator('#tab-profile').click();
    await drawn(await chartOf('profile'));
    expect(chat.noted.call.map(({ input }) => input.chart)).toEqual(['profile', 'sizes']);
  });
});

test('names that would be markup, colours or signs of the chart are words', async () => {
  const hostile = [
    '<img src=x onerror="alert(1)">',
    '#143697',
    '{s0|a}{b|c} \\n %d',
    '</script><script>alert(1)</script>',
  ];
  const answer = async (name: string, input: Record<string, unknown>) => {
    const result = await client.callTool({ name, arguments: input });
    const content = result.structuredContent as { segments?: { name: string }[]; name?: string };
    content.segments?.forEach((segment, i) => {
      segment.name = hostile[i % hostile.length]!;
    });
    if (content.name) content.name = hostile[0]!;
    return result;
  };
  await shown('map', { answer });
  for (const chart of chartKinds) {
    await chat.view.locator(`#tab-${chart}`).click();
    await drawn(await chartOf(chart));
    await expect.poll(() => chat.view.locator('.chip-name').first().textContent()).toBe(hostile[0]);
    expect(await chat.view.locator('img, .drawing svg script, .drawing svg image').count()).toBe(0);
  }
  await chat.view.locator('.chip').first().click();
  await chat.view.getByRole('heading', { level: 2 }).getByText(hostile[0]!).waitFor();
  await chat.view.getByRole('button', { name: 'Ask about this segment' }).click();
  await chat.view.getByText('Asked in the chat.').waitFor();
  expect(chat.noted.message[0]).not.toMatch(/[<>"=()]\s*img|onerror=/);
});
