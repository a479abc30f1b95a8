import type { Suppression } from '../../governance/suppression.ts';
import { literal, type Warehouse } from '../../warehouse/port.ts';
import type { StagedRows } from '../merge.ts';
import { suppressedList, tellsOfSuppressed } from '../suppressed-rows.ts';
import type { Rejected } from './read-rows.ts';
import type { KeptReject } from './record.ts';

/** Takes lines whose order is not stored out of the staged ones. */
export async function rejectOrphans(
  tx: Warehouse,
  source: string,
  { name }: StagedRows,
): Promise<Rejected[]> {
  const orphans = await tx.query<{ row: number }>(
    `SELECT s.row_number AS "row" FROM ${name} s
     LEFT JOIN orders o ON o.source = ${literal(source)} AND o.order_id = s.order_id WHERE o.order_id IS NULL`,
  );
  if (orphans.length === 0) return [];
  const rows = orphans.map(({ row }) => row);
  await tx.execute(`DELETE FROM ${name} WHERE row_number IN (${rows.join(', ')})`);
  return tx.reader.query<Rejected>(
    `SELECT rowid AS r, 'its order is not in the data' AS reason, line AS content FROM pulled_lines_order_lines
     WHERE rowid + 1 IN (${rows.join(', ')}) ORDER BY r`,
  );
}

/** Rejected rows are kept as they came, but for those of people who were erased. */
export async function withoutSuppressed(
  tx: Warehouse,
  suppression: Suppression | null,
  source: string,
  rejects: readonly KeptReject[],
): Promise<readonly KeptReject[]> {
  const list = rejects.length > 0 ? await suppressedList(tx, suppression) : null;
  return list ? rejects.filter(({ content }) => !tellsOfSuppressed(list, source, content)) : rejects;
}
