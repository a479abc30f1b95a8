import { findAudience } from '../segmentation/audiences/build-audience.ts';
import type { State } from '../state/state.ts';
import type { ActivationContext } from './context.ts';
import { findSync } from './plan/propose.ts';
import type { Progressed, Sync, SyncRun } from './sync.ts';

/** A sync as people are told of it: without the secret of its holdout. */
export interface ToldSync extends Omit<Sync, 'holdoutKey'> {
  /** Of the audience; its handle where it is saved no more. */
  name: string;
  /** Whom Kindred put there. */
  there: number;
  last: SyncRun | null;
  /** The id of the proposal that waits. */
  waits: string | null;
}

export interface ShownSync extends ToldSync {
  /** Newest first. */
  runs: (SyncRun & { progress: Progressed })[];
}

const mostRuns = 8;

/** Newest first. */
export async function listSyncs({ state }: Pick<ActivationContext, 'state'>): Promise<ToldSync[]> {
  const opened = await state();
  const told: ToldSync[] = [];
  for (const sync of await opened.syncs.list()) told.push(await toldSync(opened, sync));
  return told;
}

/** An InputError where there is none. */
export async function showSync({ state }: Pick<ActivationContext, 'state'>, id: string): Promise<ShownSync> {
  const opened = await state();
  const sync = await findSync({ state }, id);
  const runs: ShownSync['runs'] = [];
  for (const run of (await opened.syncRuns.ofSync(id)).slice(0, mostRuns))
    runs.push({ ...run, progress: await opened.syncRuns.progress(run.id) });
  return { ...(await toldSync(opened, sync)), runs };
}

async function toldSync(state: State, { holdoutKey: _, ...sync }: Sync): Promise<ToldSync> {
  const open = (await state.proposals.list()).find(
    ({ status, kind, subject }) => status === 'open' && kind === 'sync' && subject === sync.id,
  );
  const { name } = await findAudience(state, sync.audience).catch(() => ({ name: sync.audience }));
  return {
    ...sync,
    name,
    there: await state.syncMembers.count(sync.id),
    last: (await state.syncRuns.ofSync(sync.id))[0] ?? null,
    waits: open?.id ?? null,
  };
}
