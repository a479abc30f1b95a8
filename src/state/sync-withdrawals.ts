import { and, eq, inArray } from 'drizzle-orm';
import type { PlanCounts } from '../activation/sync.ts';
import { among } from './among.ts';
import { auditLog } from './audit.ts';
import type { Database } from './database.ts';
import { syncChanges, syncMembers, syncRuns } from './schema.ts';
import { dropUnsent } from './sync-decisions.ts';
import { sayableSync, syncNumber } from './sync-rows.ts';

const none = {
  members: 0,
  adds: 0,
  updates: 0,
  unchanged: 0,
  holdout: 0,
  suppressed: [],
  against: 'last sent',
} as const satisfies Omit<PlanCounts, 'removes'>;

/**
 * What waits of these people is not sent, and whoever may be somewhere because of Kindred goes, by a run of its own that
 * needs no approval. Who is part of a call that is under way goes after it.
 */
export async function withdrawPeople(
  tx: Database,
  profileIds: readonly string[],
  { at, by, reason, sync }: { at: string; by: string; reason: string; sync?: string },
): Promise<{ removals: number; dropped: number }> {
  const ids = [...profileIds];
  if (ids.length === 0) return { removals: 0, dropped: 0 };
  const moment = new Date(at);
  const runs = tx.select({ id: syncRuns.id }).from(syncRuns);
  const coming = and(
    among(syncChanges.profileId, ids),
    inArray(syncChanges.action, ['add', 'update']),
    sync === undefined
      ? undefined
      : inArray(syncChanges.run, runs.where(eq(syncRuns.sync, syncNumber(sync)))),
  );
  const dropped = await dropUnsent(tx, coming, reason);
  const there = await tx
    .select()
    .from(syncMembers)
    .where(
      and(
        among(syncMembers.profileId, ids),
        eq(syncMembers.added, 'by kindred'),
        sync === undefined ? undefined : eq(syncMembers.sync, syncNumber(sync)),
      ),
    )
    .orderBy(syncMembers.sync, syncMembers.profileId);
  for (const number of new Set(there.map(entry => entry.sync))) {
    const people = there.filter(entry => entry.sync === number);
    const [run] = await tx
      .insert(syncRuns)
      .values({
        sync: number,
        kind: 'withdrawal',
        asOf: at.slice(0, 'yyyy-mm-dd'.length),
        record: reason,
        status: 'approved',
        counts: { ...none, removes: people.length },
        createdAt: moment,
        createdBy: by,
        approvedAt: moment,
      })
      .returning({ id: syncRuns.id });
    await tx.insert(syncChanges).values(
      people.map(({ profileId, key }) => ({
        run: run!.id,
        profileId,
        action: 'remove' as const,
        member: { key },
        status: 'waiting' as const,
        notBefore: moment,
      })),
    );
    await auditLog(tx).append({
      at,
      actor: by,
      action: 'sync.withdrawn',
      subject: sayableSync(number),
      details: { run: run!.id, people: people.length, reason },
    });
  }
  return { removals: there.length, dropped };
}
