import type { JobKind } from '../state/jobs.ts';
import type { State } from '../state/state.ts';
import type { Turns } from '../turns.ts';
import { makeUpTicks } from './make-up.ts';
import { type JobWork, type Runner, runNextJob } from './run-job.ts';
import type { Schedule } from './ticks.ts';

export interface Scheduler {
  /** Makes the jobs of ticks that came, and does all that are due. It never rejects. */
  beat(): Promise<void>;
  /** Resolves when no job runs any more, once the signal is aborted. */
  ended(): Promise<void>;
}

/** Kinds of job that are done one after the other. A first pull may take hours, and nothing else waits for it. */
const lines: readonly (readonly JobKind[])[] = [['refresh', 'recluster', 'retention'], ['pull']];

/**
 * Jobs take their turn between the commands that the server runs for others. Pulling and erasing take one for what they store
 * only, as most of it is waiting for vendors.
 */
export function createScheduler(
  runner: Runner & { state: Pick<State, 'jobs' | 'audit' | 'models' | 'connections'> },
  schedules: readonly Schedule[],
  turns: Turns,
  signal: AbortSignal,
): Scheduler {
  const inTurn =
    (work: JobWork): JobWork =>
    stopped =>
      turns.take('a scheduled job', () => work(stopped), stopped);
  const { refresh, recluster, pull, retention } = runner.work;
  const taking = {
    ...runner,
    work: { refresh: inTurn(refresh), recluster: inTurn(recluster), pull, retention },
  };
  const once = async (kinds: readonly JobKind[]) => {
    try {
      const theirs = schedules.filter(({ kind }) => kinds.includes(kind));
      await makeUpTicks(runner.state, theirs, runner.now());
      let found = true;
      while (found && !signal.aborted) found = await runNextJob({ ...taking, kinds }, signal);
    } catch (error) {
      if (!signal.aborted) runner.log.error({ err: error }, 'the jobs could not be looked at');
    }
  };
  const beats = lines.map(kinds => oneAtATime(() => once(kinds)));
  return {
    beat: async () => void (await Promise.all(beats.map(({ begin }) => begin()))),
    ended: async () => void (await Promise.all(beats.map(({ running }) => running()))),
  };
}

/** Begins nothing while the same still runs. */
function oneAtATime(act: () => Promise<void>): { begin: () => Promise<void>; running: () => Promise<void> } {
  let running: Promise<void> | undefined;
  return {
    begin() {
      running ??= act().finally(() => {
        running = undefined;
      });
      return running;
    },
    running: async () => running,
  };
}
