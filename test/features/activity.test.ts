import { describe, expect, test } from 'vitest';
import { flowTables, readFlows } from '../../src/features/activity/flows.ts';
import { readMatchedPrices } from '../../src/features/activity/prices.ts';
import { readTerm, readTerms, type TermField } from '../../src/features/activity/terms.ts';
import { openPostgres } from '../../src/warehouse/postgres.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { randomShop } from './random-shop.ts';
import { stock, withShop } from './shop.ts';

const event = (occurred_at: string, type: string, more = {}) => ({
  source: 'site',
  occurred_at,
  type,
  ...more,
});
const times = (count: number, row: object) => Array.from({ length: count }, () => ({ ...row }));
const line = (ordered_at: string, sku: string | null, unit_price: number, more = {}) => ({
  source: 'shop',
  ordered_at,
  sku,
  unit_price,
  quantity: 1,
  ...more,
});
const categories: TermField = { table: 'order_lines', column: 'category', at: 'ordered_at' };
const origins: TermField = {
  table: 'events',
  column: 'origin',
  at: 'occurred_at',
  types: ['Visit', "O'Look {as_of}"],
};

describe('flows', () => {
  test('count rows by day before the date, types of events apart and rare ones together', () =>
    withShop(
      {
        events: [
          ...times(15, event('2026-03-08 23:59:59', 'View')),
          ...times(6, event('2026-03-01 00:00:00', 'View')),
          event('2026-03-02 08:00:00', 'Rare'),
          event('2026-03-02 09:00:00', 'Rarer'),
          // Too late, and too early.
          event('2026-03-09 00:00:00', 'View'),
          event('2026-02-22 23:59:59', 'View'),
        ],
      },
      async warehouse => {
        const flows = await readFlows(warehouse, 'events', '2026-03-09', 2);
        expect(flows.map(({ type, daily }) => [type, [...daily]])).toEqual([
          ['View', [15, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0]],
          [null, [0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0]],
        ]);
      },
    ));
});

describe('terms', () => {
  test('are counted by week, those of few rows in the total only', () =>
    withShop(
      {
        order_lines: [
          ...times(18, line('2026-03-08 10:00:00', 'a', 1, { category: 'tea' })),
          ...times(2, line('2026-03-01 10:00:00', 'a', 1, { category: 'tea' })),
          ...times(3, line('2026-03-02 00:00:00', 'a', 1, { category: 'rare' })),
          ...times(5, line('2026-03-08 10:00:00', 'a', 1, { category: null })),
          ...times(5, line('2026-03-08 10:00:00', 'a', 1, { category: '' })),
          ...times(5, line('2026-03-09 00:00:00', 'a', 1, { category: 'tea' })),
        ],
      },
      async warehouse => {
        const { total, terms } = await readTerms(warehouse, categories, '2026-03-09', 2);
        expect([...total]).toEqual([21, 2]);
        expect(terms.map(({ term, weekly }) => [term, [...weekly]])).toEqual([['tea', [18, 2]]]);
      },
    ));

  test('of events are those of the types asked for, whatever is written in them', () =>
    withShop(
      {
        events: [
          ...times(
            20,
            event('2026-03-08 10:00:00', "O'Look {as_of}", { origin: 'ads {x}', profile_id: 'p1' }),
          ),
          event('2026-03-03 10:00:00', 'Visit', { origin: 'ads {x}', profile_id: 'p2' }),
          event('2026-02-25 10:00:00', 'Visit', { origin: 'ads {x}', profile_id: 'p3' }),
          ...times(30, event('2026-03-08 10:00:00', 'Mail', { origin: 'letter', profile_id: 'p4' })),
        ],
      },
      async warehouse => {
        const { total, terms } = await readTerms(warehouse, origins, '2026-03-09', 2);
        expect([...total]).toEqual([21, 1]);
        expect(terms.map(({ term }) => term)).toEqual(['ads {x}']);
        expect(await readTerm(warehouse, origins, 'ads {x}', '2026-03-09', 2)).toEqual({
          profiles: 2,
          first: '2026-02-25',
        });
      },
    ));
});

test('matched prices are medians of products that were sold in both windows', () =>
  withShop(
    {
      order_lines: [
        line('2026-03-08 10:00:00', 'cup', 6),
        line('2026-03-07 10:00:00', 'cup', 6.5),
        line('2026-03-02 00:00:00', 'cup', 7),
        // A slip of the keyboard, and lines that are no sale.
        line('2026-02-10 10:00:00', 'cup', 500),
        line('2026-02-11 10:00:00', 'cup', 5),
        line('2026-02-12 10:00:00', 'cup', 5),
        line('2026-02-12 10:00:00', 'cup', 0),
        line('2026-02-12 10:00:00', 'cup', 1, { quantity: -1 }),
        line('2026-03-08 10:00:00', 'new', 3),
        line('2026-02-10 10:00:00', 'old', 3),
        line('2026-01-04 23:00:00', 'cup', 1),
        line('2026-03-08 10:00:00', null, 2, { product: 'Spoon' }),
        line('2026-02-10 10:00:00', null, 4, { product: 'Spoon' }),
      ],
    },
    async warehouse => {
      const found = await readMatchedPrices(warehouse, '2026-03-09', { days: 7, daysBefore: 56 });
      expect(Object.fromEntries(Object.entries(found).map(([name, values]) => [name, [...values]]))).toEqual({
        lines: [1, 3],
        before: [4, 5],
        now: [2, 6.5],
      });
    },
  ));

test('both stores give the same', async () => {
  const shop = randomShop(7, 60);
  const asOf = '2024-06-01';
  const read = async (warehouse: Parameters<typeof readFlows>[0]) => ({
    flows: await Promise.all(flowTables.map(table => readFlows(warehouse, table, asOf, 30))),
    terms: await readTerms(warehouse, categories, asOf, 30),
    visits: await readTerms(warehouse, { ...origins, types: ['Product Viewed'] }, asOf, 30),
    term: await readTerm(warehouse, categories, 'c1', asOf, 30),
    prices: await readMatchedPrices(warehouse, asOf, { days: 90, daysBefore: 100 }),
  });
  const there = await withShop(shop, read);
  expect(there.flows.every(flows => flows.length > 0)).toBe(true);
  expect(there.terms.terms.length).toBeGreaterThan(1);
  expect(there.prices.lines.length).toBeGreaterThan(10);
  const warehouse = await openPostgres({ url: await freshDatabase() });
  try {
    await stock(warehouse, shop);
    expect(await read(warehouse)).toEqual(there);
  } finally {
    await warehouse.close();
  }
});
