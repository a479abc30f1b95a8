import { execFileSync } from 'node:child_process';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { countRejects, listRejects } from '../../src/sources/rejects.ts';
import { openShop, orders, type Shop } from './shop.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(() => shop.close());

const line = (id: string, order: string, rest = 'mug,Mug,2,4.50') => `${id},${order},${rest}\n`;
const linesHeader = 'line_id,order_id,sku,product,quantity,unit_price\n';

test('a folder of canonical files is imported in the order that its tables need', async () => {
  await shop.file('a-lines.csv', linesHeader + line('L1', 'O1') + line('L2', 'O2'));
  await shop.file(
    'b-orders.csv',
    orders('O1,C1,2026-05-01T10:00:00Z,9.00,GBP,paid', 'O2,C2,2026-05-02,12.5,GBP,paid'),
  );
  await shop.file('c-customers.csv', 'customer_id,email,created_at\nC1,One@Example.com,2026-01-01\n');
  await shop.file(
    'd-events.csv',
    'event_id,customer_id,occurred_at,type,source\nE1,C3,2026-05-01T09:00:00Z,Product Viewed,paid\n',
  );
  await shop.file(
    'e-tickets.csv',
    'ticket_id,customer_id,opened_at,kind,csat\nT1,C1,2026-05-03,complaint,2\n',
  );
  await shop.file(
    'f-consents.csv',
    'customer_id,channel,purpose,state,at\nC1,email,marketing,granted,2026-01-02\n',
  );
  const report = await shop.import(shop.dir);

  expect(report.files.map(({ tables }) => Object.keys(tables)[0])).toEqual([
    'customers',
    'orders',
    'order_lines',
    'events',
    'tickets',
    'consents',
  ]);
  expect(report.files.every(file => file.stored === file.rowsIn && file.rejected === 0)).toBe(true);
  expect(
    await shop.query('SELECT line_id, profile_id, ordered_at FROM order_lines ORDER BY line_id'),
  ).toEqual([
    { line_id: 'L1', profile_id: 'shop/C1', ordered_at: '2026-05-01T10:00:00Z' },
    { line_id: 'L2', profile_id: 'shop/C2', ordered_at: '2026-05-02T00:00:00Z' },
  ]);
  expect(await shop.query('SELECT email FROM customers')).toEqual([{ email: 'one@example.com' }]);
  expect(await shop.query('SELECT profile_id, origin FROM events')).toEqual([
    { profile_id: 'shop/C3', origin: 'paid' },
  ]);
  expect(report.merges).toMatchObject({ identities: 3, profiles: 3 });
});

test('the same file twice changes nothing, whatever it is called and however it is packed', async () => {
  const content = orders(
    'O1,C1,2026-05-01,9,GBP,paid',
    'O2,,2026-05-02,12,GBP,paid',
    'O3,C3,2026-05-03,7,GBP,paid',
  );
  await shop.import(await shop.file('orders.csv', content));
  const before = await shop.dump();
  for (const name of ['orders.csv', 'again.csv', 'packed.csv.gz']) {
    const report = await shop.import(await shop.file(name, content));
    expect(report.files[0]).toMatchObject({ rowsIn: 3, stored: 0, updated: 0, rejected: 1, alreadyThere: 2 });
  }
  expect(await shop.dump()).toEqual(before);
});

test('a later import changes what differs and adds what is new', async () => {
  await shop.import(
    await shop.file('one.csv', orders('O1,C1,2026-05-01,9,GBP,paid', 'O2,C2,2026-05-02,12,GBP,paid')),
  );
  await shop.import(await shop.file('lines.csv', linesHeader + line('L2', 'O2')));
  const report = await shop.import(
    await shop.file(
      'two.csv',
      orders('O1,C1,2026-05-01,9,GBP,paid', 'O2,C9,2026-05-04,12,GBP,paid', 'O3,C3,2026-05-03,7,GBP,paid'),
    ),
  );
  expect(report.files[0]).toMatchObject({ rowsIn: 3, stored: 2, updated: 1, alreadyThere: 1 });
  expect(await shop.query('SELECT order_id, profile_id FROM orders ORDER BY order_id')).toEqual([
    { order_id: 'O1', profile_id: 'shop/C1' },
    { order_id: 'O2', profile_id: 'shop/C9' },
    { order_id: 'O3', profile_id: 'shop/C3' },
  ]);
  expect(await shop.query('SELECT profile_id, ordered_at FROM order_lines')).toEqual([
    { profile_id: 'shop/C9', ordered_at: '2026-05-04T00:00:00Z' },
  ]);
});

