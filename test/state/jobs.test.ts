import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { OpenDatabase } from '../../src/state/database.ts';
import { openState, type State, stateOver } from '../../src/state/state.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { empty, places } from './places.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const monday = '2026-01-05T06:00:00.000Z';
const nextMonday = '2026-01-12T06:00:00.000Z';
/** Minutes after the first tick. */
const at = (minutes: number) => new Date(Date.parse(monday) + minutes * 60_000);

describe.each(places)('$place', ({ open }) => {
  let database: OpenDatabase;
  let state: State;
  beforeAll(async () => {
    database = await open(folder.path);
    state = await stateOver(database);
  });
  afterEach(() => empty(database));
  afterAll(async () => state?.close());

  const only = async () => {
    const list = await state.jobs.list(10);
    expect(list).toHaveLength(1);
    return list[0]!;
  };

  test('a tick makes one job, however often it is told', async () => {
    await state.jobs.enqueue('refresh', monday);
    await state.jobs.enqueue('refresh', monday);
    const waiting = {
      id: 1,
      kind: 'refresh',
      dueAt: monday,
      status: 'waiting',
      attempts: 0,
      notBefore: monday,
      claimedBy: null,
      claimedUntil: null,
      finishedAt: null,
      message: null,
    };
    expect(await state.jobs.list(10)).toEqual([waiting]);
    await state.jobs.enqueue('recluster', monday);
    await state.jobs.enqueue('refresh', nextMonday);
    const list = await state.jobs.list(10);
    expect(list.map(({ kind, dueAt }) => [kind, dueAt])).toEqual([
      ['refresh', nextMonday],
      ['recluster', monday],
      ['refresh', monday],
    ]);
    expect(await state.jobs.list(1)).toEqual([list[0]]);
  });

  test('the latest tick of a kind that has a job is known, whatever came of it', async () => {
    expect(await state.jobs.lastDue('refresh')).toBeUndefined();
    await state.jobs.enqueue('refresh', nextMonday);
    await state.jobs.enqueue('refresh', monday);
    expect(await state.jobs.lastDue('refresh')).toBe(nextMonday);
    expect(await state.jobs.lastDue('recluster')).toBeUndefined();
    const job = await state.jobs.claim('a', new Date(nextMonday), 60);
    await state.jobs.finish(job!.id, 'a', new Date(nextMonday), 'done');
    expect(await state.jobs.lastDue('refresh')).toBe(nextMonday);
  });

  test('a job is claimed when it is due, the earliest first, by one', async () => {
    await state.jobs.enqueue('refresh', nextMonday);
    await state.jobs.enqueue('refresh', monday);
    expect(await state.jobs.claim('a', at(-1), 60)).toBeUndefined();
    expect(await state.jobs.claim('a', at(0), 60)).toMatchObject({
      dueAt: monday,
      status: 'running',
      attempts: 1,
      claimedBy: 'a',
      claimedUntil: at(1).toISOString(),
    });
    expect(await state.jobs.claim('b', at(0.5), 60)).toBeUndefined();
  });

  test('finishing tells what came of it and lets go', async () => {
    await state.jobs.enqueue('refresh', monday);
    const { id } = (await state.jobs.claim('a', at(0), 60))!;
    await state.jobs.finish(id, 'a', at(3), '212 moved\0');
    expect(await only()).toMatchObject({
      status: 'done',
      attempts: 1,
      claimedBy: null,
      claimedUntil: null,
      finishedAt: at(3).toISOString(),
      message: '212 moved',
    });
    expect(await state.jobs.claim('a', at(1000), 60)).toBeUndefined();
  });

  test('what failed is tried again not before its time, and in the end stays failed', async () => {
    await state.jobs.enqueue('refresh', monday);
    const { id } = (await state.jobs.claim('a', at(0), 60))!;
    await state.jobs.fail(id, 'a', at(1), 'the feed is locked', at(10));
    expect(await only()).toMatchObject({
      status: 'waiting',
      notBefore: at(10).toISOString(),
      claimedBy: null,
      finishedAt: null,
      message: 'the feed is locked',
    });
    expect(await state.jobs.claim('b', at(9), 60)).toBeUndefined();
    expect(await state.jobs.claim('b', at(10), 60)).toMatchObject({ id, attempts: 2, dueAt: monday });
    await state.jobs.fail(id, 'b', at(11), 'still locked', null);
    expect(await only()).toMatchObject({
      status: 'failed',
      finishedAt: at(11).toISOString(),
      message: 'still locked',
    });
    expect(await state.jobs.claim('b', at(1000), 60)).toBeUndefined();
  });

  test('one that is put back is as it was before it was claimed', async () => {
    await state.jobs.enqueue('refresh', monday);
    const waiting = await only();
    for (let time = 0; time < 10; time++) {
      const { id } = (await state.jobs.claim('a', at(time), 60))!;
      await state.jobs.putBack(id, 'a');
    }
    expect(await only()).toEqual(waiting);
  });

  test('a claim can be prolonged; one that ran out is taken over, and who lost it changes nothing', async () => {
    await state.jobs.enqueue('refresh', monday);
    const { id } = (await state.jobs.claim('a', at(0), 60))!;
    expect(await state.jobs.renew(id, 'a', at(0.5), 120)).toBe(true);
    expect(await state.jobs.claim('b', at(2), 60)).toBeUndefined();
    expect(await state.jobs.claim('b', at(2.51), 60)).toMatchObject({ id, claimedBy: 'b', attempts: 2 });

    const running = await only();
    expect(await state.jobs.renew(id, 'a', at(2.6), 600)).toBe(false);
    await state.jobs.finish(id, 'a', at(2.6), 'late');
    expect(await state.jobs.fail(id, 'a', at(2.6), 'late', at(3))).toBe(false);
    await state.jobs.putBack(id, 'a');
    expect(await only()).toEqual(running);

    await state.jobs.finish(id, 'b', at(2.7), 'done by b');
    const done = await only();
    expect(await state.jobs.renew(id, 'b', at(2.8), 600)).toBe(false);
    await state.jobs.fail(id, 'b', at(2.8), 'twice', null);
    expect(await only()).toEqual(done);
  });
});

