import type { Progress } from '../../progress.ts';
import { asking } from '../../segmentation/audiences/asked.ts';
import { findAudience } from '../../segmentation/audiences/build-audience.ts';
import { recordName } from '../../segmentation/refresh/record-name.ts';
import type { State } from '../../state/state.ts';
import type { Warehouse } from '../../warehouse/port.ts';
import type { ActivationContext } from '../context.ts';
import type { PlanCounts, Sync } from '../sync.ts';
import { differenceOf } from './difference.ts';
import { readPeople } from './people.ts';
import { type Reached, segmentPropertyOf } from './reach.ts';
import { newTally } from './tally.ts';

/** A run whose changes are written down, and which nobody has decided. */
export interface Drafted {
  run: number;
  counts: PlanCounts;
  asOf: string;
  record: string;
  canShow: string;
  /** Whom Kindred put there before. */
  before: number;
}

/** Before anything is counted. */
export const nothing = {
  members: 0,
  adds: 0,
  updates: 0,
  removes: 0,
  unchanged: 0,
  holdout: 0,
  suppressed: [],
  against: 'last sent',
} as const satisfies PlanCounts;

const joinedPage = 5000;

/**
 * Works out what a sync would change and writes it down as a draft. First the destination is asked who is there, without a
 * turn; the stores are read and written in one.
 *
 * @throws UpstreamError where the destination does not answer: that is never taken for nobody being there
 */
export async function draftRun(
  context: ActivationContext,
  { sync, reached, actor, signal }: { sync: Sync; reached: Reached; actor: string; signal: AbortSignal },
  progress: Progress = () => {},
): Promise<Drafted> {
  const { connection, destination } = reached;
  const there = await whoIsThere(context, sync, reached, signal, progress);
  return context.turns.take(
    'planning a sync',
    async () => {
      const state = await context.state();
      const warehouse = await context.warehouse();
      const audience = await findAudience(state, sync.audience);
      const createdAt = context.now().toISOString();
      return asking({ warehouse, state }, { filter: audience.filter, saved: audience }, async (tx, asked) => {
        const record = recordName(asked.shop.history);
        const { asOf } = asked.shop;
        await followJoined(tx, state, sync.id);
        const run = await state.syncRuns.draft({
          sync: sync.id,
          kind: 'follow',
          asOf,
          record,
          counts: nothing,
          createdAt,
          createdBy: actor,
        });
        const before = await state.syncMembers.count(sync.id);
        const tally = newTally();
        const difference = differenceOf({ state, sync, destination, connection, there, tally });
        const wanted = {
          connection: sync.connection,
          channel: destination.channel,
          basis: sync.basis,
          segmentProperty: segmentPropertyOf(destination, sync.target),
          holdout: sync.holdout,
        };
        let done = 0;
        const { members, canShow } = await readPeople(tx, asked, wanted, async people => {
          signal.throwIfAborted();
          const changes = await difference.of(people);
          await state.syncRuns.addChanges(run, changes, createdAt);
          done += people.length;
          progress({ stage: 'Comparing members', done });
        });
        for await (const changes of difference.leaving())
          await state.syncRuns.addChanges(run, changes, createdAt);
        const counts = tally.counts({ members, before }, there ? 'destination' : 'last sent');
        return { run, counts, asOf, record, before, canShow };
      });
    },
    signal,
  );
}

/** Everybody whom Kindred put there would go. Needs no answer of the destination: nobody else is touched. */
export async function draftEnd(
  context: ActivationContext,
  { sync, actor, signal }: { sync: Sync; actor: string; signal: AbortSignal },
): Promise<Drafted> {
  return context.turns.take(
    'planning the end of a sync',
    async () => {
      const state = await context.state();
      const createdAt = context.now().toISOString();
      const latest = await state.refreshes.latest();
      const asOf = latest?.asOf ?? createdAt.slice(0, 'yyyy-mm-dd'.length);
      const record = recordName(latest ? [latest] : []);
      const draft = { sync: sync.id, kind: 'end', asOf, record, counts: nothing, createdAt } as const;
      const run = await state.syncRuns.draft({ ...draft, createdBy: actor });
      const before = await state.syncMembers.count(sync.id);
      let removes = 0;
      for (let after: string | undefined = ''; after !== undefined; ) {
        const entries = await state.syncMembers.page(sync.id, after, joinedPage);
        const ours = entries.filter(({ added }) => added === 'by kindred');
        await state.syncRuns.addChanges(
          run,
          ours.map(({ profileId, key }) => ({ profileId, action: 'remove', segment: null, member: { key } })),
          createdAt,
        );
        removes += ours.length;
        after = entries.at(-1)?.profileId;
      }
      if (removes !== before) throw new Error(`The end of a sync removes ${removes} of ${before} members.`);
      return { run, counts: { ...nothing, removes }, asOf, record, before, canShow: '' };
    },
    signal,
  );
}

/** null where the destination does not tell. */
async function whoIsThere(
  context: ActivationContext,
  { target }: Sync,
  { destination, connection }: Reached,
  signal: AbortSignal,
  progress: Progress,
): Promise<ReadonlySet<string> | null> {
  if (!destination.members) return null;
  const keys = new Set<string>();
  const stage = `Asking ${destination.title} who is there`;
  for await (const some of destination.members(connection, target, context.platform(signal))) {
    for (const key of some) keys.add(key);
    progress({ stage, done: keys.size });
  }
  return keys;
}

/**
 * Ledger and assignments are by profile; profiles that were joined since have another id. Only ids that are no profile's
 * own any more are looked for.
 */
async function followJoined(tx: Warehouse, state: Pick<State, 'syncMembers'>, sync: string): Promise<void> {
  for (let after = ''; ; ) {
    const joined = await tx.query<{ from: string; to: string }>(
      `SELECT source || '/' || source_id AS "from", profile_id AS "to" FROM identities
WHERE profile_id <> source || '/' || source_id AND source || '/' || source_id > $1
ORDER BY source || '/' || source_id LIMIT ${joinedPage}`,
      [after],
    );
    const last = joined.at(-1);
    if (!last) return;
    after = last.from;
    await state.syncMembers.join(sync, joined);
  }
}
