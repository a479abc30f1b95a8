import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { makeUpTicks } from '../../src/schedule/make-up.ts';
import { type JobWork, runNextJob } from '../../src/schedule/run-job.ts';
import { createScheduler } from '../../src/schedule/scheduler.ts';
import type { Schedule } from '../../src/schedule/ticks.ts';
import { openPostgresState } from '../../src/state/postgres.ts';
import { type State, stateOver } from '../../src/state/state.ts';
import { createTurns } from '../../src/turns.ts';
import { exampleChange } from '../state/example-change.ts';
import { exampleModel } from '../state/example-model.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { type Clock, clockAt, runnerOf } from './steps.ts';

const weekly: Schedule = { kind: 'refresh', cron: '0 6 * * 1', timeZone: 'Europe/London' };
const quarterly: Schedule = { kind: 'recluster', cron: '0 7 * 1,4,7,10 1#1', timeZone: 'Europe/London' };
const never = new AbortController().signal;

/** Two servers on one state. */
let first: State;
let second: State;
let clear: () => Promise<unknown>;
beforeAll(async () => {
  const url = await freshDatabase();
  const database = await openPostgresState(url);
  clear = () =>
    database.db.execute(
      'TRUNCATE kindred_state.models, kindred_state.refreshes, kindred_state.jobs, kindred_state.audit CASCADE',
    );
  first = await stateOver(database);
  second = await stateOver(await openPostgresState(url));
});
afterAll(async () => {
  await first?.close();
  await second?.close();
});

let clock: Clock;
let lines: string[];
beforeEach(async () => {
  await clear();
  // A Wednesday.
  clock = clockAt('2026-11-25T12:00:00Z');
  lines = [];
});

const segmentedAt = (createdAt: string) => first.apply(exampleChange(exampleModel({ createdAt })));
const dueOf = async (state = first) =>
  (await state.jobs.list(100)).map(({ kind, dueAt }) => `${kind} ${dueAt}`);
const only = async () => {
  const jobs = await first.jobs.list(100);
  expect(jobs).toHaveLength(1);
  return jobs[0]!;
};
const runner = (work: JobWork, state = first, name = 'one') =>
  runnerOf(state, clock, name, lines, { refresh: work });
const enqueue = (dueAt = clock.now().toISOString()) => first.jobs.enqueue('refresh', dueAt);

describe('ticks become jobs', () => {
  test('an installation without segments waits', async () => {
    await makeUpTicks(first, [weekly, quarterly], clock.now());
    expect(await dueOf()).toEqual([]);
  });

  test('a tick from before the segments were found is not made up', async () => {
    await segmentedAt('2026-11-24T09:00:00Z');
    await makeUpTicks(first, [weekly, quarterly], clock.now());
    expect(await dueOf()).toEqual([]);
    clock.to('2026-11-30T06:00:00Z');
    await makeUpTicks(first, [weekly, quarterly], clock.now());
    expect(await dueOf()).toEqual(['refresh 2026-11-30T06:00:00.000Z']);
  });

  test('several missed ticks make one job, once, whoever looks', async () => {
    await segmentedAt('2026-09-01T09:00:00Z');
    for (const state of [first, second, first]) await makeUpTicks(state, [weekly, quarterly], clock.now());
    expect(await dueOf()).toEqual(['refresh 2026-11-23T06:00:00.000Z', 'recluster 2026-10-05T06:00:00.000Z']);
  });

  test('one that was queued by hand since counts', async () => {
    await segmentedAt('2026-09-01T09:00:00Z');
    await enqueue('2026-11-24T08:00:00Z');
    await makeUpTicks(first, [weekly], clock.now());
    expect(await dueOf()).toEqual(['refresh 2026-11-24T08:00:00.000Z']);
  });

  test.each([
    ['2026-03-18', ['03-23T06', '03-30T05', '04-06T05']],
    ['2026-10-14', ['10-19T05', '10-26T06', '11-02T06']],
  ])('around a change of the clocks each week has one: from %s', async (from, due) => {
    await segmentedAt(`${from}T00:00:00Z`);
    clock = clockAt(`${from}T00:00:00Z`);
    for (let hours = 0; hours < 20 * 24; hours += 8) {
      await makeUpTicks(first, [weekly], clock.now());
      clock.step(8 * 3600);
    }
    expect((await dueOf()).reverse()).toEqual(due.map(at => `refresh 2026-${at}:00:00.000Z`));
  });
});