test('what was imported last stands, also where it was imported before', async () => {
  const one = await shop.file('one.csv', orders('O1,C1,2026-05-01,9,GBP,paid', 'O2,,2026-05-01,9,GBP,paid'));
  const two = await shop.file(
    'two.csv',
    orders('O1,C2,2026-05-02,7,GBP,refunded', 'O3,C1,2026-05-03,1,GBP,paid'),
  );
  await shop.import(one);
  await shop.import(two);
  const report = await shop.import(one);
  expect(report.files[0]).toMatchObject({ rowsIn: 2, stored: 1, updated: 1, rejected: 1, alreadyThere: 0 });
  expect(await shop.query('SELECT order_id, profile_id, total, status FROM orders ORDER BY 1')).toEqual([
    { order_id: 'O1', profile_id: 'shop/C1', total: 9, status: 'paid' },
    { order_id: 'O3', profile_id: 'shop/C1', total: 1, status: 'paid' },
  ]);
  expect(await countRejects(shop.warehouse)).toEqual([{ reason: 'no customer_id', rows: 1 }]);
});

test('a column that a later file lacks leaves what is stored', async () => {
  await shop.import(await shop.file('one.csv', orders('O1,C1,2026-05-01,9,GBP,paid')));
  const report = await shop.import(
    await shop.file('two.csv', 'order_id,customer_id,ordered_at,total\nO1,C1,2026-05-01,10\n'),
  );
  expect(report.files[0]).toMatchObject({ stored: 1, updated: 1 });
  expect(await shop.query('SELECT total, currency, status FROM orders')).toEqual([
    { total: 10, currency: 'GBP', status: 'paid' },
  ]);
});

test('of rows with the same id, equal ones are repeats and the last of different ones counts', async () => {
  const report = await shop.import(
    await shop.file(
      'orders.csv',
      orders(
        'O1,C1,2026-05-01,9,GBP,paid',
        'O1,C1,2026-05-01,8,GBP,paid',
        'O1,C1,2026-05-01,9,GBP,paid',
        'O2,C2,2026-05-01,1,GBP,paid',
        'O2,C2,2026-05-01,2,GBP,paid',
      ),
    ),
  );
  expect(report.files[0]).toMatchObject({ rowsIn: 5, stored: 2, rejected: 3 });
  expect(report.files[0]!.reasons).toEqual([
    { reason: 'same order_id as a later row, which was kept', rows: 2 },
    { reason: 'repeats an earlier row exactly', rows: 1 },
  ]);
  expect(await shop.query('SELECT order_id, total FROM orders ORDER BY order_id')).toEqual([
    { order_id: 'O1', total: 9 },
    { order_id: 'O2', total: 2 },
  ]);
});

test('each rejected row is listed with its number, its reason and its content', async () => {
  const path = await shop.file(
    'orders.csv',
    orders(
      'O1,C1,2026-05-01,9,GBP,paid',
      'O2,,2026-05-02,12,GBP,paid',
      'O3,C3,soon,7,GBP,paid',
      'O4,C4,2026-05-02',
      'O5,C5,2026-05-02,-1,GBP,paid',
    ),
  );
  await shop.import(path);
  const rows = await listRejects(shop.warehouse, { limit: 10 });
  expect(rows.map(({ rowNumber, reason }) => [rowNumber, reason])).toEqual([
    [2, 'no customer_id'],
    [3, 'ordered_at is not a date (expected 2026-05-14, with or without a time and a zone)'],
    [4, 'fewer cells than the header'],
    [5, 'total is negative'],
  ]);
  expect(JSON.parse(rows[0]!.content)).toMatchObject({ order_id: 'O2', customer_id: null, total: '12' });
  expect(JSON.parse(rows[2]!.content)).toEqual({ line: 'O4,C4,2026-05-02' });
  expect(await listRejects(shop.warehouse, { limit: 1, file: 'orders.csv' })).toHaveLength(1);
  expect(await listRejects(shop.warehouse, { limit: 9, file: 'other.csv' })).toHaveLength(0);
  expect(await countRejects(shop.warehouse, { file: path })).toHaveLength(4);
});

