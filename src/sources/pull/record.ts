import type { Warehouse } from '../../warehouse/port.ts';

/** What became of rows: received = stored + alreadyThere + rejected, each counted by itself. */
export interface RowFates {
  received: number;
  /** New, changed and removed ones. */
  stored: number;
  /** Also those that came too late, or that a later row of the same pages told anew. */
  alreadyThere: number;
  rejected: number;
  /** The part of `stored` that was removed, and lines that an order has no more. */
  removed: number;
}

export interface KeptReject {
  row: number;
  reason: string;
  content: string;
}

/** Rejected rows that are kept of a day, for `kindred rejects`; the rest of them are counted only. */
const mostRejectsKept = 1000;

/** Has `imports` and `rejects` tell of the rows, in a row a day and source. What changed nothing leaves no trace. */
export async function recordPulled(
  tx: Warehouse,
  { source, format, at }: { source: string; format: string; at: string },
  fates: RowFates,
  rejects: readonly KeptReject[],
): Promise<void> {
  if (fates.stored === 0 && fates.rejected === 0 && fates.removed === 0) return;
  const day = at.slice(0, 10);
  const id = `${format} ${day} ${source}`;
  const file = `${source}, pulled on ${day}`;
  const [before] = await tx.query<{ rows: number; rejected: number }>(
    'SELECT rows_in AS "rows", rejected AS "rejected" FROM imports WHERE import_id = $1',
    [id],
  );
  const time = at.replace('T', ' ').replace('Z', '');
  const counts = [fates.received, fates.stored, fates.rejected, fates.alreadyThere];
  if (before)
    await tx.execute(
      `UPDATE imports SET imported_at = CAST($2 AS TIMESTAMP), rows_in = rows_in + CAST($3 AS BIGINT),
         stored = stored + CAST($4 AS BIGINT), rejected = rejected + CAST($5 AS BIGINT),
         already_there = already_there + CAST($6 AS BIGINT) WHERE import_id = $1`,
      [id, time, ...counts],
    );
  else
    await tx.execute(
      `INSERT INTO imports (import_id, file, format, imported_at, rows_in, stored, rejected, already_there)
       VALUES ($1, $2, $3, CAST($4 AS TIMESTAMP), $5, $6, $7, $8)`,
      [id, file, format, time, ...counts],
    );
  const kept = rejects.slice(0, Math.max(0, mostRejectsKept - (before?.rejected ?? 0)));
  if (kept.length === 0) return;
  await tx.append('rejects', {
    import_id: kept.map(() => id),
    file: kept.map(() => file),
    row_number: kept.map(({ row }) => (before?.rows ?? 0) + row),
    reason: kept.map(({ reason }) => reason),
    content: kept.map(({ content }) => content.slice(0, 10_000)),
  });
}
