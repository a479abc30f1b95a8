import { type AsOf, bind } from '../../../features/as-of.ts';
import { dayNumber } from '../../../features/expressions.ts';
import { voidedOrders } from '../../../features/purchases.ts';
import type { Warehouse } from '../../../warehouse/port.ts';

/** A temporary table: the profiles asked about, `profile_id`, with their `place` in the list, by which all else is told. */
export const habitProfiles = 'habit_profiles';

/**
 * A temporary table: what was bought before the date, in every way in which lines describe it. A number, `goods`; `category`;
 * `name`; and `product`, the number in byte order of the SKU where there is one, as a name may be written in several ways.
 * What is empty is NULL.
 */
export const habitGoods = 'habit_goods';

/**
 * A temporary table: every order line of theirs before the date, by numbers alone, as the words of millions of lines take
 * much memory: the `place` of the profile, the `day`, the `goods` and their `product`.
 */
export const habitLines = 'habit_lines';

const described = ['sku', 'product', 'category'];

export async function writeHabitTables(
  tx: Warehouse,
  asOf: AsOf,
  profileIds: readonly string[],
): Promise<void> {
  // Made from a column of the store, so that text compares alike.
  await tx.execute(
    `CREATE TEMP TABLE ${habitProfiles} AS SELECT profile_id, CAST(0 AS BIGINT) AS place FROM orders LIMIT 0`,
  );
  await tx.append(habitProfiles, { profile_id: profileIds, place: [...profileIds.keys()] });
  if (tx.dialect.name === 'postgres') await tx.execute(`ANALYZE ${habitProfiles}`);
  const goods = `CREATE TEMP TABLE ${habitGoods} AS
SELECT CAST(row_number() OVER (ORDER BY ${described.map(column => `${column} COLLATE "C"`).join(', ')}) AS INTEGER) AS goods,
  ${described.map(column => `${column} AS line_${column}`).join(', ')},
  NULLIF(category, '') AS category, coalesce(NULLIF(product, ''), NULLIF(sku, '')) AS name,
  CASE WHEN sku <> '' OR product <> '' THEN
    CAST(dense_rank() OVER (ORDER BY coalesce(NULLIF(sku, ''), product) COLLATE "C") AS INTEGER) END AS product
FROM (SELECT DISTINCT ${described.map(column => `coalesce(${column}, '') AS ${column}`).join(', ')}
  FROM order_lines WHERE ordered_at < {as_of} AND profile_id IS NOT NULL) AS descriptions`;
  await tx.execute(bind(goods, asOf));
  if (tx.dialect.name === 'postgres') await tx.execute(`ANALYZE ${habitGoods}`);
  const sql = `CREATE TEMP TABLE ${habitLines} AS
SELECT CAST(place AS INTEGER) AS place, ${dayNumber('line.ordered_at')} AS day, goods.goods, goods.product
FROM order_lines AS line JOIN ${habitProfiles} AS profile ON profile.profile_id = line.profile_id
JOIN ${habitGoods} AS goods
  ON ${described.map(column => `goods.line_${column} = coalesce(line.${column}, '')`).join(' AND ')}
LEFT JOIN (${voidedOrders}) AS void
  ON void.profile_id = line.profile_id AND void.source = line.source AND void.order_id = line.order_id
WHERE line.ordered_at < {as_of} AND void.order_id IS NULL`;
  await tx.execute(bind(sql, asOf));
  if (tx.dialect.name === 'postgres') await tx.execute(`ANALYZE ${habitLines}`);
}

export async function dropHabitTables(tx: Warehouse): Promise<void> {
  await tx.execute(`DROP TABLE ${habitLines}`);
  await tx.execute(`DROP TABLE ${habitGoods}`);
  await tx.execute(`DROP TABLE ${habitProfiles}`);
}

/** Columns of numbers of a SELECT that names nobody. */
export async function numbersOf(
  tx: Warehouse,
  columns: readonly string[],
  from: string,
): Promise<Float64Array[]> {
  const numbers = columns.map((column, i) => `CAST(${column} AS DOUBLE PRECISION) AS c${i}`);
  const { values } = await tx.columns(`SELECT '' AS nobody, ${numbers.join(', ')} ${from}`);
  return values;
}
