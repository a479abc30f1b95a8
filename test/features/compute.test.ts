import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { availableFeatures } from '../../src/features/availability.ts';
import { catalogue } from '../../src/features/catalogue.ts';
import { computeFeatures, dataFingerprint, writeFeatures } from '../../src/features/compute.ts';
import type { FeatureTable, SectorClass } from '../../src/features/feature.ts';
import { storedFeatures } from '../../src/features/feature-store.ts';
import { openPostgres } from '../../src/warehouse/postgres.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { asOf, ordersAt } from './cases.ts';
import { randomShop, shuffled } from './random-shop.ts';
import { type Shop, stock, withShop } from './shop.ts';

/** Every class that a sector adds. */
const sectors = ['stays', 'plans', 'usage', 'accounts'] as const;
const compute = (shop: Shop, date = asOf) =>
  withShop(shop, warehouse => computeFeatures(warehouse, date, { sectors }));
const column = (table: FeatureTable, id: string) =>
  table.values[table.features.findIndex(feature => feature.id === id)]!;
const reordered = (shop: Shop, seed: number): Shop =>
  Object.fromEntries(Object.entries(shop).map(([table, rows]) => [table, shuffled(rows, seed)]));
const seeds = fc.integer({ min: 1, max: 2 ** 31 - 1 });

/** The time column of each table of a random shop. */
const timeOf = {
  customers: 'created_at',
  orders: 'ordered_at',
  order_lines: 'ordered_at',
  events: 'occurred_at',
  tickets: 'opened_at',
  consents: 'stated_at',
} as const;

describe('laws', () => {
  test('rows after the as-of date do not exist', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async seed => {
        const shop = randomShop(seed, 15);
        const then = '2023-10-01';
        const known = Object.fromEntries(
          Object.entries(timeOf).map(([table, at]) => [
            table,
            shop[table as keyof typeof timeOf].filter(row => row[at] === null || String(row[at]) < then),
          ]),
        );
        expect(await compute(shop, then)).toEqual(await compute(known, then));
      }),
      { numRuns: 5 },
    );
  });

  test('the order of rows does not matter', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, seeds, async (seed, order) => {
        const shop = randomShop(seed, 15);
        expect(dataFingerprint(await compute(reordered(shop, order)))).toBe(
          dataFingerprint(await compute(shop)),
        );
      }),
      { numRuns: 5 },
    );
  });

  test('one customer says nothing of another', async () => {
    const shop = randomShop(7, 40);
    const profile = String(shop.orders[0]!.profile_id);
    const alone = Object.fromEntries(
      Object.entries(shop).map(([table, rows]) => [table, rows.filter(row => row.profile_id === profile)]),
    );
    const [all, one] = [await compute(shop), await compute(alone)];
    const row = all.profileIds.indexOf(profile);
    // The usual gap of the shop enters this one, and no other.
    const own = one.features.filter(({ id }) => id !== 'overdue_ratio');
    expect(own.map(({ id }) => [id, column(one, id)[0]])).toEqual(
      own.map(({ id }) => [id, column(all, id)[row]]),
    );
  });

  test('Postgres gives the same bits as DuckDB, whatever the order of rows', async () => {
    const shop = randomShop(42, 200);
    const warehouse = await openPostgres({ url: await freshDatabase() });
    try {
      await stock(warehouse, reordered(shop, 1));
      const [there, here] = [await computeFeatures(warehouse, asOf, { sectors }), await compute(shop)];
      expect(there).toEqual(here);
      expect(dataFingerprint(there)).toBe(dataFingerprint(here));
      expect(here.features.length).toBe(catalogue.length);
    } finally {
      await warehouse.close();
    }
  });
});

