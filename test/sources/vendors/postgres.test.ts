import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Cursor, Page } from '../../../src/sources/pull/source.ts';
import { postgresTables } from '../../../src/sources/vendors/postgres/source.ts';
import { openReadOnly, postgresVendor } from '../../../src/vendors/postgres.ts';
import type { Connection } from '../../../src/vendors/vendor.ts';
import { freshDatabase } from '../../support/fresh-database.ts';
import { virtualPlatform } from '../../support/vendors/virtual-platform.ts';

let url: string;
let sql: postgres.Sql;
let dir: string;
const platform = virtualPlatform();

beforeAll(async () => {
  url = await freshDatabase();
  dir = await mkdtemp(join(tmpdir(), 'kindred-mapping-'));
  sql = postgres(url, { max: 1, onnotice: () => {} });
  await sql.unsafe(`
    CREATE SCHEMA shop;
    CREATE TABLE shop."Users" (id int PRIMARY KEY, mail text, "joined at" timestamptz, news boolean, updated_at timestamptz);
    INSERT INTO shop."Users" SELECT i, 'p' || i || '@x.org', '2024-01-01 12:00+02', i % 2 = 0, '2026-01-01 00:00+00'
      FROM generate_series(1, 4500) i;
    CREATE TABLE purchases (order_id bigint, customer_id int, ordered_at timestamp, total numeric, seq bigint);
    INSERT INTO purchases VALUES (1, 1, '2026-02-03 04:05:06.5', 12.30, 7), (2, 2, '2026-02-04', 0.1, 8), (3, 2, '2026-02-05', 5, NULL);`);
});
afterAll(() => sql.end());

async function connected(mapping: unknown): Promise<Connection> {
  const path = join(dir, `${Math.floor(performance.now() * 1000)}.json`);
  await writeFile(path, typeof mapping === 'string' ? mapping : JSON.stringify(mapping));
  return { name: 'erp', vendor: 'postgres', settings: { mapping: path }, secrets: { url } };
}

async function pulled(connection: Connection, name: string, cursor: Cursor | null = null, most = 99) {
  const pages: Page[] = [];
  for await (const page of postgresTables.streams
    .find(stream => stream.name === name)!
    .pull(connection, cursor, platform)) {
    pages.push(page);
    if (pages.length === most) break;
  }
  return pages;
}

const rowsOf = (pages: readonly Page[], table: 'customers' | 'orders') =>
  pages.flatMap(({ rows }) => rows[table] ?? []);

const users = {
  table: 'shop.Users',
  columns: {
    customer_id: 'id',
    email: 'mail',
    created_at: 'joined at',
    accepts_marketing: 'news',
  },
  cursor: 'updated_at',
};

test('reads a table by pages, also where all rows changed in one moment, and tells times in UTC', async () => {
  const pages = await pulled(await connected({ customers: users }), 'customers');
  expect(pages.map(({ received }) => received)).toEqual([2000, 2000, 500]);
  expect(pages[0]!.expected).toBe(4500);
  const rows = rowsOf(pages, 'customers');
  expect(new Set(rows.map(row => row.customer_id)).size).toBe(4500);
  expect(rows.find(row => row.customer_id === '7')).toEqual({
    customer_id: '7',
    email: 'p7@x.org',
    created_at: '2024-01-01T10:00:00.000000Z',
    accepts_marketing: false,
    changed_at: '2026-01-01T00:00:00.000000Z',
  });
});

test('goes on from a stored cursor, and later asks only for what changed', async () => {
  const connection = await connected({ customers: users });
  const first = await pulled(connection, 'customers', null, 1);
  const rest = await pulled(connection, 'customers', first[0]!.cursor);
  const all = [...rowsOf(first, 'customers'), ...rowsOf(rest, 'customers')].map(row => row.customer_id);
  expect(new Set(all).size).toBe(4500);
  await sql`UPDATE shop."Users" SET mail = 'new@x.org', updated_at = '2026-03-01' WHERE id = 9`;
  await pulled(connection, 'customers', rest.at(-1)!.cursor);
  await sql`UPDATE shop."Users" SET mail = 'newer@x.org', updated_at = '2026-03-02' WHERE id = 10`;
  const after = { ...rest.at(-1)!.cursor, at: '2026-03-01 00:00:00+00', id: '9' };
  const later = rowsOf(await pulled(connection, 'customers', after), 'customers');
  expect(later.map(row => row.email)).toEqual(['new@x.org', 'newer@x.org']);
});