describe('a job', () => {
  test('is done once, by one of two servers', async () => {
    await enqueue();
    let runs = 0;
    const work = async () => {
      runs++;
      return 'refreshed';
    };
    const found = await Promise.all([
      runNextJob(runner(work), never),
      runNextJob(runner(work, second, 'two'), never),
    ]);
    expect(runs).toBe(1);
    expect(found.sort()).toEqual([false, true]);
    expect(await only()).toMatchObject({
      status: 'done',
      attempts: 1,
      message: 'refreshed',
      claimedBy: null,
    });
    expect(lines).toEqual(['info job started', 'info job done']);
  });

  test('is not taken before it is due', async () => {
    await enqueue('2026-11-30T06:00:00Z');
    expect(
      await runNextJob(
        runner(async () => 'refreshed'),
        never,
      ),
    ).toBe(false);
  });

  test('is tried again after 1, 5 and 25 minutes, and has then failed', async () => {
    await enqueue();
    const starts: number[] = [];
    const begin = clock.now().getTime();
    const failing = runner(async () => {
      starts.push((clock.now().getTime() - begin) / 60_000);
      throw new InputError('The orders are gone.', 'Import them.');
    });
    for (let minute = 0; minute < 60; minute++) {
      while (await runNextJob(failing, never));
      clock.step(60);
    }
    expect(starts).toEqual([0, 1, 6, 31]);
    expect(await only()).toMatchObject({
      status: 'failed',
      attempts: 4,
      message: 'The orders are gone. Import them.',
    });
    expect(lines.filter(line => line.startsWith('error'))).toEqual(['error job failed for good']);
    expect((await first.audit.list()).filter(({ action }) => action === 'job.failed')).toMatchObject([
      { actor: 'kindred', details: { attempts: 4 } },
    ]);
  });

  test('keeps its claim while it runs, however long', async () => {
    await enqueue();
    const taken: boolean[] = [];
    const other = runner(async () => 'twice', second, 'two');
    const long = runner(async () => {
      for (let i = 0; i < 20; i++) {
        clock.step(60);
        taken.push(await settled(() => runNextJob(other, never)));
      }
      return 'once';
    });
    await runNextJob(long, never);
    expect(taken).toEqual(Array(20).fill(false));
    expect(await only()).toMatchObject({ status: 'done', message: 'once', attempts: 1 });
  });

  /** Renewals are asked for on the way of the clock and answered by the database. */
  async function settled(next: () => Promise<boolean>): Promise<boolean> {
    await first.jobs.list(1);
    return next();
  }

  test('whose server was killed is taken over after its lease, and not before', async () => {
    await enqueue();
    const killed = await first.jobs.claim('killed', clock.now(), 120);
    expect(killed?.status).toBe('running');
    const other = runner(async () => 'taken over', second, 'two');
    clock.step(119);
    expect(await runNextJob(other, never)).toBe(false);
    clock.step(2);
    expect(await runNextJob(other, never)).toBe(true);
    expect(await only()).toMatchObject({ status: 'done', attempts: 2, message: 'taken over' });
  });

  test('that another server took over is left to it', async () => {
    await enqueue();
    const stopped: (() => void)[] = [];
    const asleep = runner(async () => {
      // As a notebook that slept: no renewal in time, and somebody else went on.
      for (const stop of stopped) stop();
      clock.step(600);
      await second.jobs.claim('two', clock.now(), 120);
      return 'too late';
    });
    asleep.every = (seconds, act) => {
      const stop = clock.every(seconds, act);
      stopped.push(stop);
      return stop;
    };
    await runNextJob(asleep, never);
    expect(await only()).toMatchObject({ status: 'running', claimedBy: 'two', message: null });
  });

  test('that ends its server each time is given up', async () => {
    await enqueue();
    for (let i = 0; i < 4; i++) {
      await first.jobs.claim('killed', clock.now(), 120);
      clock.step(121);
    }
    let ran = false;
    const next = runner(async () => {
      ran = true;
      return '';
    });
    await runNextJob(next, never);
    expect(ran).toBe(false);
    expect(await only()).toMatchObject({ status: 'failed', message: expect.stringContaining('4 times') });
    expect(lines).toContain('error job failed for good');
  });

  test('that a later one of its kind has overtaken is left to it', async () => {
    await enqueue('2026-11-16T06:00:00Z');
    await enqueue('2026-11-23T06:00:00Z');
    const ran: number[] = [];
    const work = runner(async () => {
      ran.push(1);
      return 'refreshed';
    });
    while (await runNextJob(work, never));
    expect(ran).toHaveLength(1);
    expect((await first.jobs.list(2)).map(({ message }) => message)).toEqual([
      'refreshed',
      'left to the refresh due 2026-11-23T06:00:00.000Z',
    ]);
  });

  test('is put back when its server stops, however often', async () => {
    await enqueue();
    for (let time = 0; time < 6; time++) {
      const stop = new AbortController();
      const stopped = runner(async signal => {
        stop.abort();
        signal.throwIfAborted();
        return 'not reached';
      });
      await runNextJob(stopped, stop.signal);
      expect(await only()).toMatchObject({ status: 'waiting', attempts: 0, claimedBy: null });
      expect(lines.at(-1)).toBe('info job put back: the server is stopping');
    }
    expect(
      await runNextJob(
        runner(async () => 'done', second, 'two'),
        never,
      ),
    ).toBe(true);
    expect(await only()).toMatchObject({ status: 'done', attempts: 1 });
  });

  test('that meets a defect does not tell what the error quotes, which the log does', async () => {
    await enqueue();
    await runNextJob(
      runner(async () => {
        throw new Error('Could not convert "ada@example.org"');
      }),
      never,
    );
    expect((await only()).message).toMatch(/^It met a defect in Kindred\./);
  });

  test('that fails for the last time where another has taken it over is not told as failed', async () => {
    await enqueue();
    for (let time = 0; time < 3; time++) {
      await first.jobs.claim('killed', clock.now(), 120);
      clock.step(121);
    }
    const slow = runner(async () => {
      // No renewal comes: as if this server had slept.
      const { id } = await only();
      await first.jobs.renew(id, 'one', new Date(0), 0);
      await second.jobs.claim('two', clock.now(), 120);
      throw new Error('too late');
    });
    await runNextJob(slow, never);
    expect(await only()).toMatchObject({ status: 'running', claimedBy: 'two' });
    expect(lines.filter(line => line.startsWith('error'))).toEqual([]);
    expect(await first.audit.list()).toEqual([]);
  });
});

