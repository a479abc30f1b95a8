/// <reference lib="dom" />
// The functions handed to `evaluate` run in the page; the build of src, which has no page, knows no DOM.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderReport } from '../../src/report/report.ts';
import { writeReport } from '../../src/report/write.ts';
import type { Model } from '../../src/segmentation/model.ts';
import type { Predictions } from '../../src/segmentation/predictions/predictions.ts';
import type { RefreshRecord } from '../../src/segmentation/refresh/record.ts';
import { madePredictions } from '../segmentation/predictions/made-calibration.ts';
import { launchBrowser } from '../support/browser.ts';
import { hostileName, reportModel, reportReadiness } from './fixture.ts';
import { reportHistory } from './history.ts';

const dir = mkdtempSync(join(tmpdir(), 'kindred-report-'));
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  rmSync(dir, { recursive: true, force: true });
});

const input = (model: Model, history: RefreshRecord[] = []) => ({
  model,
  readiness: reportReadiness(),
  history,
  title: 'Segments of <b>a shop</b>',
  attribution: 'A shop, CC BY 4.0',
});

interface Seen {
  page: Page;
  /** Errors on the console, and requests for anything but the page itself. */
  troubles: string[];
}

async function open(
  model: Model,
  width: number,
  colorScheme: 'light' | 'dark' = 'light',
  history: RefreshRecord[] = [],
): Promise<Seen> {
  const file = join(dir, `${model.id}-${model.segments.length}-${history.length}.html`);
  await writeReport(file, input(model, history));
  const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
  const troubles: string[] = [];
  page.on('console', message => troubles.push(message.text()));
  page.on('pageerror', error => troubles.push(String(error)));
  const url = pathToFileURL(file).href;
  page.on('request', request => {
    if (request.url() !== url) troubles.push(request.url());
  });
  await page.goto(url);
  return { page, troubles };
}

const unfold = (page: Page) =>
  page.locator('details').evaluateAll(all => {
    for (const each of all) (each as HTMLDetailsElement).open = true;
  });

/** Words of pictures lie inside, do not cover each other, and are large enough. */
async function expectReadablePictures(page: Page): Promise<void> {
  const pictures = await page.locator('figure svg:visible').evaluateAll(all =>
    all.map(svg => {
      const frame = svg.getBoundingClientRect();
      const words = [...svg.querySelectorAll('text')].map(text => {
        const { left, right, top, bottom } = text.getBoundingClientRect();
        const size = Number.parseFloat(getComputedStyle(text).fontSize) * (text.getScreenCTM()?.a ?? 0);
        return { left, right, top, bottom, size, text: text.textContent };
      });
      const cut = words.filter(
        ({ left, right, top, bottom }) =>
          left < frame.left - 1 ||
          right > frame.right + 1 ||
          top < frame.top - 1 ||
          bottom > frame.bottom + 1,
      );
      const collide = words.flatMap((a, i) =>
        words
          .slice(0, i)
          // Line boxes are taller than letters, so neighbouring lines may touch.
          .filter(
            b =>
              Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
              Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.35 * a.size,
          )
          .map(b => `${a.text} / ${b.text}`),
      );
      return {
        cut: cut.map(each => each.text),
        collide,
        smallest: Math.min(...words.map(each => each.size)),
      };
    }),
  );
  for (const { cut, collide, smallest } of pictures) {
    expect(cut).toEqual([]);
    expect(collide).toEqual([]);
    expect(smallest).toBeGreaterThan(8);
  }
}

/** Words whose contrast is too low. */
async function faintWords(page: Page) {
  const ratios = await page
    .locator('p, h2, h3, h4, td, th, dt, dd, summary, li, a, aside, small, .badge, .swatch, svg text')
    .evaluateAll(all => {
      const channels = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
      const luminance = (colour: string) => {
        const [r, g, b] = channels(colour).map(value => {
          const part = value / 255;
          return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
      };
      const groundOf = (element: Element | null): string => {
        for (let at = element; at; at = at.parentElement) {
          const colour = getComputedStyle(at).backgroundColor;
          if (channels(colour)[3] !== 0) return colour;
        }
        return 'rgb(255, 255, 255)';
      };
      return (
        all
          // Words on the tiles of the heat map lie on the colours of the chart; palette.test.ts sees to them.
          .filter(
            each => !each.closest('figure[aria-label^="Heat map"]') && each.getBoundingClientRect().width > 0,
          )
          .map(each => {
            const style = getComputedStyle(each);
            const colour = each.closest('svg') ? style.fill : style.color;
            const [a, b] = [luminance(colour), luminance(groundOf(each))];
            return { ratio: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), text: each.textContent };
          })
      );
    });
  expect(ratios.length).toBeGreaterThan(50);
  return ratios.filter(({ ratio }) => ratio < 4.5);
}

async function expectOrderedHeadings(page: Page): Promise<void> {
  const levels = await page
    .locator('h1, h2, h3, h4')
    .evaluateAll(all => all.map(each => Number(each.tagName.slice(1))));
  levels.forEach((level, i) => {
    expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1);
  });
}

