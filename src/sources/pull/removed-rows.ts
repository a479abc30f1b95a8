import { literal, type Warehouse } from '../../warehouse/port.ts';
import { type CanonicalTable, canonicalTables } from '../../warehouse/schema.ts';
import { storable } from '../arriving-rows.ts';
import { reconcile } from '../identities.ts';
import type { StagedRows } from '../merge.ts';
import { orderPages } from './current-rows.ts';

/** Removes the lines of orders that came anew and have them no more. Returns how many. */
export async function removeOldLines(
  tx: Warehouse,
  source: string,
  staged: readonly StagedRows[],
): Promise<number> {
  await tx.stage(
    'staged_replaced',
    `SELECT DISTINCT order_id FROM ${orderPages} WHERE replaces AND NOT stale`,
  );
  const told = staged.find(({ table }) => table === 'order_lines');
  const removed = await tx.execute(`
    DELETE FROM order_lines WHERE source = ${literal(source)}
      AND order_id IN (SELECT order_id FROM staged_replaced)
      ${told ? `AND line_id NOT IN (SELECT line_id FROM ${told.name})` : ''}`);
  await tx.unstage('staged_replaced');
  return removed;
}

/**
 * Removes rows that the vendor deleted; an order takes its lines along. When it was is kept, so that an older message about
 * such a row does not bring it back.
 */
export async function removeGone(
  tx: Warehouse,
  source: string,
  gone: Partial<Record<CanonicalTable, readonly string[]>>,
  at: string,
): Promise<{ asked: number; removed: number; absent: number }> {
  let asked = 0;
  let removed = 0;
  let customersGone = false;
  if (Object.values(gone).every(ids => ids.length === 0)) return { asked, removed, absent: 0 };
  await tx.execute('CREATE TEMP TABLE gone_owners AS SELECT customer_id FROM customers LIMIT 0');
  for (const table of Object.keys(canonicalTables) as CanonicalTable[]) {
    const ids = [...new Set((gone[table] ?? []).map(id => storable(id).trim()))];
    if (ids.length === 0) continue;
    asked += ids.length;
    const { id } = canonicalTables[table];
    await tx.execute(`CREATE TEMP TABLE gone_ids AS SELECT ${id} AS id FROM ${table} LIMIT 0`);
    await tx.append('gone_ids', { id: ids });
    const there = `source = ${literal(source)} AND ${id} IN (SELECT id FROM gone_ids)`;
    if (table !== 'order_lines')
      await tx.execute(`INSERT INTO gone_owners SELECT DISTINCT customer_id FROM ${table} WHERE ${there}`);
    if (table === 'orders')
      await tx.execute(
        `DELETE FROM order_lines WHERE source = ${literal(source)} AND order_id IN (SELECT id FROM gone_ids)`,
      );
    const deleted = await tx.execute(`DELETE FROM ${table} WHERE ${there}`);
    removed += deleted;
    if (table === 'customers') customersGone = deleted > 0;
    await noteGone(tx, source, table, at);
    await tx.execute('DROP TABLE gone_ids');
  }
  await forgetIdentities(tx, source);
  await tx.execute('DROP TABLE gone_owners');
  if (customersGone) await reconcile(tx);
  return { asked, removed, absent: asked - removed };
}

async function noteGone(tx: Warehouse, source: string, table: string, at: string): Promise<void> {
  await tx.execute(
    `DELETE FROM versions WHERE source = ${literal(source)} AND table_name = ${literal(table)}
       AND id IN (SELECT id FROM gone_ids)`,
  );
  await tx.execute(
    `INSERT INTO versions (source, table_name, id, changed_at)
     SELECT ${literal(source)}, ${literal(table)}, id, TIMESTAMP ${literal(at.replace('T', ' ').replace('Z', ''))}
     FROM gone_ids`,
  );
}

/** An id that no row has any more is nobody's. */
async function forgetIdentities(tx: Warehouse, source: string): Promise<void> {
  const elsewhere = ['customers', 'orders', 'events', 'tickets', 'consents'].map(
    table =>
      `NOT EXISTS (SELECT 1 FROM ${table} t WHERE t.source = identities.source AND t.customer_id = identities.source_id)`,
  );
  await tx.execute(
    `DELETE FROM identities WHERE source = ${literal(source)}
       AND source_id IN (SELECT customer_id FROM gone_owners) AND ${elsewhere.join(' AND ')}`,
  );
}
