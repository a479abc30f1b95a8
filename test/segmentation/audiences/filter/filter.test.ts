import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  compileClauses,
  compileFilter,
} from '../../../../src/segmentation/audiences/filter/compile/compile.ts';
import { allFields } from '../../../../src/segmentation/audiences/filter/fields.ts';
import { filterShape } from '../../../../src/segmentation/audiences/filter/filter.ts';
import { resolveFilter } from '../../../../src/segmentation/audiences/filter/resolve/resolve.ts';
import type { FilterShop } from '../../../../src/segmentation/audiences/filter/shop.ts';
import { filterInWords } from '../../../../src/segmentation/audiences/filter/words/words.ts';
import { openDuckDb } from '../../../../src/warehouse/duckdb.ts';
import type { Warehouse } from '../../../../src/warehouse/port.ts';
import { filterRows, spelled } from './rows.ts';
import { filterShop, stockFilterShop, whoMeets } from './shop.ts';

let warehouse: Warehouse;
let shop: FilterShop;
const rows = filterRows(1);
beforeAll(async () => {
  warehouse = await openDuckDb({ file: ':memory:', threads: 1 });
  await stockFilterShop(warehouse, rows);
  shop = await filterShop(warehouse);
});
afterAll(() => warehouse.close());

const asked = {
  all: [
    { segment: 'Lapsed but Recoverable' },
    { events: { type: 'email_link_clicked', within: 30 } },
    { field: 'churn_probability', below: 0.6 },
  ],
};

test('lapsed but recoverable, clicked within 30 days, and likely enough to order again', async () => {
  const resolved = await resolveFilter(asked, shop);
  expect(resolved.filter).toEqual({
    all: [
      { segment: 'lapsed-but-recoverable' },
      { events: { type: 'Email Link Clicked', within: 30 } },
      { field: 'churn_probability', below: 0.6 },
    ],
  });
  const { sql, params, parts } = compileClauses(resolved, shop);
  expect(parts.map(part => filterInWords(part, shop))).toEqual([
    'in the segment Lapsed but recoverable',
    'clicked in an e-mail within 30 days',
    'chance of no order in the next 90 days below 60 %',
  ]);
  const all = await warehouse.query<Record<string, boolean>>(sql, params);
  const buyers = await warehouse.query(`SELECT profile_id FROM ${shop.features.table}`);
  expect(all).toHaveLength(buyers.length);
  const met = (clauses: string[]) => all.filter(row => clauses.every(clause => row[clause])).length;
  const [segment, clicked, likely] = [met(['clause_1']), met(['clause_2']), met(['clause_3'])];
  expect([segment, clicked, likely].every(count => count > 0 && count < all.length)).toBe(true);
  expect(await whoMeets(warehouse, shop, asked)).toHaveLength(met(['clause_1', 'clause_2', 'clause_3']));
});