test('equal input gives equal text, small enough to mail', () => {
  const first = renderReport(input(reportModel(8)));
  expect(renderReport(input(reportModel(8)))).toBe(first);
  expect(first.length).toBeLessThan(1_000_000);
});

describe.each([3, 8, 12])('with %i segments', k => {
  test.each([360, 1280])(
    'at a width of %i all is there, can be read, and nothing sticks out',
    async width => {
      const { page, troubles } = await open(reportModel(k), width);
      expect(await page.locator('article.card').count()).toBe(k);
      expect(await page.locator('figure svg:visible').count()).toBe(4);
      await unfold(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      await expectReadablePictures(page);
      expect(troubles).toEqual([]);
      await page.close();
    },
  );
});

test('names from data are words, not markup', async () => {
  const { page, troubles } = await open(reportModel(3), 1280);
  expect(await page.locator('.card h3').nth(1).textContent()).toBe(`2 ${hostileName}`);
  expect(await page.locator('h1').textContent()).toBe('Segments of <b>a shop</b>');
  expect(await page.locator('script, main b').count()).toBe(0);
  expect(troubles).toEqual([]);
  await page.close();
});

test('every picture has a name for those who do not see it, and headings go down by one', async () => {
  const { page } = await open(reportModel(5), 1280);
  const figures = await page
    .locator('figure')
    .evaluateAll(all => all.map(each => each.getAttribute('aria-label')));
  expect(figures.length).toBe(4);
  for (const label of figures) expect(label).toMatch(/\w+ \w+/);
  await expectOrderedHeadings(page);
  await page.close();
});

test.each(['light', 'dark'] as const)('words stand out from their ground in %s', async scheme => {
  const { page } = await open(reportModel(4), 1280, scheme);
  expect(await faintWords(page)).toEqual([]);
  await page.close();
});

test('links lead somewhere on the page, and the keyboard reaches them', async () => {
  const { page } = await open(reportModel(4), 1280);
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Skip');
  await unfold(page);
  const targets = await page.locator('a').evaluateAll(all => all.map(each => each.getAttribute('href')!));
  expect(targets.length).toBeGreaterThan(8);
  for (const target of targets) expect(await page.locator(target).count()).toBe(1);
  await page.close();
});

test('the page says how stable the groups are, what was compared, and what was left out', async () => {
  const { page } = await open(reportModel(3), 1280);
  expect(await page.locator('#number').textContent()).toMatch(
    /even the least stable of them overlaps by 97.%/,
  );
  await page.getByText('What customers were compared by').click();
  expect(await page.locator('.columns li').allTextContents()).toContain('order value × 0.76');
  expect(await page.getByText('Left out, because').textContent()).toMatch(/: share of items returned\.$/);
  await page.close();
});

test('printed, it is light and shows what the screen folds away', async () => {
  const { page } = await open(reportModel(3), 1280, 'dark');
  await page.emulateMedia({ media: 'print' });
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
    'rgb(255, 255, 255)',
  );
  expect(await page.locator('.card .more dd').first().isVisible()).toBe(true);
  expect(await page.locator('nav').isVisible()).toBe(false);
  await page.close();
});

test('RFM segments have no map and no choice of k, and say so at the top', async () => {
  const rfm = reportModel(5, { id: 'rfm', kind: 'rfm', choice: null, map: [], centroids: [] });
  const { page, troubles } = await open(rfm, 1280);
  expect(await page.locator('.lead').textContent()).toContain('5 classical RFM segments');
  expect(await page.locator('.note').textContent()).toContain('Thin data & few customers.');
  // Told once: beside the data, not at the top as well.
  expect(await page.getByText('dated years away').count()).toBe(1);
  expect(await page.locator('figure').count()).toBe(2);
  expect(troubles).toEqual([]);
  await page.close();
});

