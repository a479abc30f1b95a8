import { expect, test } from 'vitest';
import { computeFeatures } from '../../src/features/compute.ts';
import type { FeatureTable } from '../../src/features/feature.ts';
import { openPostgres } from '../../src/warehouse/postgres.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { asOf } from './cases.ts';
import { randomShop } from './random-shop.ts';
import { stock, withShop } from './shop.ts';

const sectors = ['stays', 'plans', 'usage', 'accounts'] as const;
const shop = randomShop(42, 400);
const computed = (part: number, date = asOf) =>
  withShop(shop, warehouse => computeFeatures(warehouse, date, { sectors, part }));

/** The values of each profile, but for the one that the usual gap of the shop enters. */
function rowsOf({ profileIds, features, values }: FeatureTable): Map<string, number[]> {
  const own = features.flatMap(({ id }, j) => (id === 'overdue_ratio' ? [] : [j]));
  return new Map(profileIds.map((id, i) => [id, own.map(j => values[j]![i]!)]));
}

test('a part of a shop is some of its customers, each with the values that they have among all', async () => {
  const [all, part] = [rowsOf(await computed(1)), rowsOf(await computed(0.25))];
  expect(part.size).toBeGreaterThan(0.15 * all.size);
  expect(part.size).toBeLessThan(0.35 * all.size);
  for (const [id, values] of part) expect(values).toEqual(all.get(id));
});

test('it is the same customers at every date, and a larger part has them too', async () => {
  const idsOf = async (part: number, date?: string) => (await computed(part, date)).profileIds;
  const [before, now, more] = [await idsOf(0.25, '2023-09-01'), await idsOf(0.25), await idsOf(0.5)];
  const everybody = new Set(await idsOf(1, '2023-09-01'));
  expect(before).toEqual(now.filter(id => everybody.has(id)));
  expect(before.length).toBeGreaterThan(0);
  expect(more).toEqual(expect.arrayContaining(now));
  expect(more.length).toBeGreaterThan(now.length);
});

test('Postgres takes the same part', async () => {
  const warehouse = await openPostgres({ url: await freshDatabase() });
  try {
    await stock(warehouse, shop);
    expect(await computeFeatures(warehouse, asOf, { sectors, part: 0.25 })).toEqual(await computed(0.25));
  } finally {
    await warehouse.close();
  }
});

test('a part is not taken for the whole that stands', async () => {
  await withShop({ ...shop }, async warehouse => {
    await warehouse.execute(
      "INSERT INTO imports (import_id, imported_at, rows_in, stored, rejected) VALUES ('1', TIMESTAMP '2024-01-01 00:00:00', 1, 1, 0)",
    );
    const part = await computeFeatures(warehouse, asOf, { part: 0.25 });
    const all = await computeFeatures(warehouse, asOf);
    expect(all.profileIds.length).toBeGreaterThan(part.profileIds.length);
    expect((await computeFeatures(warehouse, asOf, { part: 0.25 })).profileIds).toEqual(part.profileIds);
  });
});
