import { and, count, eq, inArray, ne, sql } from 'drizzle-orm';
import type { PlanCounts } from '../activation/sync.ts';
import { auditLog } from './audit.ts';
import type { Database } from './database.ts';
import { assignments, syncChanges, syncRuns, syncs } from './schema.ts';
import { sayableSync } from './sync-rows.ts';

/** What becomes of runs when somebody decides, inside the transaction of the decision. */

interface By {
  at: string;
  by: string;
}

/**
 * Has a planned run sent: who is treated and who is held out stands from now on, what an older run has not sent yet is not
 * sent any more, and a sync that waited follows from now on.
 *
 * @throws Error where the run is not planned, which undoes the decision
 */
export async function approveRun(
  tx: Database,
  id: number,
  { at, by, proposal }: By & { proposal: string | null },
): Promise<void> {
  const moment = new Date(at);
  const [run] = await tx
    .update(syncRuns)
    .set({ status: 'approved', approvedAt: moment })
    .where(and(eq(syncRuns.id, id), eq(syncRuns.status, 'planned')))
    .returning();
  if (!run) throw new Error(`Run ${id} of a sync is not planned.`);
  await assign(tx, run, moment);
  if (run.kind !== 'withdrawal') {
    const older = await tx
      .select({ id: syncRuns.id })
      .from(syncRuns)
      .where(
        and(
          eq(syncRuns.sync, run.sync),
          ne(syncRuns.id, id),
          ne(syncRuns.kind, 'withdrawal'),
          eq(syncRuns.status, 'approved'),
        ),
      );
    for (const { id: outdated } of older) {
      await dropWaiting(tx, outdated, 'a newer plan took its place');
      await finishRun(tx, outdated, at);
    }
    await tx
      .update(syncs)
      .set({ status: 'active' })
      .where(and(eq(syncs.id, run.sync), eq(syncs.status, 'waiting')));
  }
  await auditLog(tx).append({
    at,
    actor: by,
    action: 'sync.approved',
    subject: sayableSync(run.sync),
    details: {
      run: id,
      kind: run.kind,
      asOf: run.asOf,
      ...inNumbers(run.counts),
      ...(proposal && { proposal }),
    },
  });
  await finishRun(tx, id, at);
}

/** The first assignment stands. */
async function assign(tx: Database, run: typeof syncRuns.$inferSelect, at: Date): Promise<void> {
  await tx.execute(sql`INSERT INTO ${assignments} (sync_id, profile_id, arm, segment_key, as_of, assigned_at)
SELECT ${run.sync}::bigint, profile_id, CASE action WHEN 'hold' THEN 'holdout' ELSE 'treated' END, segment_key,
  ${run.asOf}::date, ${at.toISOString()}::timestamptz
FROM ${syncChanges} WHERE run_id = ${run.id}::bigint AND action IN ('add', 'hold') AND segment_key IS NOT NULL
ON CONFLICT DO NOTHING`);
  await tx.delete(syncChanges).where(and(eq(syncChanges.run, run.id), eq(syncChanges.action, 'hold')));
}

/** What of a run was not sent yet is not sent any more; what is on its way comes to its end. */
export async function dropWaiting(tx: Database, run: number, reason: string): Promise<void> {
  await tx
    .update(syncChanges)
    .set({ status: 'dropped', member: null, reason })
    .where(and(eq(syncChanges.run, run), eq(syncChanges.status, 'waiting')));
}

/** A run of which nothing is left to do is done, and with the end of a sync the sync. Recorded in the audit. */
export async function finishRun(tx: Database, id: number, at: string): Promise<boolean> {
  const [open] = await tx
    .select({ rows: count() })
    .from(syncChanges)
    .where(and(eq(syncChanges.run, id), inArray(syncChanges.status, ['waiting', 'sending'])));
  if (open!.rows > 0) return false;
  const moment = new Date(at);
  const [run] = await tx
    .update(syncRuns)
    .set({ status: 'done', finishedAt: moment, problem: null, retryAt: null, failures: 0 })
    .where(and(eq(syncRuns.id, id), eq(syncRuns.status, 'approved')))
    .returning();
  if (!run) return false;
  const { action, status } = syncChanges;
  const told = await tx
    .select({ action, status, customers: count() })
    .from(syncChanges)
    .where(eq(syncChanges.run, id))
    .groupBy(action, status)
    .orderBy(action, status);
  await auditLog(tx).append({
    at,
    actor: 'kindred',
    action: 'sync.applied',
    subject: sayableSync(run.sync),
    details: { run: id, kind: run.kind, asOf: run.asOf, changes: told },
  });
  if (run.kind !== 'end') return true;
  await tx.update(syncs).set({ status: 'ended', endedAt: moment }).where(eq(syncs.id, run.sync));
  await auditLog(tx).append({
    at,
    actor: run.createdBy,
    action: 'sync.ended',
    subject: sayableSync(run.sync),
    details: { run: id },
  });
  return true;
}

/** A planned run that nobody will approve: whom it names is not kept. A sync whose first plan was rejected has ended. */
export async function closeRun(tx: Database, id: number, status: 'superseded' | 'rejected', at: string) {
  const [run] = await tx
    .update(syncRuns)
    .set({ status, finishedAt: new Date(at) })
    .where(and(eq(syncRuns.id, id), eq(syncRuns.status, 'planned')))
    .returning();
  if (!run) return;
  await tx.delete(syncChanges).where(eq(syncChanges.run, id));
  if (status === 'rejected')
    await tx
      .update(syncs)
      .set({ status: 'ended', endedAt: new Date(at) })
      .where(and(eq(syncs.id, run.sync), eq(syncs.status, 'waiting')));
}

/** Of a plan, for the audit. */
const inNumbers = ({
  members,
  adds,
  updates,
  removes,
  unchanged,
  holdout,
  suppressed,
  against,
}: PlanCounts) => ({
  members,
  adds,
  updates,
  removes,
  unchanged,
  holdout,
  suppressed: suppressed.reduce((sum, { customers }) => sum + customers, 0),
  against,
});