describe('a history', () => {
  test.each([
    [2, 1, 1280],
    [11, 51, 1280],
    [11, 51, 360],
  ])('of %i segments and %i refreshes can be read at a width of %i', async (k, weeks, width) => {
    const model = reportModel(k);
    const { page, troubles } = await open(model, width, 'light', reportHistory(model, weeks));
    expect(await page.locator('figure svg:visible').count()).toBe(6);
    await unfold(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    await expectReadablePictures(page);
    expect(troubles).toEqual([]);
    await page.close();
  });

  test('tells moves, sizes and drift, alerts first, each with its dates', async () => {
    const model = reportModel(5, { asOf: '2025-11-02', describedAsOf: '2026-01-25' });
    const { page } = await open(model, 1280, 'light', reportHistory(model, 12));
    expect(await page.locator('.lead').textContent()).toContain('as of 25 January 2026');
    expect(await page.locator('#moves > p').first().textContent()).toMatch(
      /^From 28 December 2025 to 25 January 2026, in 4 refreshes joined; a customer who moved at several/,
    );
    expect(await page.locator('#moves .facts li').first().textContent()).toMatch(
      /^\d+ [\w -]+ became .*, £\S+ of yearly revenue, because they ordered more often \(1\.2 to 2\.9 a month\)/,
    );
    expect(await page.locator('#drift h3').allTextContents()).toEqual([
      'Alerts',
      'To watch',
      'Explained, so no alarm',
    ]);
    expect(await page.locator('#drift li').nth(1).textContent()).toContain('since 9 Nov 2025');
    expect(await page.locator('#map > p').textContent()).toContain('as of 2 November 2025');
    expect(await page.locator('#sizes tbody tr').count()).toBe(13);
    await page.close();
  });

  test('words stand out from their ground in the dark, and headings go down by one', async () => {
    const model = reportModel(4);
    const { page } = await open(model, 1280, 'dark', reportHistory(model, 3));
    expect(await faintWords(page)).toEqual([]);
    await expectOrderedHeadings(page);
    await page.close();
  });

  test('of the fit alone, or right after another model took over, there are no moves to tell', () => {
    const model = reportModel(3);
    const history = reportHistory(model, 3);
    const fit = renderReport(input(model, history.slice(0, 1)));
    expect(fit).not.toMatch(/id="(?:moves|drift|sizes)"/);
    expect(fit).toBe(renderReport(input(model)));
    const promoted = [...history.slice(0, -1), { ...history.at(-1)!, kind: 'promotion' as const }];
    const page = renderReport(input(model, promoted));
    expect(page).not.toMatch(/id="(?:moves|drift)"/);
    expect(page).toMatch(/Other segments took over on 23 November 2025/);
  });

  test('a move of fewer than ten is neither drawn nor counted', () => {
    const model = reportModel(2);
    const [first, second] = reportHistory(model, 1) as [RefreshRecord, RefreshRecord];
    const few = { from: 'segment-a', to: 'segment-b', customers: 7, revenueLastYear: 71_717, drivers: [] };
    const page = renderReport(input(model, [first, { ...second, moves: [few] }]));
    expect(page).not.toContain('The moves that matter');
    expect(page).not.toContain('Bands from');
    expect(page).not.toMatch(/£72k|71,717/);
  });
});

describe('what to expect', () => {
  const predicted = (model: Model, predictions: Predictions): RefreshRecord[] => {
    const history = reportHistory(model, 1);
    return [...history.slice(0, -1), { ...history.at(-1)!, predictions }];
  };

  test.each([360, 1280])('can be read at a width of %i', async width => {
    const model = reportModel(6, { id: 'expected' });
    const { page, troubles } = await open(model, width, 'light', predicted(model, madePredictions(model)));
    expect(await page.locator('#expect figure svg:visible').count()).toBe(1);
    await unfold(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    await expectReadablePictures(page);
    await expectOrderedHeadings(page);
    expect(troubles).toEqual([]);
    await page.close();
  });

  test('is told by segment, with what it is predicted by; of a few people nothing', async () => {
    const model = reportModel(5, { id: 'expected-words' });
    const { page } = await open(model, 1280, 'dark', predicted(model, madePredictions(model)));
    const rows = page.locator('#expect tbody tr');
    expect(await rows.count()).toBe(5);
    expect(await rows.nth(0).locator('th, td').allTextContents()).toEqual([
      '1 Price-driven occasional buyers',
      '1,000',
      '1,234',
      '62 %',
      '£98,765',
      '£4,321',
      '31 %',
    ]);
    expect(await rows.nth(3).locator('td').allTextContents()).toEqual(['under 10', '', '', '', '', '']);
    expect(await page.locator('.card').nth(0).locator('.next').textContent()).toBe(
      'Next 90 days: 1,234 orders expected, £4,321 of yearly revenue at risk.',
    );
    expect(await page.locator('.card').nth(3).locator('.next').count()).toBe(0);
    expect(await page.locator('#expect .facts').textContent()).toContain(
      'On your shop, the segment’s mean does better than every model, so it is used.',
    );
    expect(await faintWords(page)).toEqual([]);
    await page.close();
  });

  test('where nothing is predicted the reason stands there; records of before predictions have no such part', () => {
    const model = reportModel(3);
    const none = predicted(model, { kind: 'none', reason: 'Orders go back 100 days.' });
    expect(renderReport(input(model, none))).toContain('Orders go back 100 days.');
    expect(renderReport(input(model, reportHistory(model, 1)))).not.toContain('What to expect');
  });
});