describe('the table', () => {
  test('has a row per buyer in the byte order of profile ids, and nine significant digits', async () => {
    const table = await compute(randomShop(3, 60));
    const bytes = [...table.profileIds].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(table.profileIds).toEqual(bytes);
    for (const values of table.values)
      for (const value of values) expect(value).toBe(Number(value.toPrecision(9)));
  });

  test('is kept in the store, and made anew for each date', async () => {
    await withShop(randomShop(3, 30), async warehouse => {
      await computeFeatures(warehouse, '2023-06-01');
      const { profileIds } = await computeFeatures(warehouse, asOf);
      const kept = await warehouse.query(
        'SELECT count(*) AS held, min(as_of) AS first, max(as_of) AS last FROM features',
      );
      const at = '2024-07-01T00:00:00Z';
      expect(kept).toEqual([
        {
          held: profileIds.length,
          first: expect.stringMatching(at.slice(0, 19)),
          last: expect.stringMatching(at.slice(0, 19)),
        },
      ]);
    });
  });

  test('of a date that nothing was imported since is not computed again, and of another becomes the one before', async () => {
    await withShop(randomShop(3, 30), async warehouse => {
      const imported = (at: string) =>
        warehouse.execute(
          `INSERT INTO imports (import_id, imported_at, rows_in, stored, rejected) VALUES ('${at}', TIMESTAMP '${at}', 1, 1, 0)`,
        );
      const mark = 'UPDATE features SET orders = -1';
      const marked = async (table: string) =>
        (await warehouse.query<{ n: number }>(`SELECT count(*) AS n FROM ${table} WHERE orders = -1`))[0]!.n >
        0;
      const write = (day: string) => warehouse.transaction(tx => writeFeatures(tx, day));
      await imported('2026-01-01 10:00:00');
      const first = await write('2024-05-01');
      await warehouse.execute(mark);
      expect(await write('2024-05-01')).toEqual(first);
      expect(await marked('features')).toBe(true);

      await write(asOf);
      expect([await marked('features'), await marked('features_before')]).toEqual([false, true]);
      expect((await storedFeatures(warehouse, 'features_before'))?.stored.asOf).toBe('2024-05-01');
      expect((await storedFeatures(warehouse, 'features'))?.stored.asOf).toBe(asOf);

      await warehouse.execute(mark);
      await write(asOf);
      expect(await marked('features')).toBe(true);
      await imported('2026-01-02 10:00:00');
      await write(asOf);
      expect([await marked('features'), await marked('features_before')]).toEqual([false, true]);

      // The older of the two files came again, in the import that brought the newer one.
      await warehouse.execute(mark);
      await warehouse.execute(
        `UPDATE imports SET imported_at = TIMESTAMP '2026-01-02 10:00:00' WHERE import_id = '2026-01-01 10:00:00'`,
      );
      await write(asOf);
      expect(await marked('features')).toBe(false);
    });
  });

  test('stays as it was where a computation fails', async () => {
    await withShop(
      { orders: ordersAt({ source: 'shop', profile_id: 'a', customer_id: 'a' }, ['2024-06-01 10:00:00']) },
      async warehouse => {
        await computeFeatures(warehouse, asOf);
        await warehouse.execute('ALTER TABLE tickets RENAME TO elsewhere');
        await expect(computeFeatures(warehouse, asOf)).rejects.toThrow(/tickets/);
        expect(await warehouse.query('SELECT profile_id FROM features')).toEqual([{ profile_id: 'a' }]);
      },
    );
  });

  test('is empty where there is nothing', async () => {
    expect(await compute({})).toEqual({ asOf, profileIds: [], features: [], values: [] });
  });

  test('of one customer has one row', async () => {
    const { profileIds, values } = await compute({
      orders: ordersAt({ profile_id: 'a', customer_id: 'a' }, ['2024-06-01 10:00:00']),
    });
    expect(profileIds).toEqual(['a']);
    for (const column of values) expect(column.length).toBe(1);
  });

  test('of customers who are all alike has one value in each column', async () => {
    const shop = randomShop(11, 1);
    const copies = ['a', 'b', 'c'].map(name =>
      Object.fromEntries(
        Object.entries(shop).map(([table, rows]) => [
          table,
          rows.map(row => ({
            ...row,
            profile_id: name,
            ...('order_id' in row ? { order_id: `${name} ${row.order_id}` } : {}),
          })),
        ]),
      ),
    );
    const all = Object.fromEntries(
      Object.keys(shop).map(name => [name, copies.flatMap(copy => copy[name]!)]),
    );
    const { profileIds, values } = await compute(all);
    expect(profileIds).toEqual(['a', 'b', 'c']);
    for (const column of values) expect(new Set(column).size).toBe(1);
  });

  test('refuses what is not a day', async () => {
    for (const wrong of ['2024-02-30', 'yesterday', '2024-7-1', "2024-07-01'; DROP TABLE orders; --"]) {
      await expect(compute({}, wrong)).rejects.toThrow('is not a day');
    }
  });
});

