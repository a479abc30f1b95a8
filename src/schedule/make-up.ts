import { sourceOf } from '../sources/vendors/registry.ts';
import type { State } from '../state/state.ts';
import { latestTick, type Schedule } from './ticks.ts';

/**
 * Sees that the latest tick of each schedule has a job. Called at every beat, so that a tick makes its job in time, and a
 * server that was away makes one for all that it missed. A tick from before the standing segments were found is not made
 * up: they are newer than what it asks for. Where there are no segments yet, everything waits, but for pulling rows: that
 * waits for a connection to pull from, and asks for nothing from before it was made.
 */
export async function makeUpTicks(
  { jobs, models, connections }: Pick<State, 'jobs' | 'models' | 'connections'>,
  schedules: readonly Schedule[],
  now: Date,
): Promise<void> {
  for (const schedule of schedules) {
    const tick = latestTick(schedule, now);
    if (!tick) continue;
    const last = await jobs.lastDue(schedule.kind);
    if (last !== undefined && new Date(last) >= tick) continue;
    const since =
      schedule.kind === 'pull'
        ? (await connections.list())
            .filter(({ vendor }) => sourceOf(vendor))
            .map(({ createdAt }) => createdAt)
            .sort()[0]
        : (await models.list()).find(({ status }) => status === 'current')?.createdAt;
    if (since === undefined || new Date(since) > tick) continue;
    await jobs.enqueue(schedule.kind, tick.toISOString());
  }
}