test('reads all rows anew where there is no cursor column, and where the mapping changed', async () => {
  const plain = { orders: { table: 'purchases' } };
  const connection = await connected(plain);
  const pages = await pulled(connection, 'orders');
  expect(rowsOf(pages, 'orders')).toHaveLength(3);
  expect(rowsOf(await pulled(connection, 'orders', pages.at(-1)!.cursor), 'orders')).toHaveLength(3);
  const other = await connected({ orders: { query: "SELECT *, 'EUR' AS currency FROM purchases" } });
  const stopped = { ...pages.at(-1)!.cursor, complete: false };
  expect(rowsOf(await pulled(other, 'orders', stopped), 'orders').map(row => row.currency)).toEqual([
    'EUR',
    'EUR',
    'EUR',
  ]);
});

test('tells rows that have no cursor, exact amounts, and times without a zone as UTC', async () => {
  const [page] = await pulled(await connected({ orders: { table: 'purchases', cursor: 'seq' } }), 'orders');
  expect(page!.leftOut).toEqual([{ reason: 'no value in its id or cursor column', records: 1 }]);
  expect(page!.received).toBe(3);
  expect(page!.rows.orders![0]).toEqual({
    order_id: '1',
    customer_id: '1',
    ordered_at: '2026-02-03T04:05:06.500000Z',
    total: '12.30',
  });
});

test.each([
  [{ orders: { table: 'nowhere' } }, /relation "nowhere" does not exist/],
  [{ orders: { table: 'purchases', cursor: 'nothing' } }, /no column "nothing".*the cursor of orders/],
  [{ customers: { ...users, columns: { customer_id: 'ID' } } }, /no column "ID".*customers\.customer_id/],
  [{ customers: { ...users, columns: { email: 'mail' } } }, /lacks customer_id/],
  [{ customers: { ...users, columns: { customer_id: 'id', shoe: 'mail' } } }, /"shoe" of customers/],
  [{ customers: { ...users, columns: { customer_id: 'id', created_at: 'news' } } }, /is a time.*boolean/],
  [{ shoes: { table: 'x' } }, /shoes/i],
  [{ orders: { table: 'purchases', query: 'SELECT 1' } }, /either "table" or "query"/],
  [{ orders: { query: 'DELETE FROM purchases' } }, /one SELECT/],
  [{ orders: { query: 'SELECT 1; DROP TABLE purchases' } }, /one SELECT/],
  [{ orders: { query: 'WITH gone AS (DELETE FROM purchases RETURNING *) SELECT * FROM gone' } }, /./],
  ['{', /is not one/],
])('says what is wrong with the mapping %j', async (mapping, message) => {
  await expect(postgresTables.check!(await connected(mapping), platform)).rejects.toThrow(message);
  expect(await sql`SELECT count(*)::int AS n FROM purchases`).toEqual([{ n: 3 }]);
});

test('can write nothing, and runs one statement at a time', async () => {
  const database = await openReadOnly(await connected({}));
  await expect(database.query('DELETE FROM purchases')).rejects.toThrow(/read-only/);
  await database.close();
  const other = await openReadOnly(await connected({}));
  await expect(other.query('SELECT 1; COMMIT; DELETE FROM purchases')).rejects.toThrow(/multiple commands/);
  await other.close();
  expect(await sql`SELECT count(*)::int AS n FROM purchases`).toEqual([{ n: 3 }]);
});

test('keeps cells out of errors', async () => {
  const connection = await connected({
    customers: { query: 'SELECT mail::int AS customer_id FROM shop."Users"' },
  });
  await expect(pulled(connection, 'customers')).rejects.toThrow(/cannot compute/);
  await expect(pulled(connection, 'customers')).rejects.not.toThrow(/x\.org/);
});

test('tells who is connected, and what a wrong password comes to', async () => {
  const connection = await connected({});
  expect((await postgresVendor.test(connection, platform)).account).toMatch(/ on PostgreSQL at /);
  const wrong = { ...connection, secrets: { url: url.replace(/\/[^/]+$/, '/no_such_database') } };
  await expect(postgresVendor.test(wrong, platform)).rejects.toMatchObject({ mender: 'operator' });
});

test.each([
  'postgres://u:sesame word@host:99999/db',
  'postgres://u:sesame%ZZ@127.0.0.1/db',
  'postgres://u:sesame/x@127.0.0.1/db',
])('a URL that cannot be read is told as such, without its password: %#', async wrong => {
  const connection = { name: 'erp', vendor: 'postgres', settings: {}, secrets: { url: wrong } } as const;
  const error = await openReadOnly(connection).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'OperatorError', next: expect.stringContaining('%2F') });
  expect(inspect(error)).not.toContain('sesame');
});
