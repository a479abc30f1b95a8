import { and, asc, desc, eq, inArray, lte, or, sql } from 'drizzle-orm';
import type { PlanCounts, PlannedChange, Progressed, SyncRun } from '../activation/sync.ts';
import type { Database } from './database.ts';
import { plainJson } from './plain-json.ts';
import { type Proposal, proposalRepository, supersedeProposals } from './proposals.ts';
import { syncChanges, syncRuns, syncs } from './schema.ts';
import { approveRun, dropUnsent, finishRun, isHalted } from './sync-decisions.ts';
import { readProgress } from './sync-progress.ts';
import { sayableSync, syncNumber, toRun } from './sync-rows.ts';
import { withdrawPeople } from './sync-withdrawals.ts';

type Opened = Parameters<ReturnType<typeof proposalRepository>['open']>[0];

export interface SyncRunRepository {
  /** Newest first; of drafts those that could not be finished. */
  ofSync(sync: string): Promise<SyncRun[]>;
  byId(id: number): Promise<SyncRun | undefined>;
  /** Begins a run, and takes away what a plan that was broken off left behind. */
  draft(
    run: Pick<SyncRun, 'sync' | 'kind' | 'asOf' | 'record' | 'counts' | 'createdAt' | 'createdBy'>,
  ): Promise<number>;
  /** Removals at once; all others wait for the approval of the run. */
  addChanges(run: number, changes: readonly PlannedChange[], at: string): Promise<void>;
  /** Lays a draft before a person: what was planned of the sync before is superseded. All or nothing. */
  propose(run: number, counts: PlanCounts, proposal: Opened): Promise<Proposal>;
  /**
   * Has a draft sent without asking, as an approved sync that follows does. False where somebody has paused or ended it
   * while it was planned, or it is about to end.
   */
  follow(run: number, counts: PlanCounts, by: { at: string; by: string }): Promise<boolean>;
  /** Whether a sync does not follow by itself: it is paused, has ended, or is about to. */
  isHalted(sync: string): Promise<boolean>;
  /**
   * Has people taken out at once wherever Kindred put them, without asking anybody, and nothing more of them sent. Returns
   * how many have to go, and how many changes wait no more.
   */
  withdraw(
    profileIds: readonly string[],
    by: { at: string; by: string; reason: string; sync?: string },
  ): Promise<{ removals: number; dropped: number }>;
  /** Lets go of all that is planned or waits for a sync that ends. What is on its way comes to its end. */
  close(sync: string, by: { at: string; by: string }): Promise<void>;
  /** Runs of which something may be sent now: first people who have to go at once, then the oldest. */
  due(at: string): Promise<SyncRun[]>;
  /** Why a run does not go on for now. */
  stall(run: number, problem: string, retryAt: string): Promise<void>;
  progress(run: number): Promise<Progressed>;
  /** Closes a run of which nothing is left to do; false where something is. */
  finish(run: number, at: string): Promise<boolean>;
}

