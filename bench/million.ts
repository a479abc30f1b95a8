import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openDuckDb } from '../src/warehouse/duckdb.ts';

/** The shop is segmented when it is small, and refreshed when it is not. */
export const dates = { small: '2026-03-01', large: '2026-11-01' };
/** Customers of the first part of the shop's life; the rest come between the two dates. */
const early = 20_000;

/** A uniform number in [0, 1) from two whole numbers, the same on every machine. */
const uniform = (a: string, b: string) => `(hash(${a} * 1000 + ${b}) % 1000003) / 1000003.0`;

/** Five ways to buy: orders, days between them, value, lines an order, favourite category. */
const behaviours = `(VALUES
  (0, 12, 14, 25, 2, 1), (1, 2, 160, 140, 1, 4), (2, 6, 45, 55, 4, 7), (3, 1, 0, 35, 1, 2), (4, 8, 28, 18, 3, 9)
) AS kind(type, most, gap, value, lines, favourite)`;

/**
 * Writes a warehouse of so many customers with orders and order lines, in SQL alone: what is measured is not how fast
 * a shop can be made.
 */
export async function makeLargeShop(dataDir: string, customers: number): Promise<void> {
  mkdirSync(dataDir, { recursive: true });
  const warehouse = await openDuckDb({ file: join(dataDir, 'warehouse.duckdb') });
  const id = "'C' || lpad(CAST(i AS TEXT), 8, '0')";
  const begins = `CASE WHEN i < ${early} THEN TIMESTAMP '2024-11-01' + to_days(CAST(floor(${uniform('i', '1')} * 420) AS INTEGER))
    ELSE TIMESTAMP '${dates.small}' + to_days(CAST(floor(${uniform('i', '1')} * 240) AS INTEGER)) END`;
  for (const sql of [
    `CREATE TEMP TABLE people AS SELECT i, ${id} AS id, ${begins} AS begins, kind.*
     FROM range(${customers}) AS r(i) JOIN ${behaviours} ON kind.type = CAST(floor(${uniform('i', '2')} * 5) AS INTEGER)`,
    `INSERT INTO identities SELECT 'shop', id, 'shop/' || id, 'first seen' FROM people`,
    `CREATE TEMP TABLE bought AS SELECT *, 'O' || id || '-' || j AS order_id,
       begins + to_hours(CAST(floor((j - 1) * gap * 24 * (0.7 + 0.6 * ${uniform('i', '3')}) + 20 * ${uniform('i * 20 + j', '4')}) AS INTEGER)) AS ordered_at
     FROM people, range(1, 13) AS o(j) WHERE j <= ceil(most * (0.5 + ${uniform('i', '5')} / 2))`,
    `INSERT INTO orders (source, order_id, customer_id, profile_id, ordered_at, total, currency, discount)
     SELECT 'shop', order_id, id, 'shop/' || id, ordered_at, round(value * (0.6 + 0.8 * ${uniform('i * 20 + j', '6')}), 2), 'GBP',
       CASE WHEN type IN (2, 4) AND ${uniform('i * 20 + j', '7')} < 0.6 THEN 5 ELSE 0 END FROM bought`,
    `INSERT INTO order_lines (source, line_id, order_id, profile_id, ordered_at, sku, category, quantity, unit_price)
     SELECT 'shop', order_id || '-' || l, order_id, 'shop/' || id, ordered_at,
       'S' || CAST(floor(${uniform('i * 97 + j * 7 + l', '8')} * 400) AS INTEGER),
       'category ' || CASE WHEN ${uniform('i * 97 + j * 7 + l', '9')} < 0.6 THEN favourite
         ELSE CAST(floor(${uniform('i * 97 + j * 7 + l', '10')} * 12) AS INTEGER) END, 1, value / lines
     FROM bought, range(1, 5) AS line(l) WHERE l <= lines`,
    `INSERT INTO imports VALUES ('made', 'made', 'canonical', TIMESTAMP '2026-11-01', ${customers}, ${customers}, 0, 0)`,
  ])
    await warehouse.execute(sql);
  await warehouse.close();
}