describe('a beat', () => {
  test('does all that is due, one at a time, and waits for its turn', async () => {
    await segmentedAt('2026-09-01T09:00:00Z');
    const turns = createTurns();
    const order: string[] = [];
    const work = runnerOf(first, clock, 'one', lines, {
      refresh: async () => {
        order.push('refresh');
        return '';
      },
      recluster: async () => {
        order.push('recluster');
        return '';
      },
    });
    let release = () => {};
    const command = turns.take('a command', async () => {
      await new Promise<void>(resolve => {
        release = resolve;
      });
      order.push('command');
    });
    const scheduler = createScheduler(work, [weekly, quarterly], turns, never);
    const beats = [scheduler.beat(), scheduler.beat()];
    await first.jobs.list(1);
    expect(turns.current()).toBe('a command');
    release();
    await Promise.all([command, ...beats]);
    expect(order).toEqual(['command', 'recluster', 'refresh']);
    await scheduler.beat();
    expect(order).toHaveLength(3);
  });

  test('has nothing wait for a pull but the next pull, and its end waits for it', async () => {
    await segmentedAt('2026-09-01T09:00:00Z');
    await first.jobs.enqueue('pull', '2026-11-01T05:00:00Z');
    const stopping = new AbortController();
    const order: string[] = [];
    const work = runnerOf(first, clock, 'one', lines, {
      refresh: async () => {
        order.push('refresh');
        return '';
      },
      pull: async signal => {
        order.push('pull');
        await new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        });
        return '';
      },
    });
    const scheduler = createScheduler(work, [weekly], createTurns(), stopping.signal);
    void scheduler.beat();
    await vi.waitFor(() => expect([...order].sort()).toEqual(['pull', 'refresh']), 10_000);
    await first.jobs.enqueue('pull', '2026-11-02T05:00:00Z');
    await enqueue('2026-11-25T11:00:00Z');
    await vi.waitFor(() => {
      void scheduler.beat();
      expect(order.filter(kind => kind === 'refresh')).toHaveLength(2);
    }, 10_000);
    expect(order.filter(kind => kind === 'pull')).toHaveLength(1);
    stopping.abort();
    await scheduler.ended();
    const jobs = await first.jobs.list(10);
    expect(jobs.filter(({ kind }) => kind === 'pull').map(({ status }) => status)).toEqual([
      'waiting',
      'waiting',
    ]);
  });

  test('outlives a state that does not answer', async () => {
    const broken = { ...first, jobs: { ...first.jobs, lastDue: () => Promise.reject(new Error('gone')) } };
    const scheduler = createScheduler(
      runnerOf(broken, clock, 'one', lines, {}),
      [weekly],
      createTurns(),
      never,
    );
    await scheduler.beat();
    expect(lines).toEqual(['error the jobs could not be looked at']);
  });
});
