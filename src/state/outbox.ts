import { and, asc, eq, inArray, isNotNull, isNull, lte, min, not, or, sql } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import { among } from './among.ts';
import type { Database } from './database.ts';
import { nameOfBatch, type OutboxBatch, runOfBatch, toBatch } from './outbox-rows.ts';
import { type Settled, settleBatch } from './outbox-settle.ts';
import { syncChanges, syncMembers, syncRuns, syncs } from './schema.ts';

/** What is to be told to destinations. */
export interface OutboxRepository {
  /**
   * Claims the next batch of a run until a moment: first one whose call was broken off, with the members and the id of
   * then; otherwise those that go before those that come, so that an address that changes hands ends up there. Of several
   * processes one has it (FOR UPDATE SKIP LOCKED). undefined where nothing is to be had now, as of a sync that was paused.
   */
  claim(claim: { run: number; at: string; until: string; most: number }): Promise<OutboxBatch | undefined>;
  /** Prolongs a claim. */
  renew(batch: string, until: string): Promise<void>;
  /**
   * Before a call: who was dropped does not go, nor who was taken out since the claim, and whoever comes is in the ledger
   * first, so that a call that is broken off leaves nobody there of whom nothing is known. Without some of its members it is
   * another call, with an id of its own.
   *
   * @param arriving with what they are known by there
   * @returns the id of the call, and the changes that are left of it
   */
  start(
    batch: OutboxBatch,
    dropped: readonly { id: number; reason: string }[],
    arriving: readonly { profileId: string; key: string }[],
  ): Promise<{ id: string; going: ReadonlySet<number> }>;
  /** After a call: changes and ledger, in one transaction. */
  settle(batch: string, outcomes: readonly Settled[], at: string): Promise<void>;
  /** Whether any of these people may be part of a call that is under way, or was broken off. */
  onTheWay(profileIds: readonly string[]): Promise<boolean>;
  /** The batch waits, as it is, for another try. This one counts, or does not where its members had no part in it. */
  postpone(batch: string, until: string, tries: 'counts' | 'does not count'): Promise<void>;
}

