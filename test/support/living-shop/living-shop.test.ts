import { describe, expect, it } from 'vitest';
import { openDuckDb } from '../../../src/warehouse/duckdb.ts';
import type { Warehouse } from '../../../src/warehouse/port.ts';
import type { Changes } from './changes.ts';
import { writeLivingShop } from './living-shop.ts';

const times = {
  orders: 'ordered_at',
  order_lines: 'ordered_at',
  events: 'occurred_at',
  tickets: 'opened_at',
} as const;
const small = { seed: 5, customers: 300, past: 60, ahead: 12 };

async function withLivingShop<T>(changes: Changes, work: (warehouse: Warehouse) => Promise<T>): Promise<T> {
  const warehouse = await openDuckDb({ file: ':memory:', threads: 1 });
  try {
    await writeLivingShop(warehouse, { ...small, changes });
    return await work(warehouse);
  } finally {
    await warehouse.close();
  }
}

/** Hashes of all rows before a date and from it on, by table. */
function prints(changes: Changes, date: string): Promise<Record<string, (string | null)[]>> {
  return withLivingShop(changes, async warehouse => {
    const found: Record<string, (string | null)[]> = {};
    for (const [table, at] of Object.entries(times)) {
      const row = `md5(CAST(t AS TEXT))`;
      const [half] = await warehouse.query<{ before: string | null; after: string | null }>(
        `SELECT md5(string_agg(CASE WHEN ${at} < TIMESTAMP '${date}' THEN ${row} END, '' ORDER BY ${row})) AS before,
           md5(string_agg(CASE WHEN ${at} >= TIMESTAMP '${date}' THEN ${row} END, '' ORDER BY ${row})) AS after
         FROM ${table} AS t`,
      );
      found[table] = [half!.before, half!.after];
    }
    return found;
  });
}

const week6 = '2026-07-13';

describe('the living shop', () => {
  it('is the same for the same options, and goes on until its end', async () => {
    const plain = await prints({}, week6);
    expect(await prints({}, week6)).toEqual(plain);
    await withLivingShop({}, async warehouse => {
      const [last] = await warehouse.query<{ day: string }>(
        'SELECT CAST(CAST(max(ordered_at) AS DATE) AS TEXT) AS day FROM orders',
      );
      expect(last!.day).toBe('2026-08-23');
    });
  });

  it.each<[string, Changes, string[]]>([
    ['a new category', { newCategory: { fromWeek: 6, name: 'plants', share: 0.15 } }, ['tickets']],
    [
      'a new channel',
      { newChannel: { fromWeek: 6, name: 'market', share: 0.2, of: 'orders' } },
      ['order_lines', 'events', 'tickets'],
    ],
    ['dearer products', { priceRise: { fromWeek: 6, factor: 1.12 } }, ['events', 'tickets']],
    [
      'a broken feed',
      { brokenFeed: { fromWeek: 6, source: 'klaviyo' } },
      ['orders', 'order_lines', 'tickets'],
    ],
    ['a type that goes', { dissolve: { fromWeek: 6, type: 'bargain' } }, []],
  ])('%s changes nothing before its week, and nothing else after it', async (_name, changes, untouched) => {
    const plain = await prints({}, week6);
    const changed = await prints(changes, week6);
    for (const table of Object.keys(times)) {
      expect(changed[table]![0]).toBe(plain[table]![0]);
      expect(changed[table]![1] === plain[table]![1]).toBe(untouched.includes(table));
    }
  });

  it('has more orders and presents before every Christmas, where it is asked to', async () => {
    const warehouse = await openDuckDb({ file: ':memory:', threads: 1 });
    try {
      const options = { seed: 2, customers: 500, past: 130, ahead: 4, start: '2026-12-07' };
      await writeLivingShop(warehouse, { ...options, changes: { december: true } });
      for (const year of [2024, 2025]) {
        const [share] = await warehouse.query<{ festive: number; usual: number }>(
          `SELECT avg(CASE WHEN ordered_at >= TIMESTAMP '${year}-11-20' THEN presents END) AS festive,
             avg(CASE WHEN ordered_at < TIMESTAMP '${year}-11-10' THEN presents END) AS usual
           FROM (SELECT ordered_at, CASE WHEN category = 'gifts' THEN 1.0 ELSE 0 END AS presents FROM order_lines
             WHERE ordered_at >= TIMESTAMP '${year}-09-01' AND ordered_at < TIMESTAMP '${year}-12-20') AS lines`,
        );
        expect(share!.festive).toBeGreaterThan(share!.usual + 0.15);
      }
    } finally {
      await warehouse.close();
    }
  });
});
