import { KindredError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Job, JobKind } from '../state/jobs.ts';
import type { State } from '../state/state.ts';

/** Does a job and says in a sentence what came of it. Throws where `signal` is aborted, at its next step. */
export type JobWork = (signal: AbortSignal) => Promise<string>;

export interface Runner {
  state: Pick<State, 'jobs' | 'audit'>;
  work: Readonly<Record<JobKind, JobWork>>;
  /** Those that it does; all where absent. */
  kinds?: readonly JobKind[];
  /** Names this server among those that share the table of jobs. */
  name: string;
  now: () => Date;
  /** Calls `act` again and again until the function it returns is called. */
  every: (seconds: number, act: () => void) => () => void;
  log: Log;
}

/** How long a server is taken for alive after its last word, and how often it gives one. */
const lease = { seconds: 120, renewedEvery: 30 };
/** Minutes until a failed attempt is tried again; after the last of them the job has failed. */
const backOff = [1, 5, 25];

/** Claims one job that is due and does it. False where there is none. */
export async function runNextJob(runner: Runner, signal: AbortSignal): Promise<boolean> {
  const { state, name, now, log } = runner;
  const job = await state.jobs.claim(name, now(), lease.seconds, runner.kinds);
  if (!job) return false;
  const facts = { job: job.kind, due: job.dueAt, attempt: job.attempts };
  const last = await state.jobs.lastDue(job.kind);
  if (last !== undefined && new Date(last) > new Date(job.dueAt)) {
    await state.jobs.finish(job.id, name, now(), `left to the ${job.kind} due ${last}`);
    log.info(facts, 'job left to a later one');
    return true;
  }
  // Counted when it is claimed: a job that ends its server each time would otherwise be tried for ever.
  if (job.attempts > backOff.length + 1) {
    await giveUp(runner, job, `its server ended before it was done, ${job.attempts - 1} times`);
    return true;
  }
  log.info(facts, 'job started');
  const renewal = keepClaim(runner, job);
  try {
    const message = await runner.work[job.kind](signal);
    await state.jobs.finish(job.id, name, now(), message);
    log.info({ ...facts, message }, 'job done');
  } catch (error) {
    await afterFailure(runner, job, error, signal);
  } finally {
    renewal.stop();
  }
  return true;
}

function keepClaim({ state, name, now, every, log }: Runner, job: Job): { stop: () => void } {
  const stop = every(lease.renewedEvery, () => {
    state.jobs.renew(job.id, name, now(), lease.seconds).then(
      held => {
        if (!held) log.warn({ job: job.kind, due: job.dueAt }, 'another server has taken the job over');
      },
      error => log.warn({ job: job.kind, err: error }, 'the claim on the job could not be prolonged'),
    );
  });
  return { stop };
}

async function afterFailure(runner: Runner, job: Job, error: unknown, signal: AbortSignal): Promise<void> {
  const { state, name, now, log } = runner;
  const facts = { job: job.kind, due: job.dueAt, attempt: job.attempts };
  if (signal.aborted) {
    await state.jobs.putBack(job.id, name);
    log.info(facts, 'job put back: the server is stopping');
    return;
  }
  const message = sentence(error);
  const minutes = backOff[job.attempts - 1];
  if (minutes === undefined) return giveUp(runner, job, message, error);
  const retryAt = new Date(now().getTime() + minutes * 60_000);
  await state.jobs.fail(job.id, name, now(), message, retryAt);
  log.warn({ ...facts, err: error, retryAt: retryAt.toISOString() }, 'job failed, to be tried again');
}

/** Failed for good: told in the log and in the audit, and by the health of the server. */
async function giveUp({ state, name, now, log }: Runner, job: Job, message: string, error?: unknown) {
  const at = now();
  // Another server that has taken it over may still bring it to its end.
  if (!(await state.jobs.fail(job.id, name, at, message, null))) return;
  log.error({ job: job.kind, due: job.dueAt, message, err: error }, 'job failed for good');
  await state.audit.append({
    at: at.toISOString(),
    actor: 'kindred',
    action: 'job.failed',
    subject: `${job.kind} due ${job.dueAt}`,
    details: { attempts: job.attempts, message },
  });
}

/** A defect's own words may quote rows, and what is said here is shown by the health of the server: they go to its log. */
function sentence(error: unknown): string {
  if (error instanceof KindredError) return `${error.message} ${error.next}`;
  return 'It met a defect in Kindred. The log of the server tells more: please report it.';
}
