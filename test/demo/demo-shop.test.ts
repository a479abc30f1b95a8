import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeDemoShop } from '../../src/demo/demo-shop.ts';
import { plantedTypes } from '../../src/demo/planted-types.ts';
import { InputError, OperatorError } from '../../src/errors.ts';
import { connect, overConnection } from '../../src/warehouse/duckdb.ts';
import { literal, type Warehouse } from '../../src/warehouse/port.ts';

const options = { customers: 1500, seed: 11, asOf: '2026-11-01', months: 18 };
const tables = ['customers', 'orders', 'order_lines', 'events', 'tickets', 'consents'];

let folder: string;
let dir: string;
let counts: Record<string, number>;
let shop: Warehouse;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kindred-demo-'));
  dir = join(folder, 'shop');
  ({ counts } = await writeDemoShop(dir, options));
  shop = overConnection(await connect({ file: ':memory:' }));
  const views = [
    ...tables.map(table => [table, join(dir, `${table}.csv`)]),
    ['truth', join(dir, 'truth', 'truth.csv')],
  ];
  for (const [name, file] of views)
    await shop.execute(`CREATE TABLE ${name} AS SELECT * FROM read_csv(${literal(file!)}, header = true)`);
});
afterAll(async () => {
  await shop?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function one(sql: string): Promise<number> {
  const [row] = await shop.query<{ n: number }>(`SELECT ${sql} AS n`);
  return row!.n;
}

function bytes(root: string): Record<string, string> {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(name =>
    name.endsWith('.csv'),
  );
  return Object.fromEntries(
    files.sort().map(name => [
      name,
      createHash('sha256')
        .update(readFileSync(join(root, name)))
        .digest('hex'),
    ]),
  );
}

describe('the files', () => {
  test('same options, same bytes; another seed, another shop', async () => {
    const small = { ...options, customers: 120 };
    const write = async (name: string, seed: number) => {
      await writeDemoShop(join(folder, name), { ...small, seed });
      return bytes(join(folder, name));
    };
    const first = await write('a', 3);
    expect(Object.keys(first)).toHaveLength(tables.length + 1);
    expect(await write('b', 3)).toEqual(first);
    expect(await write('c', 4)).not.toEqual(first);
  });

  test('hold as many rows as was said, each with its own id', async () => {
    expect(counts.customers).toBe(options.customers);
    expect(Object.keys(counts).sort()).toEqual([...tables].sort());
    for (const table of tables) {
      const id = `${table === 'order_lines' ? 'line' : table.slice(0, -1)}_id`;
      expect(await one(`(SELECT count(*) FROM ${table})`), table).toBe(counts[table]);
      expect(await one(`(SELECT count(DISTINCT ${id}) FROM ${table})`), table).toBe(counts[table]);
    }
  });

  test('refer to each other, and to nothing at or after the end', async () => {
    for (const table of ['orders', 'events', 'tickets', 'consents'])
      expect(
        await one(`(SELECT count(*) FROM ${table} ANTI JOIN customers USING (customer_id))`),
        table,
      ).toBe(0);
    expect(await one('(SELECT count(*) FROM order_lines ANTI JOIN orders USING (order_id))')).toBe(0);
    expect(await one('(SELECT count(*) FROM orders ANTI JOIN order_lines USING (order_id))')).toBe(0);
    const times = [
      'customers.created_at',
      'orders.ordered_at',
      'orders.refunded_at',
      'order_lines.returned_at',
    ];
    times.push('events.occurred_at', 'tickets.opened_at');
    for (const time of times) {
      const [table, column] = time.split('.');
      expect(
        await one(`(SELECT count(*) FROM ${table} WHERE ${column} >= TIMESTAMP '${options.asOf}')`),
        time,
      ).toBe(0);
    }
  });

  test('nobody does anything before they registered', async () => {
    for (const [table, time] of [
      ['orders', 'ordered_at'],
      ['events', 'occurred_at'],
      ['tickets', 'opened_at'],
    ])
      expect(
        await one(
          `(SELECT count(*) FROM ${table} JOIN customers USING (customer_id) WHERE ${time} < created_at)`,
        ),
        table,
      ).toBe(0);
  });

  test('money adds up to the penny', async () => {
    const lines =
      'SELECT order_id, sum(quantity * CAST(unit_price AS DECIMAL(12, 2))) AS gross FROM order_lines GROUP BY order_id';
    expect(
      await one(`(SELECT count(*) FROM orders JOIN (${lines}) USING (order_id)
        WHERE CAST(total AS DECIMAL(12, 2)) + CAST(discount AS DECIMAL(12, 2)) <> gross
           OR refunded < 0 OR refunded > total OR discount < 0)`),
    ).toBe(0);
    expect(await one('(SELECT count(*) FROM order_lines WHERE returned_quantity > quantity)')).toBe(0);
  });
});

describe('the people', () => {
  test('every buyer has a type, nobody else has; all planted types are there', async () => {
    expect(await one('(SELECT count(*) FROM truth ANTI JOIN customers USING (customer_id))')).toBe(0);
    expect(
      await one('(SELECT count(DISTINCT customer_id) FROM orders ANTI JOIN truth USING (customer_id))'),
    ).toBe(0);
    const types = await shop.query<{ type: string; n: number }>(
      'SELECT type, count(*) AS n FROM truth GROUP BY type',
    );
    const planted = types.filter(({ type }) => !type.startsWith('noise_'));
    expect(planted.map(({ type }) => type).sort()).toEqual(plantedTypes.map(({ name }) => name).sort());
    const total = planted.reduce((sum, { n }) => sum + n, 0);
    for (const { name, share } of plantedTypes)
      expect(Math.abs(planted.find(({ type }) => type === name)!.n / total - share), name).toBeLessThan(0.04);
    expect(types.map(({ type }) => type)).toContain('noise_hybrid');
  });

  test('types differ as they should, and overlap', async () => {
    const byType = await shop.query<{ type: string; value: number; low: number; high: number }>(`
      SELECT type, avg(value) AS value, quantile_cont(value, 0.05) AS low, quantile_cont(value, 0.95) AS high
      FROM (SELECT type, customer_id, median(total) AS value FROM orders JOIN truth USING (customer_id)
            WHERE NOT starts_with(type, 'noise_') GROUP BY type, customer_id)
      GROUP BY type ORDER BY value`);
    const dearest = byType.at(-1)!;
    expect(dearest.type).toBe('considered_spender');
    expect(dearest.value).toBeGreaterThan(2 * byType.at(-2)!.value);
    const [cheap, next] = [byType[0]!, byType[1]!];
    expect(cheap.high).toBeGreaterThan(next.low);
  });

  test('some never buy, some unsubscribe, some have two accounts, some give the address of the till', async () => {
    expect(
      await one('(SELECT count(*) FROM customers ANTI JOIN orders USING (customer_id))'),
    ).toBeGreaterThan(80);
    expect(await one("(SELECT count(*) FROM events WHERE type = 'Unsubscribed')")).toBeGreaterThan(20);
    const shared = (column: string) =>
      one(`(SELECT count(*) FROM (SELECT lower(trim(${column})) AS c FROM customers WHERE ${column} <> ''
            AND ${column} NOT LIKE 'till@%' GROUP BY c HAVING count(*) > 1))`);
    expect(await shared('email')).toBeGreaterThan(0);
    expect(await one("(SELECT count(*) FROM customers WHERE email = 'till@shop.example')")).toBeGreaterThan(
      4,
    );
    expect(await one("(SELECT count(*) FROM customers WHERE phone NOT LIKE '+999%')")).toBe(0);
  });

  test('all five kinds of behaviour are there, December is busy, and names are hostile', async () => {
    for (const type of [
      'Product Viewed',
      'Product Added',
      'Checkout Started',
      'Order Completed',
      'Email Opened',
    ])
      expect(await one(`(SELECT count(*) FROM events WHERE type = ${literal(type)})`), type).toBeGreaterThan(
        100,
      );
    expect(await one('(SELECT count(*) FROM orders WHERE month(ordered_at) = 12)')).toBeGreaterThan(
      1.2 *
        (await one('(SELECT count(*) FROM orders WHERE year(ordered_at) = 2026 AND month(ordered_at) = 2)')),
    );
    const names = await shop.query<{ product: string }>('SELECT DISTINCT product FROM order_lines');
    const has = (pattern: RegExp) => names.some(({ product }) => pattern.test(product));
    for (const pattern of [/<script>/, /"/, /,/, /\n/, /^=/, /Ignore all previous/])
      expect(has(pattern), String(pattern)).toBe(true);
    expect(
      await one("(SELECT count(*) FROM order_lines WHERE category = 'pharmacy & health')"),
    ).toBeGreaterThan(20);
  });
});

describe('what cannot be', () => {
  test('a date that is none, and a shop without customers, are refused before a file is written', async () => {
    const target = join(folder, 'refused');
    await expect(writeDemoShop(target, { ...options, asOf: '2026-02-30' })).rejects.toThrow(InputError);
    await expect(writeDemoShop(target, { ...options, customers: 0 })).rejects.toThrow(InputError);
    expect(existsSync(target)).toBe(false);
  });

  test('a shop of one customer, and one of a month, can be written', async () => {
    for (const extreme of [{ customers: 1 }, { customers: 60, months: 1 }]) {
      const { counts } = await writeDemoShop(join(folder, 'tiny'), { ...options, ...extreme });
      expect(counts.customers).toBe(extreme.customers);
    }
  });

  test('a folder that cannot be written is an error that says so', async () => {
    const blocked = join(folder, 'blocked');
    writeFileSync(blocked, 'a file, not a folder');
    await expect(writeDemoShop(blocked, { ...options, customers: 10 })).rejects.toThrow(OperatorError);
  });
});
