/// <reference lib="dom" />
// The functions handed to `evaluate` run in the page.
import { describe, expect, test } from 'vitest';
import { ask, chartOf, chat, discOf, drawn, shown, useChats } from './chats.ts';

useChats('shop');

/** What stands beside the pointer at a place. */
async function pointedAt({ x, y }: { x: number; y: number }): Promise<string> {
  await chat.page.mouse.move(x - 2, y - 2);
  await chat.page.mouse.move(x, y);
  await chat.view.locator('.tip:not([hidden])').waitFor();
  return (await chat.view.locator('.tip').textContent())!;
}

/** A client that shows the page has no use for the picture that others get. */
async function expectNoPicture(): Promise<void> {
  const { content } = await ask('show_chart', { chart: 'map' });
  expect((content as { type: string }[]).map(({ type }) => type)).toEqual(['text']);
}

test('each chart is drawn, asked for once, told to the model and told in figures', async () => {
  await expectNoPicture();
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
      ({ from, to }) => `${names.get(from) ?? 'First-time buyers'} → ${names.get(to) ?? ''}`,
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
    const told = (await ask('show_segment', { segment: key })).structuredContent as {
      persona: { sentence: string; action: string };
    };
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
        : ask(name, input);
    await shown('map', { answer });
    await chat.view.locator('.chip').first().click();
    await chat.view.getByText('There is no segment "x".').waitFor();
    expect(await chat.view.locator('.card code').textContent()).toBe('kindred segments');
  });
});
