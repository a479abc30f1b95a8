import type { App } from '../app.ts';
import { KindredError, UpstreamError } from '../errors.ts';
import type { Schedule } from '../schedule/ticks.ts';
import { nextTick } from '../schedule/ticks.ts';
import type { SlackStatus } from '../slack/connection/status.ts';
import { type Undelivered, undelivered } from '../slack/delivery/undelivered.ts';
import type { Job } from '../state/jobs.ts';
import type { Turns } from '../turns.ts';
import { version } from '../version.ts';

export interface Health {
  /** `failing`: the last job of a kind that ended failed for good; `down`: a store does not answer. */
  status: 'ok' | 'failing' | 'down';
  version: string;
  /** What has its turn now; a store in use is not asked. */
  busy?: string | null;
  model?: { id: string; segments: number; describedAsOf: string } | null;
  /** As-of date of the last record of the history. */
  lastRefresh?: string | null;
  jobs?: { waiting: number; running: number; failed: Pick<Job, 'kind' | 'dueAt' | 'message'>[] };
  /** ISO time of the next tick of each schedule. */
  next?: Partial<Record<Schedule['kind'], string>>;
  /** Absent where Slack is not set up. */
  slack?: SlackStatus;
  /** Messages that Slack does not take; absent where there are none. */
  undelivered?: Undelivered[];
  error?: { message: string; next: string };
}

/** A store that takes longer counts as one that does not answer. */
const defaultPatienceMs = 3000;
const look = 'a look at the warehouse';

/** A defect is thrown and not told: its words may quote rows. */
export async function healthOf(
  app: App,
  turns: Turns,
  schedules: readonly Schedule[],
  patienceMs = defaultPatienceMs,
): Promise<Health> {
  const tooLate = AbortSignal.timeout(patienceMs);
  try {
    return {
      ...(await answered(facts(app, turns, tooLate), tooLate)),
      next: nextTicks(schedules, app.now()),
    };
  } catch (error) {
    if (!(error instanceof KindredError)) throw error;
    return { status: 'down', version, error: { message: error.message, next: error.next } };
  }
}

async function facts(app: App, turns: Turns, tooLate: AbortSignal): Promise<Health> {
  const { models, refreshes, jobs, slack } = await app.state();
  const current = turns.current();
  // Another look that still waits for its answer does not show that there is one.
  const busy = current === undefined || current === look ? null : current;
  if (busy === null) await turns.take(look, async () => (await app.warehouse()).query('SELECT 1'), tooLate);
  const model = await models.current();
  const newest = await jobs.list(100);
  const ended = newest.filter(({ status }) => status === 'done' || status === 'failed');
  const failed = lastOfEachKind(ended).filter(({ status }) => status === 'failed');
  const notTaken = undelivered(await slack.messages.list(100));
  return {
    status: failed.length > 0 ? 'failing' : 'ok',
    version,
    busy,
    model: model
      ? { id: model.id, segments: model.segments.length, describedAsOf: model.describedAsOf }
      : null,
    lastRefresh: (await refreshes.latest())?.asOf ?? null,
    jobs: {
      waiting: newest.filter(({ status }) => status === 'waiting').length,
      running: newest.filter(({ status }) => status === 'running').length,
      failed: failed.map(({ kind, dueAt, message }) => ({ kind, dueAt, message })),
    },
    ...(notTaken.length > 0 && { undelivered: notTaken }),
  };
}

/** `jobs` are newest first. */
function lastOfEachKind(jobs: readonly Job[]): Job[] {
  return jobs.filter((job, i) => jobs.findIndex(({ kind }) => kind === job.kind) === i);
}

function nextTicks(schedules: readonly Schedule[], now: Date): NonNullable<Health['next']> {
  return Object.fromEntries(
    schedules.map(schedule => [schedule.kind, nextTick(schedule, now)?.toISOString()]),
  );
}

async function answered<T>(work: Promise<T>, tooLate: AbortSignal): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    tooLate.addEventListener('abort', () =>
      reject(new UpstreamError('A store does not answer.', 'See the log of the server.')),
    );
  });
  return Promise.race([work, late]);
}
