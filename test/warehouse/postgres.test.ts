import { createServer, type Server, type Socket } from 'node:net';
import postgres from 'postgres';
import { afterAll, describe, expect, test } from 'vitest';
import { openPostgres } from '../../src/warehouse/postgres.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { startPostgres } from '../support/postgres.ts';

const open = (url: string) => openPostgres({ url });
const withPart = (url: string, change: (url: URL) => void) => {
  const changed = new URL(url);
  change(changed);
  return changed.href;
};

test('keeps what was stored, and keeps away from tables of the same names', async () => {
  const url = await freshDatabase();
  const sql = postgres(url, { max: 1 });
  await sql`CREATE TABLE orders (id int)`;
  await sql`INSERT INTO orders VALUES (1)`;
  const first = await open(url);
  expect(await first.query('SELECT order_id FROM orders')).toEqual([]);
  await first.append('orders', { order_id: ['kept'] });
  await first.close();
  const second = await open(url);
  expect(await second.query('SELECT order_id FROM orders')).toEqual([{ order_id: 'kept' }]);
  await second.close();
  expect([...(await sql`SELECT * FROM orders`)]).toEqual([{ id: 1 }]);
  await sql.end();
});

test('may be opened by several at once while its tables are missing, whose transactions take turns', async () => {
  const url = await freshDatabase();
  const warehouses = await Promise.all([open(url), open(url), open(url)]);
  await Promise.all(
    warehouses.map(warehouse =>
      warehouse.transaction(async tx => {
        const [row] = await tx.query<{ n: number }>('SELECT count(*) AS n FROM orders');
        await tx.append('orders', { order_id: [`order ${row!.n}`] });
      }),
    ),
  );
  const rows = await warehouses[0]!.query('SELECT order_id FROM orders ORDER BY order_id');
  expect(rows).toEqual([{ order_id: 'order 0' }, { order_id: 'order 1' }, { order_id: 'order 2' }]);
  await Promise.all(warehouses.map(warehouse => warehouse.close()));
});

test('joins tables that were filled a moment ago without running through one for each row of the other', async () => {
  const warehouse = await open(await freshDatabase());
  const plan = await warehouse.transaction(async tx => {
    const people = Array.from({ length: 5000 }, (_, i) => `person ${i}`);
    const owner = people.map(() => 'me');
    await tx.append('placements', { owner, profile_id: people });
    await tx.append('memberships', { owner, profile_id: people });
    return tx.query(`EXPLAIN UPDATE memberships SET segment_key = 'left'
      WHERE owner = 'me' AND valid_to IS NULL AND NOT EXISTS (
        SELECT 1 FROM placements p WHERE p.owner = 'me' AND p.profile_id = memberships.profile_id)`);
  });
  expect(JSON.stringify(plan)).toContain('Anti Join');
  expect(JSON.stringify(plan)).not.toContain('Nested Loop');
  await warehouse.close();
});

test('takes NUL, which PostgreSQL cannot store, out of text', async () => {
  const warehouse = await open(await freshDatabase());
  await warehouse.append('orders', { order_id: ['a\0b'] });
  await warehouse.stage('nul', "SELECT 'c' || chr(0) || 'd' AS order_id");
  await warehouse.execute('INSERT INTO orders (order_id) SELECT order_id FROM nul');
  expect(await warehouse.query('SELECT order_id FROM orders ORDER BY order_id')).toEqual([
    { order_id: 'ab' },
    { order_id: 'cd' },
  ]);
  await warehouse.close();
});

describe('bad days', () => {
  const servers: Server[] = [];
  const sockets: Socket[] = [];
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    for (const server of servers) server.close();
  });

  test.each([
    [
      'nobody listens',
      async () => 'postgres://me:secret@127.0.0.1:9/shop',
      /127\.0\.0\.1:9\/shop.*ECONNREFUSED/,
    ],
    [
      'the host has no address',
      async () => 'postgres://me:secret@no-such-host.invalid/shop',
      /no-such-host\.invalid\/shop/,
    ],
    ['nobody answers', silentServer, /CONNECT_TIMEOUT/],
    [
      'the password is wrong',
      async () =>
        withPart(await freshDatabase(), url => {
          url.password = 'secret';
        }),
      /password authentication failed/,
    ],
    [
      'the database is missing',
      async () =>
        withPart(await freshDatabase(), url => {
          url.pathname = '/missing';
        }),
      /"missing" does not exist/,
    ],
    ['the address cannot be read', async () => 'postgres://me:secret@host:port/shop', /cannot be used/],
  ])(
    'cannot be opened when %s: says where, why and what to do, never the password',
    async (_, address, why) => {
      const url = await address();
      const error = await open(url).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).toMatchObject({
        mender: 'operator',
        message: expect.stringMatching(why),
        next: expect.stringContaining('WAREHOUSE_URL'),
      });
      expect((error as Error).message).not.toContain('secret');
    },
  );

  test('a server that goes away: what was not finished is gone, and the message says so', async () => {
    const server = await startPostgres();
    const warehouse = await open(await server.createDatabase());
    const cut = warehouse.transaction(async tx => {
      await tx.append('orders', { order_id: ['1'] });
      await server.stop();
      await tx.query('SELECT 1');
    });
    await expect(cut).rejects.toMatchObject({
      mender: 'upstream',
      message: expect.stringMatching(/^The connection to PostgreSQL at 127\.0\.0\.1:\d+\/test_1 was lost/),
      next: expect.stringContaining('rolled back'),
    });
    await expect(warehouse.query('SELECT 1')).rejects.toMatchObject({ mender: 'upstream' });
    await warehouse.close();
  });

  async function silentServer(): Promise<string> {
    const server = createServer(socket => sockets.push(socket));
    servers.push(server);
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    return `postgres://me:secret@127.0.0.1:${port}/shop?connect_timeout=1`;
  }
});
