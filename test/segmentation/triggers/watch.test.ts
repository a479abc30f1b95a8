import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reconcileTriggers } from '../../../src/segmentation/triggers/reconcile.ts';
import { ruleId } from '../../../src/segmentation/triggers/rule.ts';
import type { Trigger, TriggerRule } from '../../../src/segmentation/triggers/trigger.ts';
import { createWatch } from '../../../src/segmentation/triggers/watch.ts';
import { arrivedTable, forgetArrived, storeEvents } from '../../../src/sources/arriving-events.ts';
import { readEvents } from '../../../src/sources/arriving-rows.ts';
import type { Warehouse } from '../../../src/warehouse/port.ts';
import { stores } from '../../warehouse/stores.ts';

const hour = 3_600_000;
const begin = Date.parse('2026-11-01T00:00:00Z');
const owner = 'me';

const rules: TriggerRule[] = [
  { all: [{ type: 'product viewed', category: 'Outerwear', atLeast: 2, withinDays: 1 }] },
  {
    all: [
      { type: 'Product Viewed', atLeast: 1, withinDays: 2 },
      { type: 'Order Completed', atMost: 0, withinDays: 1 },
    ],
  },
  { all: [{ type: 'Order Completed', atLeast: 2, withinDays: 3 }] },
  {
    all: [
      { type: 'Product Viewed', sku: 's1', atLeast: 1, withinDays: 1 },
      { type: 'Product Viewed', atMost: 2, withinDays: 1 },
    ],
  },
];
const triggers: Trigger[] = rules.map(rule => ({
  id: ruleId(rule),
  name: 'a rule',
  rule,
  createdAt: new Date(begin + 12 * hour).toISOString(),
  createdBy: 'ada',
}));

const event = fc.record({
  customer_id: fc.constantFrom('a', 'b', 'c'),
  type: fc.constantFrom('Product Viewed', 'PRODUCT VIEWED', 'Order Completed'),
  category: fc.constantFrom('outerwear', 'Outerwear', 'shoes', null),
  sku: fc.constantFrom('S1', 's2', null),
  offset: fc.oneof(
    fc.integer({ min: -30, max: 8 }),
    fc.integer({ min: -9, max: 9 }).map(tenths => tenths / 10),
  ),
});
const coat = { customer_id: 'b', type: 'Product Viewed', category: 'Outerwear', sku: null } as const;
/** Batches of events with the hours until each, for one of two servers; now and then one is started anew. */
const batches = fc.array(
  fc.record({
    hours: fc.oneof(
      fc.integer({ min: 0, max: 20 }),
      fc.integer({ min: 0, max: 5 }).map(tenths => tenths / 10),
    ),
    events: fc.array(event, { maxLength: 5 }),
    again: fc.boolean(),
    asked: fc.boolean(),
    server: fc.nat({ max: 1 }),
    restart: fc.integer({ min: 0, max: 4 }).map(draw => draw === 0),
  }),
  { minLength: 1, maxLength: 8 },
);
/** Somebody enters while only another process looks, and has left by the time the server looks again. */
const unseen: Batches = [
  { hours: 13, events: [0, 6].map(offset => ({ ...coat, offset })), server: 0, asked: false },
  { hours: 8, events: [], server: 1, asked: true },
  { hours: 20, events: [], server: 0, asked: false },
].map(step => ({ ...step, again: false, restart: false }));
type Batches = typeof batches extends fc.Arbitrary<infer Value> ? Value : never;

describe.each(stores)('in $store', ({ store, open }) => {
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await open();
  });
  afterAll(() => warehouse.close());

  const members = () =>
    warehouse.query('SELECT * FROM trigger_members ORDER BY trigger_id, profile_id, entered_at');

  async function replay(steps: Batches): Promise<void> {
    for (const table of [
      'events',
      'orders',
      'identities',
      'imports',
      'rejects',
      'trigger_members',
      'watched',
    ])
      await warehouse.execute(`DELETE FROM ${table}`);
    const order = `TIMESTAMP '2026-11-01 20:00:00'`;
    await warehouse.execute(
      `INSERT INTO identities (source, source_id, profile_id) VALUES ('shop', 'a', 'shop/a')`,
    );
    await warehouse.execute(
      `INSERT INTO orders (source, order_id, customer_id, profile_id, ordered_at) VALUES ('shop', 'O1', 'a', 'shop/a', ${order})`,
    );
    const start = () => createWatch(owner, async () => triggers);
    const watches = [start(), start()];
    let now = begin;
    let sent = 0;
    const reconciled = async () => {
      await warehouse.transaction(tx => reconcileTriggers(tx, owner, triggers, now));
      return members();
    };
    /** What all stored rows say, whatever was told before. */
    const anew = async () => {
      await warehouse.execute('DELETE FROM watched');
      return reconciled();
    };
    for (const { hours, events, again, asked, server, restart } of steps) {
      if (restart) watches[server] = start();
      now += hours * hour;
      if (asked) expect(await reconciled()).toEqual(await anew());
      const rows = events.map(({ offset, ...rest }) => ({
        json: { ...rest, event_id: `e${sent++}`, occurred_at: new Date(now + offset * hour).toISOString() },
      }));
      const read = readEvents(rows, new Date(now));
      for (let time = 0; time < (again ? 2 : 1); time++)
        await watches[server]!.transaction(warehouse, new Date(now), async ({ tx, arrived }) => {
          const { fates, upset } = await storeEvents(tx, 'shop', [read], new Date(now));
          expect(upset).toBe(false);
          expect(fates[0]![time === 0 ? 'stored' : 'alreadyThere']).toBe(read.events.length);
          await arrived(arrivedTable);
          await forgetArrived(tx);
        });
      expect(await members()).toEqual(await anew());
    }
    const served = await members();
    await warehouse.execute('DELETE FROM trigger_members');
    expect(served).toEqual(await anew());
  }

  test('who the server has in, from when to when, is what the stored events say', async () => {
    const numRuns = store === 'DuckDB' ? 7 : 3;
    await fc.assert(fc.asyncProperty(batches, replay), { numRuns, examples: [[unseen]] });
  }, 60_000);
});