describe('words', () => {
  const cases: [unknown, string][] = [
    [
      { field: 'churn_probability', atLeast: 0.125, below: 0.995 },
      'chance of no order in the next 90 days at least 12.5 % and below 99.5 %',
    ],
    [{ field: 'lifetime_value', above: 1234.5 }, 'expected value of the next 12 months above £1,234.50'],
    [{ field: 'recency', atLeast: 30, atMost: 60 }, 'between 30 days and 60 days since the last order'],
    [{ field: 'recency', above: 30 }, 'more than 30 days since the last order'],
    [{ field: 'Orders', is: 1 }, 'exactly 1 order'],
    [{ field: 'orders', atLeast: 1 }, 'at least 1 order'],
    [{ field: 'Orders', atLeast: 3 }, 'at least 3 orders'],
    [{ field: 'Orders', below: 11 }, 'fewer than 11 orders'],
    [{ field: 'overdue_ratio', atLeast: 1.5 }, 'time since the last order at least 1.5 times the usual gap'],
    [{ field: 'single_order', is: false }, 'ordered more than once'],
    [{ field: 'accepts marketing', is: true }, 'accepts marketing'],
    [{ field: 'country', is: ['gb', "CÔTE D'IVOIRE"] }, "country “Côte d'Ivoire” or “GB”"],
    [{ field: 'country', isNot: 'GB' }, 'country known and not “GB”'],
    [{ field: 'lifetime_value', known: false }, 'expected value of the next 12 months not known'],
    [{ segment: ['loyal', 'set-aside'] }, 'in the segment Loyal regulars or set aside for unusual volume'],
    [{ moved: {} }, 'moved to another segment at the latest refresh'],
    [
      { moved: { from: 'new', to: 'loyal', within: 1 } },
      'moved from the newcomers to Loyal regulars within 1 day',
    ],
    [{ orders: {} }, 'placed an order'],
    [{ orders: { count: { atLeast: 1 }, within: 365 } }, 'placed at least 1 order within 365 days'],
    [
      {
        orders: {
          count: { above: 2 },
          value: { atLeast: 20.5 },
          channel: 'STORE',
          coupon: 'spring',
          discounted: true,
        },
      },
      'placed more than 2 orders of at least £20.50 through “Store” with the coupon “SPRING” at a discount',
    ],
    [
      { orders: { count: { atMost: 0 }, category: 'outerwear', since: '2026-01-01', until: '2026-05-01' } },
      'did not place an order in “Outerwear” since 2026-01-01 and before 2026-05-01',
    ],
    [
      { events: { type: 'product viewed', category: 'outerwear', count: { atLeast: 3 }, within: 7 } },
      'viewed a product in “Outerwear” at least 3 times within 7 days',
    ],
    [{ events: { type: 'Email Link Clicked', count: { atMost: 0 } } }, 'did not click in an e-mail'],
    [{ events: { type: 'something "else"' } }, 'did “Something Else”'],
    [
      { events: { type: ['Something "Else"', 'Product Viewed'], count: { below: 1 } } },
      'did not view a product or do “Something Else”',
    ],
    [{ not: { segment: 'loyal' } }, 'not in the segment Loyal regulars'],
    [{ not: { field: 'country', is: 'GB' } }, 'not (country “GB”)'],
    [
      { not: { field: 'churn_probability', above: 0.6 } },
      'chance of no order in the next 90 days at most 60 % (or not known)',
    ],
    [
      { not: { field: 'recency', atLeast: 30, atMost: 60 } },
      'not (between 30 days and 60 days since the last order)',
    ],
    [{ not: { field: 'lifetime_value', known: true } }, 'expected value of the next 12 months not known'],
    [
      { not: { events: { type: 'Email Link Clicked', within: 30 } } },
      'did not click in an e-mail within 30 days',
    ],
    [{ not: { orders: { count: { atLeast: 2 } } } }, 'not (placed at least 2 orders)'],
    [
      { any: [{ all: [{ segment: 'loyal' }, { field: 'orders', above: 3 }] }, { field: 'orders', is: 1 }] },
      '(in the segment Loyal regulars and more than 3 orders) or exactly 1 order',
    ],
  ];
  test.each(cases)('%j', async (filter, words) => {
    expect(filterInWords((await resolveFilter(filter, shop)).root, shop)).toBe(words);
  });
});

test('names that look like SQL come through as values', async () => {
  const counted = async () =>
    (await warehouse.query<{ n: number }>('SELECT count(*) AS n FROM events'))[0]!.n;
  const before = await counted();
  for (const filter of [
    { orders: { product: spelled.product[2]! } },
    { orders: { category: spelled.category[3]! } },
    { events: { type: 'Something "Else"', category: "Kids' $1 & toys" } },
    { events: { type: spelled.type, product: '$2' } },
    { field: 'country', is: "Côte d'Ivoire" },
    { orders: { coupon: "5%'off" } },
    { orders: { product: 'Größe “XL” 🧥' } },
  ]) {
    const resolved = await resolveFilter(filter, shop);
    const { sql, params } = compileFilter(resolved, shop);
    for (const said of ['DROP', 'Else', 'toys', 'Ivoire', 'off', 'Größe']) expect(sql).not.toContain(said);
    expect(params.length).toBeGreaterThan(0);
    expect((await whoMeets(warehouse, shop, filter)).length).toBeGreaterThan(0);
  }
  expect(await counted()).toBe(before);
});

