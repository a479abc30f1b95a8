import { and, count, eq, inArray, ne, notExists, or, type SQL, sql } from 'drizzle-orm';
import type { PlanCounts } from '../activation/sync.ts';
import { auditLog } from './audit.ts';
import type { Database } from './database.ts';
import { assignments, syncChanges, syncMembers, syncRuns, syncs } from './schema.ts';
import { sayableSync } from './sync-rows.ts';

/** What becomes of runs when somebody decides, inside the transaction of the decision. */

interface By {
  at: string;
  by: string;
}

/**
 * Has a planned run sent: who is treated and who is held out stands from now on, what an older run has not sent yet is not
 * sent any more, and a sync that waited follows from now on. An end also ends a pause.
 *
 * @throws Error where the run is not planned, or the sync is about to end, which undoes the decision
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
  await tx.select({ id: syncs.id }).from(syncs).where(eq(syncs.id, run.sync)).for('update');
  await assign(tx, run, moment);
  if (run.kind !== 'withdrawal') {
    const older = await tx
      .select({ id: syncRuns.id, kind: syncRuns.kind })
      .from(syncRuns)
      .where(
        and(
          eq(syncRuns.sync, run.sync),
          ne(syncRuns.id, id),
          ne(syncRuns.kind, 'withdrawal'),
          eq(syncRuns.status, 'approved'),
        ),
      );
    if (older.some(({ kind }) => kind === 'end')) throw new Error(`The sync of run ${id} is about to end.`);
    for (const { id: outdated } of older) {
      await dropUnsent(tx, eq(syncChanges.run, outdated), overtaken);
      await finishRun(tx, outdated, at);
    }
    await tx
      .update(syncs)
      .set({ status: 'active' })
      .where(
        and(
          eq(syncs.id, run.sync),
          inArray(syncs.status, run.kind === 'end' ? ['waiting', 'paused'] : ['waiting']),
        ),
      );
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

/** Why a change is not sent any more that an older run had planned. */
export const overtaken = 'a newer plan took its place';

/**
 * Changes that were not sent yet are not sent any more; what is on its way comes to its end. Of a call that was claimed and
 * has not begun, those who would come do not.
 *
 * @returns how many
 */
export async function dropUnsent(tx: Database, which: SQL | undefined, reason: string): Promise<number> {
  const open = inArray(syncChanges.status, ['waiting', 'sending']);
  // Whoever begins a call at this moment is waited for: whom it sends is in the ledger then.
  await tx.select({ id: syncChanges.id }).from(syncChanges).where(and(which, open)).for('update');
  const known = tx
    .select({ profileId: syncMembers.profileId })
    .from(syncMembers)
    .innerJoin(syncRuns, eq(syncRuns.sync, syncMembers.sync))
    .where(
      and(
        eq(syncRuns.id, syncChanges.run),
        eq(syncMembers.profileId, syncChanges.profileId),
        eq(syncMembers.added, 'by kindred'),
      ),
    );
  const rows = await tx
    .update(syncChanges)
    .set({ status: 'dropped', member: null, batch: null, reason })
    .where(
      and(
        which,
        or(
          eq(syncChanges.status, 'waiting'),
          and(eq(syncChanges.status, 'sending'), eq(syncChanges.action, 'add'), notExists(known)),
        ),
      ),
    )
    .returning({ id: syncChanges.id });
  return rows.length;
}

/** Whether somebody has paused or ended a sync, or it is about to end: then it does not follow by itself. */
export async function isHalted(tx: Database, sync: number): Promise<boolean> {
  const [row] = await tx.select().from(syncs).where(eq(syncs.id, sync)).for('update');
  const [end] = await tx
    .select({ id: syncRuns.id })
    .from(syncRuns)
    .where(
      and(
        eq(syncRuns.sync, sync),
        eq(syncRuns.kind, 'end'),
        inArray(syncRuns.status, ['planned', 'approved']),
      ),
    );
  return row === undefined || ['paused', 'ended'].includes(row.status) || end !== undefined;
}

/** A run of which nothing is left to do is done, and with the end of a sync the sync. Recorded in the audit. */
export async function finishRun(tx: Database, id: number, at: string): Promise<boolean> {
  const [open] = await tx
    .select({ rows: count() })
    .from(syncChanges)
    .where(and(eq(syncChanges.run, id), inArray(syncChanges.status, ['waiting', 'sending'])));
  if (open!.rows > 0 || (await isLeft(tx, id, at))) return false;
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

/**
 * Whether the end of a sync has somebody left to take out, who came after it was planned by a call that was on its way: they
 * go as well.
 */
async function isLeft(tx: Database, id: number, at: string): Promise<boolean> {
  const [run] = await tx
    .select()
    .from(syncRuns)
    .where(and(eq(syncRuns.id, id), eq(syncRuns.kind, 'end'), eq(syncRuns.status, 'approved')));
  if (!run) return false;
  const [coming] = await tx
    .select({ rows: count() })
    .from(syncChanges)
    .innerJoin(syncRuns, eq(syncRuns.id, syncChanges.run))
    .where(and(eq(syncRuns.sync, run.sync), eq(syncChanges.status, 'sending')));
  if (coming!.rows > 0) return true;
  await tx.execute(sql`INSERT INTO ${syncChanges} (run_id, profile_id, action, member, status, not_before)
SELECT ${id}::bigint, profile_id, 'remove', jsonb_build_object('key', key), 'waiting', ${at}::timestamptz
FROM ${syncMembers} WHERE sync_id = ${run.sync}::bigint AND added = 'by kindred'
ORDER BY profile_id COLLATE "C"
ON CONFLICT DO NOTHING`);
  const [left] = await tx
    .select({ rows: count() })
    .from(syncChanges)
    .where(and(eq(syncChanges.run, id), eq(syncChanges.status, 'waiting')));
  return left!.rows > 0;
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
