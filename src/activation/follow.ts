import { KindredError } from '../errors.ts';
import type { Log } from '../log.ts';
import { recordName } from '../segmentation/refresh/record-name.ts';
import { formatCount, formatValue } from '../segmentation/wording.ts';
import type { ActivationContext } from './context.ts';
import { draftRun, nothing } from './plan/plan.ts';
import { propose } from './plan/propose.ts';
import { reach } from './plan/reach.ts';
import type { Sync, SyncRun } from './sync.ts';

/** What became of a sync that follows. */
export type Followed = { sync: string } & (
  | { kind: 'sent'; run: number }
  /** Too much would change: a person is asked. */
  | { kind: 'proposed'; run: number; proposal: string }
  | { kind: 'failed'; problem: string }
);

const actor = 'kindred';
const retrySeconds = 600;

/**
 * Plans every approved sync anew that was not planned from what the segments stand on now, be it after a refresh, a promotion
 * or a rollback, whoever made it and whichever process was killed between. What changes little goes on its way; what
 * changes much is laid before a person again.
 */
export async function followDue(
  context: ActivationContext,
  { signal, log }: { signal: AbortSignal; log: Log },
): Promise<Followed[]> {
  const state = await context.state();
  const latest = await state.refreshes.latest();
  if (!latest) return [];
  const record = recordName([latest]);
  const told: Followed[] = [];
  for (const sync of (await state.syncs.list()).toReversed()) {
    if (signal.aborted) break;
    if (sync.status !== 'active') continue;
    const runs = await state.syncRuns.ofSync(sync.id);
    if (!isDue(runs, record, context.now())) continue;
    try {
      const followed = await follow(context, sync, signal);
      if (followed) told.push(followed);
    } catch (error) {
      if (signal.aborted) break;
      const problem =
        error instanceof KindredError
          ? `${error.message} ${error.next}`
          : 'It met a defect in Kindred. The log of the server tells more: please report it.';
      log.warn({ sync: sync.id, err: error }, 'a sync could not be planned anew');
      await noteFailure(context, sync, { asOf: latest.asOf, record, problem });
      told.push({ sync: sync.id, kind: 'failed', problem });
    }
  }
  return told;
}

function isDue(runs: readonly SyncRun[], record: string, now: Date): boolean {
  const isEnding = runs.some(
    ({ kind, status }) => kind === 'end' && ['planned', 'approved'].includes(status),
  );
  if (isEnding) return false;
  const failed = runs.find(({ status }) => status === 'draft');
  if (failed?.retryAt && new Date(failed.retryAt) > now) return false;
  const last = runs.find(({ kind, status }) => kind === 'follow' && status !== 'draft');
  return last?.record !== record;
}

/** null where somebody paused or ended it meanwhile: the draft is left to the next plan. */
async function follow(context: ActivationContext, sync: Sync, signal: AbortSignal): Promise<Followed | null> {
  const state = await context.state();
  const reached = await reach(context, sync.connection);
  const drafted = await draftRun(context, { sync, reached, actor, signal });
  const { run, counts, before, asOf } = drafted;
  const changing = counts.adds + counts.removes;
  if (changing === 0 || changing <= sync.mostChange * before) {
    const by = { at: context.now().toISOString(), by: actor };
    return (await state.syncRuns.follow(run, counts, by)) ? { sync: sync.id, kind: 'sent', run } : null;
  }
  if (await state.syncRuns.isHalted(sync.id)) return null;
  const percent = (share: number) => formatValue(share, 'share', null);
  const asksAgain =
    before === 0
      ? `As of ${asOf} it has members for the first time.`
      : `As of ${asOf} ${percent(changing / before)} as many as the ${beforeInWords(before)} there would change, more than the ${percent(sync.mostChange)} that may without asking.`;
  const { proposal } = await propose(context, { sync, reached, drafted, kind: 'follow', actor, asksAgain });
  return { sync: sync.id, kind: 'proposed', run, proposal: proposal.id };
}

/** To the nearest ten: it is read in channels. */
const beforeInWords = (before: number) =>
  before < 10 ? 'few members' : `${formatCount(10 * Math.round(before / 10))} members`;

/** Kept, so that people are told and it is tried again in a while, by whichever process. */
async function noteFailure(
  context: ActivationContext,
  { id }: Sync,
  { asOf, record, problem }: { asOf: string; record: string; problem: string },
): Promise<void> {
  const { syncRuns } = await context.state();
  const now = context.now();
  const run = await syncRuns.draft({
    sync: id,
    kind: 'follow',
    asOf,
    record,
    counts: nothing,
    createdAt: now.toISOString(),
    createdBy: actor,
  });
  await syncRuns.stall(run, problem, new Date(now.getTime() + retrySeconds * 1000).toISOString());
}
