import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openDuckDb } from '../../src/warehouse/duckdb.ts';
import type { Warehouse } from '../../src/warehouse/port.ts';
import { openPostgres } from '../../src/warehouse/postgres.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const places = [
  {
    store: 'DuckDB',
    place: async () => join(mkdtempSync(folder.file('shop-')), 'warehouse.duckdb'),
    open: (file: string) => openDuckDb({ file }),
  },
  { store: 'Postgres', place: freshDatabase, open: (url: string) => openPostgres({ url }) },
];

describe.each(places)('$store', ({ place, open }) => {
  test('a warehouse of an older version gets the columns that it lacks, and keeps its rows', async () => {
    const at = await place();
    const fresh = await open(at);
    const today = await columnsOf(fresh);
    await makeOld(fresh);
    await fresh.close();

    const upgraded = await open(at);
    expect(await columnsOf(upgraded)).toEqual(today);
    expect(await upgraded.query('SELECT order_id, total, coupon_code FROM orders ORDER BY order_id')).toEqual(
      [
        { order_id: '1', total: 9.5, coupon_code: null },
        { order_id: '2', total: null, coupon_code: null },
      ],
    );
    // Memberships of then tell neither since when nor of which state.
    expect(await upgraded.query('SELECT * FROM memberships')).toEqual([]);

    await upgraded.append('orders', { coupon_code: ['b', 'B', 'é', 'a'] });
    await upgraded.append('memberships', { owner: ['me'], profile_id: ['p'], valid_from: ['2024-01-01'] });
    await upgraded.close();
    const again = await open(at);
    const codes = await again.query<{ coupon_code: string }>(
      'SELECT coupon_code FROM orders WHERE coupon_code IS NOT NULL ORDER BY coupon_code',
    );
    expect(codes.map(({ coupon_code }) => coupon_code)).toEqual(['B', 'a', 'b', 'é']);
    expect(await again.query('SELECT owner, valid_from, valid_to FROM memberships')).toEqual([
      { owner: 'me', valid_from: '2024-01-01T00:00:00Z', valid_to: null },
    ]);
    await again.close();
  });

  test('an upgrade that was killed midway is finished by the next opening, and deletes nothing more', async () => {
    const at = await place();
    const fresh = await open(at);
    const today = await columnsOf(fresh);
    await fresh.execute('ALTER TABLE memberships DROP COLUMN confidence');
    await fresh.append('memberships', { owner: ['me'], profile_id: ['p'] });
    await fresh.close();
    const upgraded = await open(at);
    expect(await columnsOf(upgraded)).toEqual(today);
    expect(await upgraded.query('SELECT owner FROM memberships')).toEqual([{ owner: 'me' }]);
    await upgraded.close();
  });
});

/** Takes from a new warehouse what the first version did not have. */
async function makeOld(warehouse: Warehouse): Promise<void> {
  for (const table of ['placements', 'outbox']) await warehouse.execute(`DROP TABLE ${table}`);
  const lost = {
    memberships: ['owner', 'valid_from', 'valid_to'],
    orders: ['coupon_code'],
    tickets: ['csat'],
  };
  for (const [table, columns] of Object.entries(lost))
    for (const column of columns) await warehouse.execute(`ALTER TABLE ${table} DROP COLUMN ${column}`);
  await warehouse.append('memberships', { model_id: ['m'], profile_id: ['p'] });
  await warehouse.append('orders', { order_id: ['1', '2'], total: ['9.50', null] });
}

async function columnsOf(warehouse: Warehouse): Promise<object[]> {
  const collation = warehouse.dialect.name === 'postgres' ? 'collation_name' : "''";
  return warehouse.query(
    `SELECT table_name, column_name, data_type, numeric_scale, ${collation} AS collation_name
     FROM information_schema.columns WHERE table_schema = current_schema() AND table_catalog = current_database()
     ORDER BY table_name, column_name`,
  );
}
