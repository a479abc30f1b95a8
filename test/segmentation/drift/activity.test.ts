import { describe, expect, test } from 'vitest';
import { type Activity, activityFindings } from '../../../src/segmentation/drift/activity.ts';
import type { Finding } from '../../../src/segmentation/drift/finding.ts';
import { openDuckDb } from '../../../src/warehouse/duckdb.ts';
import { asOf, type Habits, stock } from './shop-of-habits.ts';

const features = ['recency', 'order_value', 'sessions', 'click_rate', 'satisfaction', 'category_mix_1'];

async function look(habits: Habits, before: Finding[] = []): Promise<Activity> {
  const warehouse = await openDuckDb({ file: ':memory:', threads: 1 });
  try {
    await stock(warehouse, habits);
    return await activityFindings(warehouse, asOf, before, features);
  } finally {
    await warehouse.close();
  }
}

test('a shop that does the same every day has nothing to tell', async () => {
  expect(await look({})).toEqual({ findings: [], starved: [] });
});

describe('a feed that stopped', () => {
  test('is named by what it brings and where from, with its last day and what hangs on it', async () => {
    const { findings, starved } = await look({ mails: day => (day % 7 === 6 && day > 7 ? 80 : 0) });
    expect(findings).toMatchObject([
      {
        kind: 'feed-stopped',
        severity: 'alert',
        subject: 'klaviyo/e-mail events',
        measure: { value: 12, threshold: 3 },
        explainedBy: null,
        since: asOf,
      },
    ]);
    expect(findings[0]!.sentence).toContain(
      'E-mail events from “klaviyo” stopped arriving: the last came on 24 February, none in the 12 days since, where about 80 rows a week came before.',
    );
    expect(starved).toEqual(['click_rate']);
  });

  test('is told when it broke three days ago', async () => {
    const { findings, starved } = await look({ views: day => (day <= 3 ? 0 : 10) });
    expect(findings).toMatchObject([{ kind: 'feed-stopped', subject: 'site/site visits' }]);
    expect(findings[0]!.sentence).toContain('the last came on 5 March, none in the 3 days since');
    expect(starved).toEqual(['sessions']);
  });

  test('may leave a trickle', async () => {
    const { findings } = await look({ views: day => (day <= 7 ? 1 : 10) });
    expect(findings).toMatchObject([
      { subject: 'site/site visits', measure: { value: 0.9, threshold: 0.8 } },
    ]);
    expect(findings[0]!.sentence).toContain(
      'all but stopped arriving: 7 in the last 7 days, where about 70 rows a week came before',
    );
  });

  test('of orders and their lines is one outage of a source, and starves what is counted in them', async () => {
    const { findings, starved } = await look({ orders: day => (day <= 4 ? 0 : 30) });
    expect(findings).toMatchObject([{ kind: 'feed-stopped', subject: 'shop' }]);
    expect(findings[0]!.sentence).toMatch(/^All feeds from “shop” stopped arriving/);
    expect(starved).toEqual(['recency', 'order_value', 'category_mix_1']);
  });

  test.each([
    [5, 'watch', 'Either the shop was closed, or nothing was brought in.'],
    [8, 'alert', 'Until it is mended'],
  ])('takes the whole shop along for %i days: one finding', async (days, severity, also) => {
    const until = (rows: number) => (day: number) => (day <= days ? 0 : rows);
    const { findings, starved } = await look({
      orders: until(30),
      views: until(10),
      tickets: until(5),
      mails: until(12),
    });
    expect(findings).toMatchObject([{ kind: 'feed-stopped', subject: 'all feeds', severity }]);
    expect(findings[0]!.sentence).toMatch(/^All feeds of the shop stopped arriving: /);
    expect(findings[0]!.sentence).toContain(also);
    expect(starved).toEqual(features);
  });

  test('and came back is noted, for what looks back over the gap', async () => {
    const { findings, starved } = await look({ days: 200, views: day => (day > 5 && day <= 19 ? 0 : 10) });
    expect(findings).toMatchObject([
      { kind: 'feed-stopped', subject: 'site/site visits', severity: 'note', explainedBy: 'feed' },
    ]);
    expect(findings[0]!.sentence).toBe(
      'Site visits from “site” came back on 4 March, after 14 days without a row. What looks back over them is not judged before 16 April.',
    );
    expect(starved).toEqual(['sessions']);
  });

  test('at the same time as a year ago is the calendar', async () => {
    const closed = (day: number) => day <= 6 || (day > 364 && day <= 370);
    const { findings } = await look({ days: 500, tickets: day => (closed(day) ? 0 : 5) });
    expect(findings).toMatchObject([
      { kind: 'feed-stopped', subject: 'desk/tickets', severity: 'note', explainedBy: 'calendar' },
    ]);
    expect(findings[0]!.sentence).toContain('It was so in the same week a year ago');
  });
});

