import { identifier, literal, type Warehouse } from '../../warehouse/port.ts';
import { canonicalTables } from '../../warehouse/schema.ts';
import { type StagedRows, toldOf } from '../merge.ts';
import type { ReadTable } from './read-rows.ts';

/** Orders that say which lines they have, by the pages in which they came: order_id, page, stale, replaces. */
export const orderPages = 'pulled_order_pages';

/**
 * Marks the rows that came too late: older than what is stored, or than a row before them. A row that does not say since when
 * it is as it is, is new. Lines follow their order: of one that came too late, and of one that a later page tells anew, they
 * are not those of today.
 */
export async function markStale(tx: Warehouse, source: string, { table, rows }: ReadTable): Promise<void> {
  const { reader } = tx;
  const [dated] = await reader.query(`SELECT 1 AS found FROM ${rows} WHERE changed_at IS NOT NULL LIMIT 1`);
  if (dated) {
    await tx.stage(
      'staged_times',
      `SELECT CAST(r AS BIGINT) AS r, id, changed_at FROM ${rows} WHERE changed_at IS NOT NULL`,
    );
    const late = await tx.query<{ r: number }>(
      `SELECT s.r AS "r" FROM staged_times s JOIN versions v ON v.source = ${literal(source)}
         AND v.table_name = ${literal(table)} AND v.id = s.id WHERE s.changed_at < v.changed_at`,
    );
    await tx.unstage('staged_times');
    if (late.length > 0)
      await reader.execute(
        `UPDATE ${rows} SET stale = TRUE WHERE r IN (${late.map(({ r }) => r).join(', ')})`,
      );
    await reader.execute(`
      UPDATE ${rows} SET stale = TRUE FROM (
        SELECT r AS late, changed_at < max(changed_at) OVER (
          PARTITION BY id ORDER BY r ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS is_late FROM ${rows}) w
      WHERE w.late = ${rows}.r AND w.is_late`);
  }
  if (table === 'order_lines')
    await reader.execute(`
      UPDATE ${rows} SET stale = TRUE FROM ${orderPages} o
      WHERE o.order_id = ${rows}.order_id
        AND ((o.page = ${rows}.page AND o.stale) OR (o.page > ${rows}.page AND o.replaces AND NOT o.stale))`);
}

/** @param complete places of the pages that tell all lines of their orders */
export async function noteOrderPages(
  tx: Warehouse,
  orders: ReadTable | undefined,
  complete: readonly number[],
): Promise<void> {
  const from = orders
    ? `SELECT order_id, page, bool_and(stale) AS stale, page IN (${['-1', ...complete].join(', ')}) AS replaces
       FROM ${orders.rows} GROUP BY order_id, page`
    : "SELECT '' AS order_id, 0 AS page, FALSE AS stale, FALSE AS replaces WHERE FALSE";
  await tx.reader.execute(`CREATE OR REPLACE TEMP TABLE ${orderPages} AS ${from}`);
}

/**
 * Makes `staged_<table>` in the store: one row an id, with what the last row that tells a column says of it. What several
 * rows in a row would leave is the same.
 */
export async function stageCurrent(tx: Warehouse, { table, rows, columns }: ReadTable): Promise<StagedRows> {
  const name = `staged_${table}`;
  const values = columns.flatMap(column => [
    `last(${identifier(column)} ORDER BY r) FILTER (WHERE ${toldOf(column)}) AS ${identifier(column)}`,
    `bool_or(${toldOf(column)}) AS ${toldOf(column)}`,
  ]);
  await tx.stage(
    name,
    `SELECT CAST(max(r) + 1 AS BIGINT) AS row_number, max(changed_at) AS changed_at, ${values.join(', ')}
     FROM ${rows} WHERE NOT stale GROUP BY id ORDER BY row_number`,
  );
  return { table, name, columns, fills: false, told: true };
}

/** Keeps since when the rows are as they are now, where they say so. */
export async function keepVersions(
  tx: Warehouse,
  source: string,
  { table, name }: StagedRows,
): Promise<void> {
  const { id } = canonicalTables[table];
  const [dated] = await tx.query(`SELECT 1 AS "found" FROM ${name} WHERE changed_at IS NOT NULL LIMIT 1`);
  if (!dated) return;
  const ofTable = `versions.source = ${literal(source)} AND versions.table_name = ${literal(table)}`;
  await tx.execute(
    `UPDATE versions SET changed_at = s.changed_at FROM ${name} s
     WHERE ${ofTable} AND versions.id = s.${id} AND s.changed_at > versions.changed_at`,
  );
  await tx.execute(
    `INSERT INTO versions (source, table_name, id, changed_at)
     SELECT ${literal(source)}, ${literal(table)}, s.${id}, s.changed_at
     FROM ${name} s LEFT JOIN versions ON ${ofTable} AND versions.id = s.${id}
     WHERE s.changed_at IS NOT NULL AND versions.id IS NULL`,
  );
}
