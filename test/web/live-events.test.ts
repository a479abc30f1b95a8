import { afterEach, beforeEach, expect, test } from 'vitest';
import { addTrigger, showTrigger } from '../../src/segmentation/triggers/manage.ts';
import { readEvents } from '../../src/sources/arriving-rows.ts';
import { openState, type State } from '../../src/state/state.ts';
import { createTurns } from '../../src/turns.ts';
import { openDuckDb } from '../../src/warehouse/duckdb.ts';
import type { Warehouse } from '../../src/warehouse/port.ts';
import { liveEvents } from '../../src/web/live-events.ts';
import { freshDatabase } from '../support/fresh-database.ts';

const start = Date.parse('2026-11-22T12:00:00Z');
const day = 86_400_000;

let warehouse: Warehouse;
let state: State;
let now: number;
beforeEach(async () => {
  now = start;
  warehouse = await openDuckDb({ file: ':memory:' });
  state = await openState({ dataDir: '/nowhere', url: await freshDatabase() });
});
afterEach(async () => {
  await warehouse.close();
  await state.close();
});

const members = () => warehouse.query('SELECT profile_id, left_at FROM trigger_members ORDER BY profile_id');
const event = (id: string, customer = 'C1') => ({
  json: {
    event_id: id,
    customer_id: customer,
    occurred_at: new Date(now).toISOString(),
    type: 'Product Viewed',
  },
});

function begin(failing: { now: boolean } = { now: false }) {
  const logged: object[] = [];
  const log = { info: () => {}, warn: () => {}, error: (facts: object) => void logged.push(facts) };
  const broken: Warehouse = {
    ...warehouse,
    transaction: work =>
      warehouse.transaction(async tx => {
        const done = await work(tx);
        if (failing.now) throw new Error('the disk is gone');
        return done;
      }),
  };
  const app = {
    state: async () => state,
    warehouse: async () => broken,
    now: () => new Date(now),
    config: { key: null },
  };
  return { ...liveEvents(app, createTurns(), () => log, new AbortController().signal), logged };
}

const rule = '{"all":[{"type":"Product Viewed","atLeast":1,"withinDays":2}]}';
const add = () => addTrigger({ warehouse, state, now: () => new Date(now) }, { rule, actor: 'ada' });

test('a beat has those leave whose time is over, with nothing arriving, and does nothing before', async () => {
  await add();
  const live = begin();
  await live.look();
  await live.intake.take('shop', readEvents([event('e1')], new Date(now)), 1);
  now = start + 2 * day - 1;
  await live.beat();
  expect(await members()).toEqual([{ profile_id: 'shop/C1', left_at: null }]);
  now = start + 3 * day;
  await live.beat();
  expect(await members()).toEqual([{ profile_id: 'shop/C1', left_at: '2026-11-24T12:00:00Z' }]);
  expect(live.logged).toEqual([]);
});

test('a trigger that is made meanwhile is watched from the next look or event on', async () => {
  const live = begin();
  await live.look();
  await live.intake.take('shop', readEvents([event('e1')], new Date(now)), 1);
  await add();
  await live.intake.take('shop', readEvents([event('e2', 'C2')], new Date(now)), 1);
  expect(await members()).toHaveLength(2);
});

test('a look that takes long leaves the stores to others before the next', async () => {
  const order: string[] = [];
  const slow: Warehouse = {
    ...warehouse,
    transaction: async work => {
      order.push('look');
      await new Promise(resolve => setTimeout(resolve, 200));
      return warehouse.transaction(work);
    },
  };
  const turns = createTurns();
  const app = {
    state: async () => state,
    warehouse: async () => slow,
    now: () => new Date(now),
    config: { key: null },
  };
  const live = liveEvents(
    app,
    turns,
    () => ({ info() {}, warn() {}, error() {} }),
    new AbortController().signal,
  );
  await live.look();
  const next = live.look();
  for (const other of ['one', 'another']) await turns.take(other, async () => void order.push(other));
  await Promise.all([next, live.look()]);
  expect(order).toEqual(['look', 'one', 'another', 'look']);
});

test('what fails is stored neither as an event nor as a member, and can be sent again', async () => {
  await add();
  const failing = { now: false };
  const live = begin(failing);
  await live.look();
  failing.now = true;
  await expect(live.intake.take('shop', readEvents([event('e1')], new Date(now)), 1)).rejects.toThrow('disk');
  await live.look();
  await live.beat();
  expect(live.logged).toHaveLength(1);
  expect(await members()).toEqual([]);
  failing.now = false;
  const fates = await live.intake.take('shop', readEvents([event('e1')], new Date(now)), 1);
  expect(fates).toEqual({ received: 1, stored: 1, rejected: 0, alreadyThere: 0 });
  expect(await members()).toEqual([{ profile_id: 'shop/C1', left_at: null }]);
});

test('where the clock is put back, who is in is what it says by then, and again what it said before', async () => {
  const { trigger } = await add();
  const live = begin();
  await live.intake.take('shop', readEvents([event('e1')], new Date(now)), 1);
  now = start - day;
  const { figures } = await showTrigger({ warehouse, state, now: () => new Date(now) }, trigger.id);
  expect(figures.members).toBe(0);
  await live.look();
  now = start + day;
  await live.look();
  expect(await members()).toEqual([{ profile_id: 'shop/C1', left_at: null }]);
});

test('what a kill left between the stores, a start completes', async () => {
  const first = begin();
  await first.intake.take('shop', readEvents([event('e1')], new Date(now)), 1);
  const { trigger } = await add();
  await warehouse.execute('DELETE FROM trigger_members');
  await warehouse.execute('DELETE FROM watched');
  now += day;
  await begin().look();
  expect(await warehouse.query('SELECT profile_id, entered_at FROM trigger_members')).toEqual([
    { profile_id: 'shop/C1', entered_at: '2026-11-22T12:00:00Z' },
  ]);
  await state.triggers.remove(trigger.id, { at: new Date(now).toISOString(), actor: 'ada' });
  await begin().look();
  expect(await members()).toEqual([]);
});
