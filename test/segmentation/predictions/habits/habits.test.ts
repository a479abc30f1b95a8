import { expect, test } from 'vitest';
import { habitsOf } from '../../../../src/segmentation/predictions/habits/habits.ts';
import type { Warehouse } from '../../../../src/warehouse/port.ts';
import { openPostgres } from '../../../../src/warehouse/postgres.ts';
import { randomShop, shuffled } from '../../../features/random-shop.ts';
import { type Shop, stock, withShop } from '../../../features/shop.ts';
import { freshDatabase } from '../../../support/fresh-database.ts';

const asOf = '2024-06-01';

async function read(warehouse: Warehouse) {
  const { keys } = await warehouse.columns(
    `SELECT profile_id, 0 AS nothing FROM orders GROUP BY profile_id ORDER BY profile_id COLLATE "C"`,
  );
  return warehouse.transaction(tx => habitsOf(tx, asOf, keys));
}

test('Postgres gives the same bits as DuckDB, whatever the order of rows', async () => {
  const shop = randomShop(42, 300);
  const habits = await withShop(shop, read);
  const reordered = Object.fromEntries(
    Object.entries(shop).map(([table, rows]) => [table, shuffled(rows, 3)]),
  );
  expect(await withShop(reordered, read)).toEqual(habits);
  const warehouse = await openPostgres({ url: await freshDatabase() });
  try {
    await stock(warehouse, reordered as Shop);
    expect(await read(warehouse)).toEqual(habits);
  } finally {
    await warehouse.close();
  }
  expect(habits.favouriteCategory.filter(name => name !== null).length).toBeGreaterThan(100);
});
