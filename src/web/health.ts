import { setTimeout as wait } from 'node:timers/promises';
import type { App } from '../app.ts';
import { KindredError, UpstreamError } from '../errors.ts';
import type { Schedule } from '../schedule/ticks.ts';
import { nextTick } from '../schedule/ticks.ts';
import type { Job } from '../state/jobs.ts';
import type { Turns } from '../turns.ts';
import { version } from '../version.ts';

export interface Health {
  /** `failing`: the last job of a kind failed for good; `down`: a store does not answer. */
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
  error?: { message: string; next?: string };
}

/** A store that takes longer counts as one that does not answer. */
const patienceMs = 3000;

export async function healthOf(app: App, turns: Turns, schedules: readonly Schedule[]): Promise<Health> {
  try {
    return { ...(await answered(facts(app, turns))), next: nextTicks(schedules, app.now()) };
  } catch (error) {
    const next = error instanceof KindredError ? { next: error.next } : {};
    const message = error instanceof Error ? error.message : String(error);
    return { status: 'down', version, error: { message, ...next } };
  }
}

async function facts(app: App, turns: Turns): Promise<Health> {
  const busy = turns.current() ?? null;
  const { models, refreshes, jobs } = await app.state();
  if (busy === null)
    await turns.take('a look at the warehouse', async () => (await app.warehouse()).query('SELECT 1'));
  const model = await models.current();
  const newest = await jobs.list(100);
  const failed = lastOfEachKind(newest).filter(({ status }) => status === 'failed');
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

async function answered<T>(work: Promise<T>): Promise<T> {
  const done = new AbortController();
  const late = wait(patienceMs, undefined, { ref: false, signal: done.signal }).then(
    () => {
      throw new UpstreamError('A store does not answer.', 'See the log of the server.');
    },
    () => undefined as never,
  );
  try {
    return await Promise.race([work, late]);
  } finally {
    done.abort();
  }
}