describe('a new word', () => {
  const plants = (day: number, order: number) =>
    day <= 5 && order >= 6 && order % 4 === 0 ? '**plants**' : 'tea';

  test('of a category is told, fenced', async () => {
    const { findings } = await look({ category: plants });
    expect(findings).toMatchObject([
      { kind: 'new-category', subject: '**plants**', severity: 'alert', explainedBy: null },
    ]);
    expect(findings[0]!.sentence).toBe(
      '“plants” is a new category: 14 % of the order lines of the last 7 days (30 of 210), first seen on 4 March.',
    );
  });

  test('lasts since it was first told', async () => {
    const { findings } = await look({ category: plants });
    const earlier = [{ ...findings[0]!, since: '2026-03-02' }];
    const again = await look({ category: plants }, earlier);
    expect(again.findings).toMatchObject([{ since: '2026-03-02' }]);
  });

  test('of a few customers is theirs, not the shop’s', async () => {
    const { findings } = await look({
      category: (day, order) => (day <= 5 && order < 6 ? 'plants' : 'tea'),
    });
    expect(findings).toEqual([]);
  });

  test('of a channel that orders and visits name is told once', async () => {
    const market = (day: number, order: number) => (day <= 5 && order % 3 === 0 ? 'market' : 'web');
    const { findings } = await look({ channel: market, views: () => 30, origin: market });
    expect(findings).toMatchObject([{ kind: 'new-channel', subject: 'market' }]);
    expect(findings[0]!.sentence).toMatch(/^“market” is a new sales channel: 24 % of the orders/);
  });

  test('among many is told in one finding: somebody named things anew', async () => {
    const { findings } = await look({
      category: (day, order) => (day <= 7 ? `new ${order % 5}` : `old ${order % 5}`),
    });
    expect(findings).toMatchObject([{ kind: 'new-category', subject: 'category', severity: 'alert' }]);
    expect(findings[0]!.sentence).toContain('5 words for a category are new');
  });

  test('that grows at the same time every year is the calendar', async () => {
    const gifts = (day: number, order: number) =>
      order % 10 === 0 || ((day <= 7 || (day > 364 && day <= 371)) && order % 3 === 0) ? 'gifts' : 'tea';
    const { findings } = await look({ days: 500, category: gifts });
    expect(findings).toMatchObject([
      { kind: 'new-category', subject: 'gifts', severity: 'note', explainedBy: 'calendar' },
    ]);
  });
});

describe('prices', () => {
  test('that rose are told with how many products, those that fell likewise', async () => {
    const rise = await look({ price: (day, product) => (4 + product) * (day <= 6 ? 1.12 : 1) });
    expect(rise.findings).toMatchObject([{ kind: 'price', subject: 'rise', severity: 'alert' }]);
    expect(rise.findings[0]!.sentence).toBe(
      'The same products cost 12 % more than in the 8 weeks before: of the 15 that were sold both then and in the last 7 days, 15 became dearer and 0 cheaper.',
    );
    const fall = await look({ price: (day, product) => (4 + product) * (day <= 6 ? 0.965 : 1) });
    expect(fall.findings).toMatchObject([{ kind: 'price', subject: 'fall', severity: 'watch' }]);
  });

  test('of few products, or up for some and down for others, are not those of the shop', async () => {
    const some = await look({ price: (day, product) => (4 + product) * (day <= 6 && product < 2 ? 1.5 : 1) });
    expect(some.findings).toEqual([]);
    const mixed = await look({
      price: (day, product) => (4 + product) * (day <= 6 ? (product % 2 ? 1.2 : 0.85) : 1),
    });
    expect(mixed.findings).toEqual([]);
  });

  test('of a sale that comes every year are the calendar', async () => {
    const sale = (day: number) => day <= 7 || (day > 364 && day <= 371);
    const { findings } = await look({
      days: 500,
      price: (day, product) => (4 + product) * (sale(day) ? 0.8 : 1),
    });
    expect(findings).toMatchObject([{ kind: 'price', severity: 'note', explainedBy: 'calendar' }]);
  });
});
