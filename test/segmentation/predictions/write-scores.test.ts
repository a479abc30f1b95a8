import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silent } from '../../../src/progress.ts';
import { currentModel } from '../../../src/segmentation/current.ts';
import type { Predictions } from '../../../src/segmentation/predictions/predictions.ts';
import { scores } from '../../../src/segmentation/predictions/scores.ts';
import { scoresStand } from '../../../src/segmentation/predictions/store-scores.ts';
import { writeScores } from '../../../src/segmentation/predictions/write-scores.ts';
import { rollback } from '../../../src/segmentation/recluster/promote.ts';
import { recluster } from '../../../src/segmentation/recluster/recluster.ts';
import { refresh } from '../../../src/segmentation/refresh/refresh.ts';
import { segmentShop } from '../../../src/segmentation/segment-shop.ts';
import { openState } from '../../../src/state/state.ts';
import type { Warehouse } from '../../../src/warehouse/port.ts';
import { freshDatabase } from '../../support/fresh-database.ts';
import { approve } from '../recluster/approve-candidate.ts';
import { type LivedShop, livedShop } from '../refresh/lived-shop.ts';

/** Orders go back far enough for predictions, and enough customers came back. */
const grown = { customers: 240, past: 78, ahead: 6 };

/** Leaves each customer the first of their orders. */
const firstOrders = `DELETE FROM orders WHERE EXISTS (
  SELECT 1 FROM orders earlier WHERE earlier.profile_id = orders.profile_id
    AND (earlier.ordered_at, earlier.order_id) < (orders.ordered_at, orders.order_id))`;

type Scored = Extract<Predictions, { kind: 'scored' }>;
type Row = Record<string, string | number | null> & { as_of: string; profile_id: string };

async function rowsOf({ context }: LivedShop): Promise<Row[]> {
  return context.warehouse.query<Row>(
    `SELECT as_of, profile_id, ${scores.map(({ id }) => id).join(', ')} FROM scores
     WHERE owner = $1 ORDER BY as_of, profile_id COLLATE "C"`,
    [context.state.owner],
  );
}

const datesOf = (rows: readonly Row[]) => [...new Set(rows.map(({ as_of }) => as_of.slice(0, 10)))];

function scoredIn(predictions: Predictions | undefined): Scored {
  if (predictions?.kind !== 'scored') throw new Error(`Not scored: ${JSON.stringify(predictions)}`);
  return predictions;
}