export function syncRunRepository(db: Database): SyncRunRepository {
  const planned = async (tx: Database, run: number, counts: PlanCounts) => {
    const [row] = await tx
      .update(syncRuns)
      .set({ status: 'planned', counts: plainJson(counts, 'counts') })
      .where(and(eq(syncRuns.id, run), eq(syncRuns.status, 'draft')))
      .returning();
    if (!row) throw new Error(`Run ${run} of a sync is no draft.`);
    return row;
  };
  return {
    async ofSync(sync) {
      const rows = await db
        .select()
        .from(syncRuns)
        .where(
          and(
            eq(syncRuns.sync, syncNumber(sync)),
            sql`(${syncRuns.status} <> 'draft' OR ${syncRuns.problem} IS NOT NULL)`,
          ),
        )
        .orderBy(desc(syncRuns.id));
      return rows.map(toRun);
    },
    async byId(id) {
      const [row] = await db.select().from(syncRuns).where(eq(syncRuns.id, id));
      return row && toRun(row);
    },
    async draft({ sync, createdAt, ...run }) {
      const number = syncNumber(sync);
      return db.transaction(async tx => {
        await tx.select().from(syncs).where(eq(syncs.id, number)).for('update');
        await tx.delete(syncRuns).where(and(eq(syncRuns.sync, number), eq(syncRuns.status, 'draft')));
        const [row] = await tx
          .insert(syncRuns)
          .values({ ...plainJson(run, 'run'), sync: number, status: 'draft', createdAt: new Date(createdAt) })
          .returning({ id: syncRuns.id });
        return row!.id;
      });
    },
    async addChanges(run, changes, at) {
      if (changes.length === 0) return;
      const rows = JSON.stringify(
        plainJson(
          changes.map(({ profileId, action, segment, member }) => ({
            profile_id: profileId,
            action,
            segment_key: segment,
            member,
          })),
          'changes',
        ),
      );
      await db.execute(sql`INSERT INTO ${syncChanges} (run_id, profile_id, action, segment_key, member, status, not_before)
SELECT ${run}::bigint, profile_id, action, segment_key, nullif(member, 'null'::jsonb), 'waiting', ${at}::timestamptz
FROM ROWS FROM (jsonb_to_recordset((${rows}::text)::jsonb)
  AS (profile_id text, action text, segment_key text, member jsonb)) WITH ORDINALITY AS changes
ORDER BY ordinality`);
    },
    async propose(run, counts, proposal) {
      return db.transaction(async tx => {
        await planned(tx, run, counts);
        return proposalRepository(tx).open(proposal);
      });
    },
    async follow(run, counts, { at, by }) {
      return db.transaction(async tx => {
        const [draft] = await tx.select().from(syncRuns).where(eq(syncRuns.id, run));
        if (draft && (await isHalted(tx, draft.sync))) return false;
        const { sync } = await planned(tx, run, counts);
        await supersedeProposals(tx, sayableSync(sync), { at, by });
        await approveRun(tx, run, { at, by, proposal: null });
        return true;
      });
    },
    isHalted: sync => db.transaction(tx => isHalted(tx, syncNumber(sync))),
    withdraw: (profileIds, by) => db.transaction(tx => withdrawPeople(tx, profileIds, by)),
    async close(sync, by) {
      await db.transaction(async tx => {
        await supersedeProposals(tx, sync, by);
        const open = and(eq(syncRuns.sync, syncNumber(sync)), eq(syncRuns.status, 'approved'));
        for (const { id } of await tx.select({ id: syncRuns.id }).from(syncRuns).where(open)) {
          await dropUnsent(tx, eq(syncChanges.run, id), 'the sync has ended');
          await finishRun(tx, id, by.at);
        }
      });
    },
    async due(at) {
      const moment = new Date(at);
      const rows = await db
        .select({ run: syncRuns })
        .from(syncRuns)
        .innerJoin(syncs, eq(syncs.id, syncRuns.sync))
        .where(
          and(
            eq(syncRuns.status, 'approved'),
            or(eq(syncs.status, 'active'), eq(syncRuns.kind, 'withdrawal')),
            or(sql`${syncRuns.retryAt} IS NULL`, lte(syncRuns.retryAt, moment)),
            // One whose last changes were taken out comes to its end.
            sql`(EXISTS (SELECT 1 FROM ${syncChanges} AS c WHERE c.run_id = ${syncRuns.id}
              AND c.status IN ('waiting', 'sending') AND c.not_before <= ${at}::timestamptz)
              OR NOT EXISTS (SELECT 1 FROM ${syncChanges} AS c WHERE c.run_id = ${syncRuns.id}
              AND c.status IN ('waiting', 'sending')))`,
          ),
        )
        .orderBy(sql`${syncRuns.kind} <> 'withdrawal'`, asc(syncRuns.id));
      return rows.map(({ run }) => toRun(run));
    },
    async stall(run, problem, retryAt) {
      await db
        .update(syncRuns)
        .set({ problem, retryAt: new Date(retryAt), failures: sql`${syncRuns.failures} + 1` })
        .where(and(eq(syncRuns.id, run), inArray(syncRuns.status, ['approved', 'draft'])));
    },
    progress: run => readProgress(db, run),
    async finish(run, at) {
      return db.transaction(tx => finishRun(tx, run, at));
    },
  };
}