test('lines whose order is not there are rejected, and taken once it is', async () => {
  const lines = await shop.file('lines.csv', linesHeader + line('L1', 'O1') + line('L2', 'O2'));
  await shop.import(await shop.file('orders.csv', orders('O1,C1,2026-05-01,9,GBP,paid')));
  const first = await shop.import(lines);
  expect(first.files[0]).toMatchObject({ stored: 1, rejected: 1 });
  expect(await listRejects(shop.warehouse, { limit: 5 })).toMatchObject([
    { rowNumber: 2, reason: 'its order is not in the data (import the orders first)' },
  ]);
  await shop.import(await shop.file('more.csv', orders('O2,C2,2026-05-01,9,GBP,paid')));
  const second = await shop.import(lines);
  expect(second.files[0]).toMatchObject({ stored: 1, rejected: 0, alreadyThere: 1 });
  expect(await listRejects(shop.warehouse, { limit: 5 })).toEqual([]);
});

test('two sources keep their ids apart', async () => {
  await shop.import(await shop.file('a.csv', orders('O1,C1,2026-05-01,9,GBP,paid')), { source: 'north' });
  await shop.import(await shop.file('b.csv', orders('O1,C1,2026-05-01,5,GBP,paid')), { source: 'south' });
  expect(await shop.query('SELECT profile_id, total FROM orders ORDER BY 1')).toEqual([
    { profile_id: 'north/C1', total: 9 },
    { profile_id: 'south/C1', total: 5 },
  ]);
});

test('what is no data in a folder is reported, and wrong where it was named', async () => {
  await shop.file('orders.csv', orders('O1,C1,2026-05-01,9,GBP,paid'));
  await shop.file('notes.md', '# Notes\nnothing\n');
  await mkdir(join(shop.dir, 'truth'));
  const truth = await shop.file('truth/truth.csv', 'customer_id,type\nC1,loyal\n');
  const report = await shop.import(shop.dir);
  expect(report.files).toHaveLength(1);
  expect(report.skipped.map(({ file }) => file)).toEqual([join(shop.dir, 'notes.md'), truth]);
  await expect(shop.import(truth)).rejects.toThrow(InputError);
  await expect(shop.import(truth)).rejects.toThrow(`${truth}, line 1`);
  await expect(shop.import(join(shop.dir, 'truth'))).rejects.toThrow('map to no known format');
});

test('a glob takes what matches; nothing found is an error', async () => {
  await shop.file('orders-1.csv', orders('O1,C1,2026-05-01,9,GBP,paid'));
  await shop.file('orders-2.csv', orders('O2,C1,2026-05-01,9,GBP,paid'));
  const report = await shop.import(join(shop.dir, 'orders-*.csv'));
  expect(report.files.map(file => file.stored)).toEqual([1, 1]);
  await expect(shop.import(join(shop.dir, 'nothing-*.csv'))).rejects.toThrow('no file matches');
  await expect(shop.import(join(shop.dir, 'missing.csv'))).rejects.toThrow('there is no such file');
  await mkdir(join(shop.dir, 'empty'));
  await expect(shop.import(join(shop.dir, 'empty'))).rejects.toThrow('the folder is empty');
});