describe('in a shop old and large enough', () => {
  let shop: LivedShop;
  beforeAll(async () => {
    shop = await livedShop(grown);
  });
  afterAll(() => shop.close());

  test('segmenting and each refresh score everybody who is placed, and the last two dates are kept', async () => {
    for (const week of [1, 2]) await shop.refresh(week);
    const rows = await rowsOf(shop);
    expect(datesOf(rows)).toEqual([shop.asOf(1), shop.asOf(2)]);
    const placed = await shop.context.warehouse.query(
      `SELECT as_of, profile_id FROM placements ORDER BY as_of, profile_id COLLATE "C"`,
    );
    expect(rows.map(({ as_of, profile_id }) => ({ as_of, profile_id }))).toEqual(placed);
    for (const { predictions } of await shop.context.state.refreshes.list())
      expect(predictions!.kind).toBe('scored');
  });

  test('the record tells of each segment what its members’ scores add up to', async () => {
    const { record } = await shop.refresh(2);
    const predictions = scoredIn(record.predictions);
    const told = await shop.context.warehouse.query<Record<string, number>>(
      `SELECT p.segment_key AS key, count(*) AS customers, sum(s.expected_orders_90) AS orders,
         sum(s.lifetime_value) AS value, sum(s.value_at_risk) AS risk, avg(s.churn_probability) AS churn,
         avg(s.alive_probability) AS alive,
         avg(CASE WHEN s.days_overdue > 0 THEN 1.0 ELSE 0.0 END) AS overdue
       FROM scores s JOIN placements p ON p.as_of = s.as_of AND p.profile_id = s.profile_id
       WHERE s.as_of = TIMESTAMP '${shop.asOf(2)}' GROUP BY p.segment_key`,
    );
    expect(predictions.segments.map(({ key, customers }) => [key, customers])).toEqual(
      record.segments.map(({ key, size }) => [key, size]),
    );
    for (const segment of predictions.segments) {
      const sums = told.find(({ key }) => String(key) === segment.key)!;
      expect(segment.expectedOrders90).toBeCloseTo(sums.orders!, 4);
      expect(segment.lifetimeValue).toBeCloseTo(sums.value!, 2);
      expect(segment.valueAtRisk).toBeCloseTo(sums.risk!, 2);
      expect(segment.churn).toBeCloseTo(sums.churn!, 6);
      expect(segment.alive).toBeCloseTo(sums.alive!, 6);
      expect(segment.overdue).toBeCloseTo(sums.overdue!, 6);
    }
  });

  test('scores tell who is about to order from who is not', async () => {
    const { warehouse } = shop.context;
    const rows = (await rowsOf(shop)).filter(({ as_of }) => as_of.startsWith(shop.asOf(2)));
    const ordered = await warehouse.query<{ profile_id: string }>(
      `SELECT DISTINCT profile_id FROM orders
       WHERE ordered_at >= TIMESTAMP '${shop.asOf(2)}' AND ordered_at < TIMESTAMP '${shop.asOf(6)}'`,
    );
    const came = new Set(ordered.map(({ profile_id }) => profile_id));
    const mean = (of: Row[]) => of.reduce((sum, row) => sum + Number(row.churn_probability), 0) / of.length;
    const [those, others] = [
      rows.filter(row => came.has(row.profile_id)),
      rows.filter(row => !came.has(row.profile_id)),
    ];
    expect(those.length).toBeGreaterThan(20);
    expect(mean(those)).toBeLessThan(mean(others) - 0.3);
  });

  test('the same rows in another order, read by one thread, give the same scores to the last bit', async () => {
    const before = [await rowsOf(shop), (await shop.context.state.refreshes.latest())!.predictions];
    const { warehouse } = shop.context;
    await warehouse.execute('SET threads = 1');
    for (const table of ['orders', 'order_lines']) {
      await warehouse.execute(
        `CREATE TABLE shuffled AS SELECT * FROM ${table} ORDER BY md5(${table}.order_id)`,
      );
      await warehouse.execute(`DELETE FROM ${table}`);
      await warehouse.execute(`INSERT INTO ${table} SELECT * FROM shuffled`);
      await warehouse.execute('DROP TABLE shuffled');
    }
    expect((await shop.refresh(2, true)).kind).toBe('refreshed');
    expect([await rowsOf(shop), (await shop.context.state.refreshes.latest())!.predictions]).toEqual(before);
  });

  test('a promotion and its taking back score anew, by the segments that stand then', async () => {
    const { context } = shop;
    const before = [await rowsOf(shop), (await context.state.refreshes.latest())!.predictions];
    const outcome = await recluster(context, { asOf: shop.asOf(3), actor: 'ada' }, silent);
    if (!('proposal' in outcome)) throw new Error('no groups');
    const { record, model } = await approve(context, {
      id: outcome.proposal.id,
      by: 'ada',
      reason: 'better',
    });
    expect(scoredIn(record.predictions).segments.map(({ key }) => key)).toEqual(
      model.segments.map(({ key }) => key),
    );
    expect(datesOf(await rowsOf(shop))).toEqual([shop.asOf(2), shop.asOf(3)]);
    const back = await rollback(context, { by: 'ada', reason: 'worse' });
    expect(back.record.kind).toBe('rollback');
    expect(scoredIn(back.record.predictions).segments.map(({ key }) => key)).toEqual(
      back.model.segments.map(({ key }) => key),
    );
    // What scores of the date before rest on has not changed.
    expect((await rowsOf(shop)).filter(({ as_of }) => as_of.startsWith(shop.asOf(2)))).toEqual(
      (before[0] as Row[]).filter(({ as_of }) => as_of.startsWith(shop.asOf(2))),
    );
  });

  test('of two states that share the warehouse, each has scores of its own', async () => {
    const state = await openState({ dataDir: '', url: await freshDatabase() });
    const other = { ...shop.context, state };
    try {
      const mine = await rowsOf(shop);
      await segmentShop(other, { asOf: shop.asOf(1), k: 3, force: true }, silent);
      await refresh(other, { asOf: shop.asOf(4), again: false, actor: 'test' }, silent);
      expect(await rowsOf(shop)).toEqual(mine);
      expect(datesOf(await rowsOf({ ...shop, context: other }))).toEqual([shop.asOf(1), shop.asOf(4)]);
    } finally {
      await state.close();
    }
  });

  test('segmenting as of an earlier day takes back the scores of later ones', async () => {
    await segmentShop(shop.context, { asOf: shop.asOf(1), k: 4, force: true }, silent);
    expect(datesOf(await rowsOf(shop))).toEqual([shop.asOf(1)]);
    const { warehouse, state } = shop.context;
    const stand = (week: number) => scoresStand(warehouse, state.owner, shop.asOf(week));
    expect([await stand(0), await stand(1), await stand(2)]).toEqual([false, true, false]);
  });
});