export function outboxRepository(db: Database): OutboxRepository {
  const sending = (batch: string) =>
    and(
      eq(syncChanges.run, runOfBatch(batch)),
      eq(syncChanges.status, 'sending'),
      eq(syncChanges.batch, batch),
    );
  return {
    async claim({ run, at, until, most }) {
      return db.transaction(async tx => {
        const active = tx.select({ id: syncs.id }).from(syncs).where(eq(syncs.status, 'active'));
        const [mine] = await tx
          .select({ id: syncRuns.id, sync: syncRuns.sync })
          .from(syncRuns)
          .where(
            and(
              eq(syncRuns.id, run),
              eq(syncRuns.status, 'approved'),
              or(inArray(syncRuns.sync, active), eq(syncRuns.kind, 'withdrawal')),
            ),
          )
          .for('update', { skipLocked: true });
        if (!mine) return undefined;
        const [moment, lease] = [new Date(at), new Date(until)];
        const [broken] = await tx
          .select({ batch: min(syncChanges.batch) })
          .from(syncChanges)
          .where(
            and(
              eq(syncChanges.run, run),
              eq(syncChanges.status, 'sending'),
              isNotNull(syncChanges.batch),
              lte(syncChanges.notBefore, moment),
            ),
          );
        const again = broken?.batch ?? null;
        const lent = {
          status: 'sending' as const,
          notBefore: lease,
          attempts: sql`${syncChanges.attempts} + 1`,
        };
        if (again !== null) {
          const rows = await tx.update(syncChanges).set(lent).where(sending(again)).returning();
          return rows.length > 0 ? toBatch(run, inOrder(rows)) : undefined;
        }
        const claimed = inOrder(await claimNext(tx, { ...mine, moment, most }, lent));
        const [first] = claimed;
        if (!first) return undefined;
        const batch = nameOfBatch(run, first);
        await tx
          .update(syncChanges)
          .set({ batch })
          .where(and(eq(syncChanges.run, run), eq(syncChanges.status, 'sending'), isNull(syncChanges.batch)));
        return toBatch(
          run,
          claimed.map(row => ({ ...row, batch })),
        );
      });
    },
    async renew(batch, until) {
      await db
        .update(syncChanges)
        .set({ notBefore: new Date(until) })
        .where(sending(batch));
    },
    async start({ id, run, changes }, dropped, arriving) {
      return db.transaction(async tx => {
        for (const [reason, ids] of byReason(dropped))
          await tx
            .update(syncChanges)
            .set({ status: 'dropped', reason, member: null, batch: null })
            .where(and(sending(id), inArray(syncChanges.id, ids)));
        const left = await tx
          .select({ id: syncChanges.id, profileId: syncChanges.profileId })
          .from(syncChanges)
          .where(sending(id))
          .for('update');
        const going = new Set(left.map(change => change.id));
        const people = new Set(left.map(change => change.profileId));
        const coming = arriving.filter(({ profileId }) => people.has(profileId));
        if (coming.length > 0)
          await tx.execute(sql`INSERT INTO ${syncMembers} (sync_id, profile_id, key, added, properties, sent_at)
SELECT r.sync_id, a.profile_id, a.key, 'by kindred', '{}'::jsonb, NULL
FROM ${syncRuns} AS r, jsonb_to_recordset((${JSON.stringify(coming.map(({ profileId, key }) => ({ profile_id: profileId, key })))}::text)::jsonb)
  AS a (profile_id text, key text)
WHERE r.id = ${run}::bigint
ON CONFLICT (sync_id, profile_id) DO UPDATE SET key = excluded.key, added = 'by kindred'`);
        const first = changes.find(change => going.has(change.id));
        if (!first || going.size === changes.length) return { id, going };
        const name = nameOfBatch(run, first);
        await tx.update(syncChanges).set({ batch: name }).where(sending(id));
        return { id: name, going };
      });
    },
    settle: (batch, outcomes, at) => db.transaction(tx => settleBatch(tx, batch, outcomes, at)),
    async onTheWay(profileIds) {
      if (profileIds.length === 0) return false;
      const rows = await db
        .select({ id: syncChanges.id })
        .from(syncChanges)
        .where(and(inArray(syncChanges.profileId, [...profileIds]), eq(syncChanges.status, 'sending')))
        .limit(1);
      return rows.length > 0;
    },
    async postpone(batch, until, tries) {
      await db
        .update(syncChanges)
        .set({
          notBefore: new Date(until),
          ...(tries === 'does not count' && { attempts: sql`${syncChanges.attempts} - 1` }),
        })
        .where(sending(batch));
    },
  };
}

const inOrder = <Row extends { id: number }>(rows: readonly Row[]) => rows.toSorted((a, b) => a.id - b.id);

/** Nobody of whom another call may be on its way, or who has to go first by another address. */
async function claimNext(
  tx: Database,
  { id: run, sync, moment, most }: { id: number; sync: number; moment: Date; most: number },
  lent: PgUpdateSetSource<typeof syncChanges>,
) {
  const { profileId, status, action } = syncChanges;
  const onTheirWay = await tx
    .select({ profileId })
    .from(syncChanges)
    .innerJoin(syncRuns, eq(syncRuns.id, syncChanges.run))
    .where(and(eq(syncRuns.sync, sync), eq(status, 'sending')));
  const leaving = await tx
    .select({ profileId })
    .from(syncChanges)
    .where(and(eq(syncChanges.run, run), eq(status, 'waiting'), eq(action, 'remove')));
  for (const actions of [['remove'], ['add', 'update']] as const) {
    const blocked = actions[0] === 'remove' ? onTheirWay : [...onTheirWay, ...leaving];
    const next = tx
      .select({ id: syncChanges.id })
      .from(syncChanges)
      .where(
        and(
          eq(syncChanges.run, run),
          eq(status, 'waiting'),
          inArray(action, [...actions]),
          lte(syncChanges.notBefore, moment),
          blocked.length === 0
            ? undefined
            : not(
                among(
                  profileId,
                  blocked.map(row => row.profileId),
                ),
              ),
        ),
      )
      .orderBy(asc(syncChanges.id))
      .limit(most);
    const rows = await tx.update(syncChanges).set(lent).where(inArray(syncChanges.id, next)).returning();
    if (rows.length > 0) return rows;
  }
  return [];
}

function byReason(dropped: readonly { id: number; reason: string }[]): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const { id, reason } of dropped) groups.set(reason, [...(groups.get(reason) ?? []), id]);
  return groups;
}