test("links in a folder are followed, each folder once; Kindred's own stores are passed over", async () => {
  const [data, elsewhere] = [join(shop.dir, 'data'), join(shop.dir, 'elsewhere')];
  await mkdir(join(data, 'state'), { recursive: true });
  await mkdir(elsewhere);
  for (const own of ['warehouse.duckdb', 'warehouse.duckdb.wal', 'kindred.lock', 'state/PG_VERSION'])
    await shop.file(`data/${own}`, 'x');
  const linked = await shop.file('elsewhere/my orders.csv', orders('O1,C1,2026-05-01,9,GBP,paid'));
  await symlink(elsewhere, join(data, 'linked'));
  await symlink(data, join(elsewhere, 'back'));
  await symlink(join(shop.dir, 'nowhere.csv'), join(data, 'dangling.csv'));
  const report = await shop.import(data);
  expect(report.files.map(({ file }) => file)).toEqual([join(data, 'linked', 'my orders.csv')]);
  expect(report.skipped).toEqual([]);
  expect((await shop.import(linked.replace('orders', '*'))).files[0]).toMatchObject({ alreadyThere: 1 });
});

test.runIf(process.platform !== 'win32')(
  'a pipe is refused, since a file is read more than once',
  async () => {
    const path = join(shop.dir, 'pipe');
    execFileSync('mkfifo', [path]);
    await expect(shop.import(path)).rejects.toThrow(`${path}: this is neither a file nor a folder`);
  },
);

test('a source whose name would blur the names of profiles is refused', async () => {
  const path = await shop.file('orders.csv', orders('O1,C1,2026-05-01,9,GBP,paid'));
  for (const source of ['uk/shop', '', 'my shop'])
    await expect(shop.import(path, { source })).rejects.toThrow('cannot be the name of a source');
});

test('a wrong file is told before anything is stored', async () => {
  const good = await shop.file('orders.csv', orders('O1,C1,2026-05-01,9,GBP,paid'));
  const wrong = await shop.file('wrong.csv', 'order_id,customer_id,ordered_at\nO1,C1,2026-05-01\n');
  await expect(shop.import([good, wrong])).rejects.toThrow(
    "It comes nearest to Kindred's own orders, which also needs total.",
  );
  expect(await shop.query('SELECT * FROM orders')).toEqual([]);
});

test('a format can be forced; one that does not fit or exist is told', async () => {
  const path = await shop.file('orders.csv', orders('O1,C1,2026-05-01,9,GBP,paid'));
  expect((await shop.import(path, { format: 'canonical' })).files[0]!.stored).toBe(1);
  await expect(shop.import(path, { format: 'shopify-orders' })).rejects.toThrow('Shopify orders export');
  await expect(shop.import(path, { format: 'magento' })).rejects.toThrow('There is no format "magento"');
});

test('hostile content and names are stored as they are', async () => {
  const names = [`Robert'); DROP TABLE orders;--`, '=cmd|calc', 'say "hi"\nthere', '{{ignore}} <b>', '🫖'];
  await shop.import(await shop.file('orders.csv', orders('O1,C1,2026-05-01,9,GBP,paid')));
  const rows = names.map((name, i) => line(`L${i}`, 'O1', `s${i},"${name.replaceAll('"', '""')}",1,1`));
  const path = await shop.file(`it's [1] "odd" *.csv`, linesHeader + rows.join(''));
  const report = await shop.import(path);
  expect(report.files[0]).toMatchObject({ file: path, stored: names.length, rejected: 0 });
  const stored = await shop.query<{ product: string }>('SELECT product FROM order_lines ORDER BY line_id');
  expect(stored.map(row => row.product)).toEqual(names);
});

test('a transaction that fails leaves the store as it was, and the next import works', async () => {
  await shop.import(await shop.file('one.csv', orders('O1,C1,2026-05-01,9,GBP,paid')));
  const before = await shop.dump();
  const path = await shop.file('two.csv', orders('O1,C1,2026-05-01,10,GBP,paid', 'O2,C2,2026-05-01,9,GBP,'));
  const { transaction } = shop.warehouse;
  shop.warehouse.transaction = work =>
    transaction(async tx => {
      await work(tx);
      throw new Error('the disk is full');
    });
  await expect(shop.import(path)).rejects.toThrow('the disk is full');
  shop.warehouse.transaction = transaction;
  expect(await shop.dump()).toEqual(before);
  expect((await shop.import(path)).files[0]).toMatchObject({ stored: 2, updated: 1 });
});
