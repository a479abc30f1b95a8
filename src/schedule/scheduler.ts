import type { State } from '../state/state.ts';
import type { Turns } from '../turns.ts';
import { makeUpTicks } from './make-up.ts';
import { type JobWork, type Runner, runNextJob } from './run-job.ts';
import type { Schedule } from './ticks.ts';

export interface Scheduler {
  /** Makes the jobs of ticks that came, and does all that are due. One beat at a time; it never rejects. */
  beat(): Promise<void>;
}

/**
 * Jobs take their turn between the commands that the server runs for others. Pulling takes one for what it stores only, as
 * most of it is waiting for vendors.
 */
export function createScheduler(
  runner: Runner & { state: Pick<State, 'jobs' | 'audit' | 'models' | 'connections'> },
  schedules: readonly Schedule[],
  turns: Turns,
  signal: AbortSignal,
): Scheduler {
  let beating: Promise<void> | undefined;
  const inTurn =
    (work: JobWork): JobWork =>
    stopped =>
      turns.take('a scheduled job', () => work(stopped), stopped);
  const { refresh, recluster, pull, retention } = runner.work;
  const taking = {
    ...runner,
    work: { refresh: inTurn(refresh), recluster: inTurn(recluster), pull, retention: inTurn(retention) },
  };
  const once = async () => {
    try {
      await makeUpTicks(runner.state, schedules, runner.now());
      let found = true;
      while (found && !signal.aborted) found = await runNextJob(taking, signal);
    } catch (error) {
      if (!signal.aborted) runner.log.error({ err: error }, 'the jobs could not be looked at');
    }
  };
  return {
    beat() {
      beating ??= once().finally(() => {
        beating = undefined;
      });
      return beating;
    },
  };
}
