import type { Warehouse } from '../warehouse/port.ts';
import { arrivedFormat } from '../warehouse/schema.ts';
import type { ReadEvents, RejectedEvent } from './arriving-rows.ts';

/** What became of the events of one request: received = stored + rejected + alreadyThere. */
export interface EventFates {
  received: number;
  stored: number;
  rejected: number;
  alreadyThere: number;
}

/** Rejected rows that are kept of a day, for `kindred rejects`; the rest of them are counted only. */
const mostRejectsKept = 1000;

/** Has `imports` and `rejects` tell of the requests. What changed nothing leaves no trace, as with files. */
export async function recordArrivals(
  tx: Warehouse,
  source: string,
  posts: readonly ReadEvents[],
  fates: readonly EventFates[],
  now: Date,
): Promise<void> {
  const sum = (name: keyof EventFates) => fates.reduce((total, fate) => total + fate[name], 0);
  if (sum('stored') === 0 && sum('rejected') === 0) return;
  const day = now.toISOString().slice(0, 10);
  const id = `events ${day} ${source}`;
  const file = `events sent on ${day}`;
  const [before] = await tx.query<{ rows: number; rejected: number }>(
    'SELECT rows_in AS "rows", rejected AS "rejected" FROM imports WHERE import_id = $1',
    [id],
  );
  const at = now.toISOString().replace('T', ' ').replace('Z', '');
  const counts = [sum('received'), sum('stored'), sum('rejected'), sum('alreadyThere')];
  if (before)
    await tx.execute(
      `UPDATE imports SET imported_at = CAST($2 AS TIMESTAMP), rows_in = rows_in + CAST($3 AS BIGINT),
         stored = stored + CAST($4 AS BIGINT), rejected = rejected + CAST($5 AS BIGINT),
         already_there = already_there + CAST($6 AS BIGINT) WHERE import_id = $1`,
      [id, at, ...counts],
    );
  else
    await tx.execute(
      `INSERT INTO imports (import_id, file, format, imported_at, rows_in, stored, rejected, already_there)
       VALUES ($1, $2, '${arrivedFormat}', CAST($3 AS TIMESTAMP), $4, $5, $6, $7)`,
      [id, file, at, ...counts],
    );
  await keepRejects(tx, { id, file }, posts, before ?? { rows: 0, rejected: 0 });
}

/** Numbered on from what came that day before them. */
async function keepRejects(
  tx: Warehouse,
  { id, file }: { id: string; file: string },
  posts: readonly ReadEvents[],
  before: { rows: number; rejected: number },
): Promise<void> {
  let offset = before.rows;
  const rows: RejectedEvent[] = [];
  for (const { received, rejected } of posts) {
    for (const { row, ...told } of rejected) rows.push({ row: offset + row, ...told });
    offset += received;
  }
  const kept = rows.slice(0, Math.max(0, mostRejectsKept - before.rejected));
  if (kept.length === 0) return;
  await tx.append('rejects', {
    import_id: kept.map(() => id),
    file: kept.map(() => file),
    row_number: kept.map(({ row }) => row),
    reason: kept.map(({ reason }) => reason),
    content: kept.map(({ content }) => content.slice(0, 10_000)),
  });
}