describe('hostile input is refused in a few words', () => {
  const deep = (levels: number) => {
    let filter: unknown = { segment: 'loyal' };
    for (let i = 0; i < levels; i++) filter = { not: filter };
    return filter;
  };
  const injection = "loyal'; DROP TABLE orders; --";
  const cases: [string, unknown, string][] = [
    ['very deep', deep(50_000), 'The filter is nested deeper than 8 levels.'],
    ['deep where a range should be', { orders: { count: deep(50_000) } }, '"count" knows no "not".'],
    [
      'very wide',
      { all: Array.from({ length: 31 }, () => ({ segment: 'loyal' })) },
      '"all" holds 31 filters; it may hold 30.',
    ],
    [
      'very many',
      {
        all: Array.from({ length: 4 }, () => ({
          any: Array.from({ length: 30 }, () => ({ segment: 'loyal' })),
        })),
      },
      'The filter has more than 100 parts.',
    ],
    [
      'a prototype',
      JSON.parse('{"segment":"loyal","__proto__":{"field":"x"}}'),
      '"segment" knows no "__proto__".',
    ],
    ['a prototype as a field', { field: '__proto__', below: 3 }, 'There is no field "__proto__".'],
    ['a method as a field', { field: 'constructor', below: 3 }, 'There is no field "constructor".'],
    ['a method as a clause', { toString: 'x' }, 'A filter cannot begin with "toString".'],
    ['SQL as a name', { segment: injection }, `There is no segment "${injection}".`],
    [
      'SQL as a field',
      { field: 'recency; DROP TABLE orders', above: 1 },
      'There is no field "recency; DROP TABLE orders".',
    ],
    [
      'SQL as a day',
      { orders: { since: "2026-01-01' OR 1=1" } },
      '"orders.since" has to be a day, as "2026-11-01", not "2026-01-01\' OR 1=1".',
    ],
    [
      'a long name',
      { segment: 'x'.repeat(1_000_000) },
      '"segment" has to be the key or name of a segment, or a list of them, not a text of 1,000,000 letters.',
    ],
    ['lines and marks', { segment: 'a\n\u0000\u202eb' }, 'There is no segment "a b".'],
    [
      'a number without end',
      { field: 'recency', above: Number.POSITIVE_INFINITY },
      '"above" has to be a number, not Infinity.',
    ],
    ['a function', () => 1, 'A filter is an object, not a function.'],
  ];
  test.each(cases)('%s', async (_name, filter, message) => {
    await expect(resolveFilter(filter, shop)).rejects.toMatchObject({ mender: 'asker', message });
  });
});

test('no two fields share an id, and each has its words', () => {
  expect(new Set(allFields.map(({ id }) => id)).size).toBe(allFields.length);
  for (const { id, label, type, unit, otherwise } of allFields) {
    expect(id).toMatch(/^[a-z][a-z0-9_]*$/);
    expect(label).not.toBe('');
    expect(unit === null).toBe(type !== 'number');
    expect(otherwise === null).toBe(type !== 'yes-no');
  }
});

test('its schema can be handed to a language model', () => {
  const schema = z.toJSONSchema(z.strictObject({ filter: filterShape }));
  expect(schema.properties).toEqual({ filter: { $ref: '#/$defs/filter' } });
  const { anyOf } = schema.$defs!.filter as { anyOf: { required: string[]; description: string }[] };
  expect(anyOf.map(({ required }) => required)).toEqual(
    ['field', 'segment', 'moved', 'orders', 'events', 'all', 'any', 'not'].map(word => [word]),
  );
  for (const { description } of anyOf) expect(description).toMatch(/\.$/);
  expect(filterShape.safeParse(asked).success).toBe(true);
});

test('what is null was not said', async () => {
  const filter = { events: { type: 'Product Viewed', count: null, since: null, within: 30 }, all: null };
  expect((await resolveFilter(filter, shop)).filter).toEqual({
    events: { type: 'Product Viewed', within: 30 },
  });
});
