import { expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { UpstreamError } from '../../src/errors.ts';
import type { Schedule } from '../../src/schedule/ticks.ts';
import type { Job } from '../../src/state/jobs.ts';
import type { SlackMessage } from '../../src/state/slack-messages.ts';
import { createTurns } from '../../src/turns.ts';
import { healthOf } from '../../src/web/health.ts';
import { exampleModel } from '../state/example-model.ts';

const weekly: Schedule = { kind: 'refresh', cron: '0 6 * * 1', timeZone: 'UTC' };

function job(change: Partial<Job>): Job {
  return {
    id: 1,
    kind: 'refresh',
    dueAt: '2026-11-16T06:00:00.000Z',
    status: 'done',
    attempts: 1,
    notBefore: '2026-11-16T06:00:00.000Z',
    claimedBy: null,
    claimedUntil: null,
    finishedAt: null,
    message: null,
    ...change,
  };
}

/** Stores that answer with these; what health does not ask is not there. */
function appWith(
  jobs: Job[],
  query: () => Promise<unknown[]> = async () => [],
  messages: Partial<SlackMessage>[] = [],
): App {
  const state = {
    models: { current: async () => exampleModel() },
    refreshes: { latest: async () => ({ asOf: '2026-11-16' }) },
    jobs: { list: async () => jobs },
    slack: { messages: { list: async () => messages } },
  };
  const app = {
    now: () => new Date('2026-11-22T12:00:00Z'),
    state: async () => state,
    warehouse: async () => ({ query }),
  };
  return app as unknown as App;
}

test('tells what stands, what waits and what comes next', async () => {
  const jobs = [job({ status: 'waiting' }), job({ status: 'done' })];
  expect(await healthOf(appWith(jobs), createTurns(), [weekly])).toEqual({
    status: 'ok',
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    busy: null,
    model: { id: 'm-1', segments: 2, describedAsOf: expect.any(String) },
    lastRefresh: '2026-11-16',
    jobs: { waiting: 1, running: 0, failed: [] },
    next: { refresh: '2026-11-23T06:00:00.000Z' },
  });
});

test('a kind whose last job failed is failing, until one of it is done', async () => {
  const failed = job({ status: 'failed', message: 'no orders' });
  const { status, jobs } = await healthOf(appWith([failed, job({})]), createTurns(), []);
  expect(status).toBe('failing');
  expect(jobs?.failed).toEqual([{ kind: 'refresh', dueAt: failed.dueAt, message: 'no orders' }]);
  expect(await healthOf(appWith([job({}), failed]), createTurns(), [])).toMatchObject({ status: 'ok' });
  const next = [job({ status: 'running' }), job({ status: 'waiting' }), failed];
  expect(await healthOf(appWith(next), createTurns(), [])).toMatchObject({ status: 'failing' });
  const other = job({ kind: 'recluster' });
  expect(await healthOf(appWith([other, failed]), createTurns(), [])).toMatchObject({ status: 'failing' });
});

test('a store that does not answer is down, with what to do', async () => {
  const broken = appWith([], () => Promise.reject(new UpstreamError('The warehouse is gone.', 'Start it.')));
  expect(await healthOf(broken, createTurns(), [weekly])).toMatchObject({
    status: 'down',
    error: { message: 'The warehouse is gone.', next: 'Start it.' },
  });
});

test('a warehouse in use is not asked', async () => {
  const turns = createTurns();
  const app = appWith([], () => Promise.reject(new Error('asked')));
  await turns.take('kindred import', async () => {
    expect(await healthOf(app, turns, [])).toMatchObject({ status: 'ok', busy: 'kindred import' });
  });
});

test('a warehouse that never answers is down however often it is asked, and again well when it answers', async () => {
  const turns = createTurns();
  let answer = (_rows: unknown[]) => {};
  let asked = 0;
  const app = appWith([], () => {
    asked++;
    return new Promise(resolve => {
      answer = resolve;
    });
  });
  const health = () => healthOf(app, turns, [], 50);
  for (let time = 0; time < 3; time++)
    expect(await health()).toMatchObject({ status: 'down', error: { message: 'A store does not answer.' } });
  // Those that gave up ask no more.
  expect(asked).toBe(1);
  const last = healthOf(app, turns, []);
  answer([]);
  await expect.poll(() => asked).toBe(2);
  answer([]);
  expect(await last).toMatchObject({ status: 'ok', busy: null });
});

test('a defect is not told', async () => {
  const broken = appWith([], () => Promise.reject(new Error('near "ada@example.org"')));
  await expect(healthOf(broken, createTurns(), [])).rejects.toThrow('ada@example.org');
});

test('what Slack does not take is told, until a later message arrives in the channel', async () => {
  const turns = createTurns();
  const refused = {
    kind: 'digest',
    channel: 'C012AB3CD',
    status: 'refused',
    problem: 'Type /invite.',
  } as const;
  const told = async (...messages: Partial<SlackMessage>[]) =>
    (await healthOf(appWith([], undefined, messages), turns, [])).undelivered;
  expect(await told(refused)).toEqual([{ channel: 'C012AB3CD', kind: 'digest', problem: 'Type /invite.' }]);
  const sent = { ...refused, status: 'sent', problem: null } as const;
  expect(await told({ ...sent, channel: 'C045EF6GH' }, refused)).toHaveLength(1);
  expect(await told({ ...refused, status: 'queued', problem: null }, sent, refused)).toBeUndefined();
});