describe('several servers on one Postgres', () => {
  test('that claim at once never get the same job', async () => {
    const url = await freshDatabase();
    const states = await Promise.all([1, 2, 3].map(() => openState({ dataDir: folder.path, url })));
    const ticks = Array.from({ length: 20 }, (_, week) => at(-week * 7 * 24 * 60).toISOString());
    await Promise.all(states.flatMap(state => ticks.map(tick => state.jobs.enqueue('refresh', tick))));
    expect(await states[0]!.jobs.list(100)).toHaveLength(20);

    const claims = await Promise.all(
      states.flatMap((state, i) =>
        Array.from({ length: 10 }, () => state.jobs.claim(`server ${i}`, at(0), 60)),
      ),
    );
    const ids = claims.flatMap(job => (job ? [job.id] : []));
    expect(ids).toHaveLength(20);
    expect(new Set(ids).size).toBe(20);
    await Promise.all(states.map(state => state.close()));
  });

  test('a job that another is about to claim is passed over, not waited for', async () => {
    const url = await freshDatabase();
    const [state, other] = await Promise.all([1, 2].map(() => openState({ dataDir: folder.path, url })));
    await state!.jobs.enqueue('refresh', monday);
    await state!.jobs.enqueue('refresh', nextMonday);
    const sql = postgres(url, { max: 1 });
    await sql.begin(async tx => {
      await tx`SELECT 1 FROM kindred_state.jobs WHERE due_at = ${monday} FOR UPDATE`;
      expect((await other!.jobs.claim('b', new Date(nextMonday), 60))?.dueAt).toBe(nextMonday);
      expect(await other!.jobs.claim('b', new Date(nextMonday), 60)).toBeUndefined();
    });
    expect((await other!.jobs.claim('b', new Date(nextMonday), 60))?.dueAt).toBe(monday);
    await Promise.all([state!.close(), other!.close(), sql.end()]);
  });
});