describe('available features', () => {
  const available = (shop: Shop, date?: string, asked: readonly SectorClass[] = sectors) =>
    withShop(shop, warehouse => availableFeatures(warehouse, date, asked));
  const who = { profile_id: 'a', customer_id: 'a' };

  test('are those whose columns hold something, and the others say what they lack', async () => {
    const found = await available({
      orders: ordersAt(who, ['2024-06-01 00:00:00'], 10, { discount: 0, channel: 'web' }),
    });
    const ids = found.available.map(({ id }) => id);
    expect(ids).toContain('order_value');
    expect(ids).toContain('channel_variety');
    const why = new Map(found.missing.map(item => [item.feature.id, item.why]));
    expect(why.get('discounted_order_share')).toBe('no order carries a discount');
    expect(why.get('evening_share')).toBe('orders carry a date but no time of day');
    expect(why.get('return_rate')).toBe('no order carries a refund, and no order line carries a return');
    expect(ids.length + found.missing.length).toBe(catalogue.length);
  });

  test('are all there in a shop that has everything', async () => {
    expect((await available(randomShop(5, 30))).missing).toEqual([]);
  });

  test('of a sector are neither there nor missing where nobody asks for it', async () => {
    const { available: given, missing } = await available(randomShop(5, 30), undefined, ['stays']);
    const known = [...given, ...missing.map(({ feature }) => feature)];
    expect(new Set(known.map(feature => feature.class))).toEqual(
      new Set(['transaction', 'browse', 'engagement', 'service', 'lifecycle', 'stays']),
    );
    expect((await available(randomShop(5, 30), undefined, [])).available.map(({ id }) => id)).not.toContain(
      'stays',
    );
  });

  test('depend on what was there by the as-of date', async () => {
    const shop = {
      orders: ordersAt(who, ['2024-06-01 10:00:00']),
      tickets: [{ ...who, opened_at: '2024-07-01 00:00:00' }],
    };
    const has = async (date?: string) =>
      (await available(shop, date)).available.some(({ id }) => id === 'tickets');
    expect(await has()).toBe(true);
    expect(await has(asOf)).toBe(false);
  });
});

describe('the data fingerprint', () => {
  const table: FeatureTable = {
    asOf,
    profileIds: ['a', 'b'],
    features: catalogue.slice(0, 1),
    values: [Float64Array.of(1, Number.NaN)],
  };

  test('changes with a value, a name, an id and their order', () => {
    const prints = [
      table,
      { ...table, values: [Float64Array.of(1, 0)] },
      { ...table, values: [Float64Array.of(Number.NaN, 1)] },
      { ...table, features: catalogue.slice(1, 2) },
      { ...table, profileIds: ['a', 'c'] },
    ].map(dataFingerprint);
    expect(new Set(prints).size).toBe(prints.length);
  });

  test('does not tell one zero, or one NaN, from another', () => {
    const zero = { ...table, values: [Float64Array.of(0, Number.NaN)] };
    const odd = new Float64Array(new BigUint64Array([0x8000000000000000n, 0xfff8000000000001n]).buffer);
    expect(dataFingerprint({ ...table, values: [odd] })).toBe(dataFingerprint(zero));
  });
});
