/// <reference lib="dom" />
// The functions handed to `evaluate` run in the page.
import { describe, expect, test } from 'vitest';
import { chartKinds } from '../../../src/charts/chart-data.ts';
import { ask, chartOf, chat, discOf, drawn, opened, picture, shown, useChats } from './chats.ts';

useChats('made charts');

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
    await opened({
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
    await opened();
    await chat.begin('show_chart', { chart: 'map' });
    await chat.view.getByText('Drawing …').waitFor();
    await chat.finish(nothing);
    await chat.view.getByRole('alert').getByText('There are no segments yet.').waitFor();
    expect(await picture().isVisible()).toBe(false);
  });

  test('can be tried again, and the other charts stay', async () => {
    let fails = true;
    const answer = async (name: string, input: Record<string, unknown>) =>
      fails && input.chart === 'moves' ? nothing : ask(name, input);
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
    await opened();
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
      const result = await ask(name, input);
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
    const result = await ask(name, input);
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