describe('in a shop of another kind', () => {
  /** What becomes of the shop, and what is then said of its scores. */
  const shops: { name: string; become: string[]; reason: RegExp }[] = [
    {
      name: 'it is too young',
      become: [`DELETE FROM orders WHERE ordered_at < TIMESTAMP '2025-12-01'`],
      reason: /days/,
    },
    { name: 'nobody came back', become: [firstOrders], reason: /come back/ },
    {
      name: 'there is one customer',
      become: [`DELETE FROM orders WHERE profile_id <> 'shop/bulk'`],
      reason: /days|come back/,
    },
    { name: 'nobody ordered', become: ['DELETE FROM orders'], reason: /no orders/ },
  ];
  let shop: LivedShop;
  beforeAll(async () => {
    shop = await livedShop(grown);
  });
  afterAll(() => shop.close());

  test.each(shops)('there are no scores where $name, and it is said why', async ({ become, reason }) => {
    const model = await currentModel(shop.context.state);
    const said = await undone(shop.context.warehouse, async tx => {
      for (const sql of become) await tx.execute(sql);
      await tx.execute('DELETE FROM scores');
      const predictions = await writeScores(tx, {
        owner: 'somebody',
        model,
        asOf: shop.asOf(0),
        blockedTerms: [],
      });
      return [predictions, await tx.query('SELECT * FROM scores')];
    });
    expect(said).toEqual([{ kind: 'none', reason: expect.stringMatching(reason) }, []]);
  });

  test('without money there are the other scores', async () => {
    const model = await currentModel(shop.context.state);
    await undone(shop.context.warehouse, async tx => {
      await tx.execute('UPDATE orders SET total = NULL, refunded = NULL');
      const predictions = scoredIn(
        await writeScores(tx, {
          owner: shop.context.state.owner,
          model,
          asOf: shop.asOf(0),
          blockedTerms: [],
        }),
      );
      expect(predictions.spend).toBeNull();
      const [told] = await tx.query<Record<string, number>>(
        `SELECT count(*) AS customers, count(alive_probability) AS alive, count(expected_order_value) AS worth,
           count(lifetime_value) AS value, count(value_at_risk) AS at_risk FROM scores WHERE owner = $1`,
        [shop.context.state.owner],
      );
      expect(told).toEqual({
        customers: told!.customers,
        alive: told!.customers,
        worth: 0,
        value: 0,
        at_risk: 0,
      });
    });
  });

  test('where everybody buys like clockwork the scores are those of the last period, and all else is the model’s', async () => {
    const model = await currentModel(shop.context.state);
    await undone(shop.context.warehouse, async tx => {
      await tx.execute('CREATE TEMP TABLE people AS SELECT DISTINCT profile_id FROM orders');
      await tx.execute('DELETE FROM orders');
      // Each every 30 or every 45 days, to the last day of the shop.
      await tx.execute(`INSERT INTO orders (source, order_id, customer_id, profile_id, ordered_at, total)
        SELECT 'shop', profile_id || ' ' || n, profile_id, profile_id,
          TIMESTAMP '${shop.asOf(0)} 12:00:00' - INTERVAL 1 DAY * (1 + n * every), 20
        FROM (SELECT profile_id, CASE WHEN md5(profile_id) < '8' THEN 30 ELSE 45 END AS every FROM people) AS p,
          generate_series(0, 17) AS g(n)`);
      const { owner } = shop.context.state;
      const predictions = scoredIn(
        await writeScores(tx, { owner, model, asOf: shop.asOf(0), blockedTerms: [] }),
      );
      const { orders, churn, revenue } = predictions.calibration.targets;
      expect([orders.used, churn.used, revenue.used]).toEqual(Array(3).fill('last-period'));
      const rows = await tx.query<Record<string, number>>(
        `SELECT DISTINCT CASE WHEN md5(profile_id) < '8' THEN 30 ELSE 45 END AS every, expected_orders_90 AS orders,
           churn_probability AS churn, lifetime_value AS value FROM scores
         WHERE owner = $1 AND as_of = TIMESTAMP '${shop.asOf(0)}' ORDER BY every`,
        [owner],
      );
      expect(rows).toEqual([
        { every: 30, orders: 3, churn: 0, value: expect.closeTo((60 * 365) / 90, 5) },
        { every: 45, orders: 2, churn: 0, value: expect.closeTo((40 * 365) / 90, 5) },
      ]);
      const [modelled] = await tx.query<{ dates: number }>(
        'SELECT count(DISTINCT next_order_in) AS dates FROM scores WHERE owner = $1',
        [owner],
      );
      expect(modelled!.dates).toBe(2);
    });
  });

  test('a database of before there were predictions gets its scores with the next refresh', async () => {
    const { warehouse, state } = shop.context;
    await warehouse.execute('DELETE FROM scores');
    expect(await scoresStand(warehouse, state.owner, shop.asOf(0))).toBe(false);
    expect((await shop.refresh(1)).kind).toBe('refreshed');
    expect(datesOf(await rowsOf(shop))).toEqual([shop.asOf(1)]);
  });
});

/** What `work` says in a transaction that is rolled back. */
async function undone<T>(warehouse: Warehouse, work: (tx: Warehouse) => Promise<T>): Promise<T> {
  const said: T[] = [];
  const back = new Error('undone');
  await warehouse
    .transaction(async tx => {
      said.push(await work(tx));
      throw back;
    })
    .catch(error => {
      if (error !== back) throw error;
    });
  return said[0]!;
}
