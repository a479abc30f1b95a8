import { type SQL, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { runOfBatch } from './outbox-rows.ts';
import { plainText } from './plain-json.ts';
import { syncChanges, syncMembers, syncRuns } from './schema.ts';
import { overtaken } from './sync-decisions.ts';

/** What became of a change of a batch. */
export type Settled = { id: number } & (
  | { kind: 'done'; key: string }
  /** Tried again, on its own or in another batch, unless a newer plan took the place of the one it is of. */
  | { kind: 'again'; reason: string; notBefore: string }
  | { kind: 'refused'; reason: string }
);

/**
 * Writes down what a call did: changes and ledger together. Only of what is still part of the batch, so that twice does
 * nothing more. Of the person nothing is kept in a change that is settled.
 */
export async function settleBatch(
  tx: Database,
  batch: string,
  outcomes: readonly Settled[],
  at: string,
): Promise<void> {
  const rows = outcomes.map(outcome => ({
    id: outcome.id,
    kind: outcome.kind,
    key: outcome.kind === 'done' ? plainText(outcome.key) : null,
    reason: outcome.kind === 'done' ? null : plainText(outcome.reason),
    not_before: outcome.kind === 'again' ? outcome.notBefore : null,
  }));
  const told = sql`jsonb_to_recordset((${JSON.stringify(rows)}::text)::jsonb)
  AS o (id bigint, kind text, key text, reason text, not_before timestamptz)`;
  const mine = sql`c.batch = ${batch} AND c.status = 'sending'`;
  const settling = sql`${syncMembers} AS m USING ${syncChanges} AS c, ${syncRuns} AS r, ${told}
WHERE o.id = c.id AND ${mine} AND r.id = c.run_id AND m.sync_id = r.sync_id`;
  // The address may have been somebody else's of this sync: there it is one member.
  await tx.execute(sql`DELETE FROM ${settling} AND o.kind = 'done'
  AND c.action = 'add' AND m.key = o.key AND m.profile_id <> c.profile_id`);
  await tx.execute(sql`DELETE FROM ${settling} AND o.kind = 'done'
  AND c.action = 'remove' AND m.profile_id = c.profile_id AND m.key = c.member ->> 'key'`);
  await tx.execute(sql`INSERT INTO ${syncMembers} (sync_id, profile_id, key, added, properties, sent_at)
SELECT r.sync_id, c.profile_id, o.key, CASE c.action WHEN 'add' THEN 'by kindred' ELSE 'found there' END,
  coalesce(c.member -> 'properties', '{}'::jsonb), ${at}::timestamptz
FROM ${syncChanges} AS c JOIN ${syncRuns} AS r ON r.id = c.run_id, ${told}
WHERE o.id = c.id AND ${mine} AND o.kind = 'done' AND c.action IN ('add', 'update')
ON CONFLICT (sync_id, profile_id) DO UPDATE
SET key = CASE WHEN excluded.added = 'found there' THEN ${syncMembers}.key ELSE excluded.key END,
  properties = excluded.properties, sent_at = excluded.sent_at`);
  const isOvertaken = newerThan(runOfBatch(batch));
  // Who was refused did not arrive.
  await tx.execute(sql`DELETE FROM ${settling} AND o.kind = 'refused'
  AND c.action = 'add' AND m.profile_id = c.profile_id AND m.sent_at IS NULL`);
  await tx.execute(sql`UPDATE ${syncChanges} AS c SET
  status = CASE WHEN o.kind <> 'again' THEN o.kind WHEN ${isOvertaken} THEN 'dropped' ELSE 'waiting' END,
  reason = CASE WHEN o.kind = 'again' AND ${isOvertaken} THEN ${overtaken} ELSE o.reason END,
  member = CASE WHEN o.kind = 'again' AND NOT ${isOvertaken} THEN c.member END,
  batch = CASE o.kind WHEN 'again' THEN NULL ELSE c.batch END,
  not_before = coalesce(o.not_before, c.not_before)
FROM ${told}
WHERE o.id = c.id AND ${mine}`);
}

/** Whether what was planned after a run is being sent, or was: then nothing of the run is begun anew. */
function newerThan(run: number): SQL {
  return sql`EXISTS (SELECT 1 FROM ${syncRuns} AS old JOIN ${syncRuns} AS newer ON newer.sync_id = old.sync_id
WHERE old.id = ${run}::bigint AND old.kind <> 'withdrawal' AND newer.kind <> 'withdrawal' AND newer.id > old.id
  AND newer.status IN ('approved', 'done'))`;
}
