import { type AsOf, bind } from '../../../features/as-of.ts';
import { dayNumber } from '../../../features/expressions.ts';
import { voidedOrders } from '../../../features/purchases.ts';
import type { Warehouse } from '../../../warehouse/port.ts';

/** A temporary table: the profiles asked about, `profile_id`, with their `place` in the list, by which all else is told. */
export const habitProfiles = 'habit_profiles';

/**
 * A temporary table: every order line of theirs before the date, with the `place` of the profile, the `day`, and what was
 * bought: `category`, `name`, and `product`, which is the SKU where there is one, as a name may be written in several
 * ways. What is empty is NULL.
 */
export const habitLines = 'habit_lines';

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
  const sql = `CREATE TEMP TABLE ${habitLines} AS
SELECT place, ${dayNumber('ordered_at')} AS day, NULLIF(line.category, '') AS category,
  coalesce(NULLIF(product, ''), NULLIF(sku, '')) AS name, coalesce(NULLIF(sku, ''), NULLIF(product, '')) AS product
FROM order_lines AS line JOIN ${habitProfiles} AS profile ON profile.profile_id = line.profile_id
LEFT JOIN (${voidedOrders}) AS void
  ON void.profile_id = line.profile_id AND void.source = line.source AND void.order_id = line.order_id
WHERE line.ordered_at < {as_of} AND void.order_id IS NULL`;
  await tx.execute(bind(sql, asOf));
  if (tx.dialect.name === 'postgres') await tx.execute(`ANALYZE ${habitLines}`);
}

export async function dropHabitTables(tx: Warehouse): Promise<void> {
  await tx.execute(`DROP TABLE ${habitLines}`);
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
