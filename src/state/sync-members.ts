import { and, asc, count, desc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { Target } from '../activation/destination.ts';
import type { Assignment, LedgerEntry } from '../activation/sync.ts';
import { among } from './among.ts';
import type { Database } from './database.ts';
import { assignments, syncChanges, syncMembers, syncs } from './schema.ts';
import { sayableSync, syncNumber } from './sync-rows.ts';

/** A person at a destination, as the ledger has it. */
export interface PersonThere extends LedgerEntry {
  sync: string;
  connection: string;
  target: Target;
}

/** Who Kindred put where, and who is treated and held out. */
export interface SyncMemberRepository {
  /** In any order. */
  of(sync: string, profileIds: readonly string[]): Promise<LedgerEntry[]>;
  byKeys(sync: string, keys: readonly string[]): Promise<LedgerEntry[]>;
  /** By profile, from after one on. */
  page(sync: string, after: string, most: number): Promise<LedgerEntry[]>;
  /** Whom Kindred put there. */
  count(sync: string): Promise<number>;
  /** Wherever these people may be because of Kindred, or are known to have been found. */
  ofPeople(profileIds: readonly string[]): Promise<PersonThere[]>;
  assigned(sync: string, profileIds: readonly string[]): Promise<Assignment[]>;
  /**
   * In which arm people are of the audience that a sync keeps somewhere, by profile: their first assignment in any sync of
   * that audience, so that nobody is held out of one tool and treated by another.
   */
  arms(sync: string, profileIds: readonly string[]): Promise<Map<string, Assignment['arm']>>;
  /** By profile. */
  assignments(sync: string): Promise<Assignment[]>;
  /**
   * Follows ids of profiles that were joined to others. Of several assignments of one person the first stands; somebody who
   * is there by two addresses stays so until the next plan removes the one that is not theirs any more.
   */
  join(sync: string, joined: readonly { from: string; to: string }[]): Promise<void>;
  /** Takes people out of ledger, assignments and outbox, whatever stands there. Returns how many rows by table. */
  forget(profileIds: readonly string[]): Promise<Record<string, number>>;
}

export function syncMemberRepository(db: Database): SyncMemberRepository {
  const byProfile = sql`${syncMembers.profileId} COLLATE "C"`;
  return {
    async of(sync, profileIds) {
      if (profileIds.length === 0) return [];
      const rows = await db
        .select()
        .from(syncMembers)
        .where(and(eq(syncMembers.sync, syncNumber(sync)), among(syncMembers.profileId, profileIds)));
      return rows.map(toEntry);
    },
    async byKeys(sync, keys) {
      if (keys.length === 0) return [];
      const rows = await db
        .select()
        .from(syncMembers)
        .where(and(eq(syncMembers.sync, syncNumber(sync)), among(syncMembers.key, keys)));
      return rows.map(toEntry);
    },
    async page(sync, after, most) {
      const rows = await db
        .select()
        .from(syncMembers)
        .where(and(eq(syncMembers.sync, syncNumber(sync)), gt(byProfile, after)))
        .orderBy(asc(byProfile))
        .limit(most);
      return rows.map(toEntry);
    },
    async count(sync) {
      const [row] = await db
        .select({ members: count() })
        .from(syncMembers)
        .where(and(eq(syncMembers.sync, syncNumber(sync)), eq(syncMembers.added, 'by kindred')));
      return row!.members;
    },
    async ofPeople(profileIds) {
      if (profileIds.length === 0) return [];
      const rows = await db
        .select({ member: syncMembers, connection: syncs.connection, target: syncs.target })
        .from(syncMembers)
        .innerJoin(syncs, eq(syncs.id, syncMembers.sync))
        .where(among(syncMembers.profileId, profileIds))
        .orderBy(asc(syncMembers.sync), asc(byProfile));
      return rows.map(({ member, connection, target }) => ({
        ...toEntry(member),
        sync: sayableSync(member.sync),
        connection,
        target,
      }));
    },
    async assigned(sync, profileIds) {
      if (profileIds.length === 0) return [];
      const rows = await db
        .select()
        .from(assignments)
        .where(and(eq(assignments.sync, syncNumber(sync)), among(assignments.profileId, profileIds)));
      return rows.map(toAssignment);
    },
    async arms(sync, profileIds) {
      if (profileIds.length === 0) return new Map();
      const mine = db
        .select({ audience: syncs.audience })
        .from(syncs)
        .where(eq(syncs.id, syncNumber(sync)));
      const rows = await db
        .select({ profileId: assignments.profileId, arm: assignments.arm })
        .from(assignments)
        .innerJoin(syncs, eq(syncs.id, assignments.sync))
        .where(and(inArray(syncs.audience, mine), among(assignments.profileId, profileIds)))
        .orderBy(desc(assignments.assignedAt), desc(assignments.sync));
      // The last that is set is the first that was made.
      return new Map(rows.map(({ profileId, arm }) => [profileId, arm]));
    },
    async assignments(sync) {
      const rows = await db
        .select()
        .from(assignments)
        .where(eq(assignments.sync, syncNumber(sync)))
        .orderBy(asc(sql`${assignments.profileId} COLLATE "C"`));
      return rows.map(toAssignment);
    },
    async join(sync, joined) {
      const number = syncNumber(sync);
      const froms = joined.map(({ from }) => from);
      if (froms.length === 0) return;
      await db.transaction(async tx => {
        const known = await tx
          .select({ profileId: assignments.profileId })
          .from(assignments)
          .where(and(eq(assignments.sync, number), among(assignments.profileId, froms)));
        const there = await tx
          .select({ profileId: syncMembers.profileId })
          .from(syncMembers)
          .where(and(eq(syncMembers.sync, number), among(syncMembers.profileId, froms)));
        const touched = new Set([...known, ...there].map(({ profileId }) => profileId));
        for (const { from, to } of joined) if (touched.has(from)) await joinOne(tx, number, from, to);
      });
    },
    async forget(profileIds) {
      const ids = [...profileIds];
      if (ids.length === 0) return {};
      return db.transaction(async tx => {
        const gone = async (table: typeof syncMembers | typeof assignments | typeof syncChanges) =>
          (await tx.delete(table).where(inArray(table.profileId, ids)).returning({ id: table.profileId }))
            .length;
        return {
          sync_members: await gone(syncMembers),
          assignments: await gone(assignments),
          sync_changes: await gone(syncChanges),
        };
      });
    },
  };
}

async function joinOne(tx: Database, sync: number, from: string, to: string): Promise<void> {
  // The first stands: of two of the same moment that of the profile's own id.
  await tx.execute(sql`DELETE FROM ${assignments} AS a USING ${assignments} AS b
WHERE a.sync_id = ${sync}::bigint AND b.sync_id = a.sync_id
  AND ((a.profile_id = ${from} AND b.profile_id = ${to} AND a.assigned_at >= b.assigned_at)
    OR (a.profile_id = ${to} AND b.profile_id = ${from} AND a.assigned_at > b.assigned_at))`);
  await tx
    .update(assignments)
    .set({ profileId: to })
    .where(and(eq(assignments.sync, sync), eq(assignments.profileId, from)));
  await tx.execute(sql`DELETE FROM ${syncMembers} AS a USING ${syncMembers} AS b
WHERE a.sync_id = ${sync}::bigint AND b.sync_id = a.sync_id AND a.profile_id = ${from} AND b.profile_id = ${to}
  AND a.key = b.key`);
  await tx.execute(sql`UPDATE ${syncMembers} AS a SET profile_id = ${to}
WHERE a.sync_id = ${sync}::bigint AND a.profile_id = ${from}
  AND NOT EXISTS (SELECT 1 FROM ${syncMembers} AS b WHERE b.sync_id = a.sync_id AND b.profile_id = ${to})`);
}

function toEntry({ sync: _, sentAt, ...columns }: typeof syncMembers.$inferSelect): LedgerEntry {
  return { ...columns, sentAt: sentAt?.toISOString() ?? null };
}

function toAssignment({ sync: _, assignedAt, ...columns }: typeof assignments.$inferSelect): Assignment {
  return { ...columns, assignedAt: assignedAt.toISOString() };
}
