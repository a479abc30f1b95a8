import { expect, test } from 'vitest';
import { baselineScores } from '../../../src/segmentation/predictions/baseline-scores.ts';
import type {
  Calibration,
  Predictor,
  TargetCalibration,
} from '../../../src/segmentation/predictions/calibration/calibration.ts';
import { readHistories } from '../../../src/segmentation/predictions/histories.ts';
import { type Row, withShop } from '../../features/shop.ts';

const asOf = '2026-06-30';
const order = (profile_id: string, ordered_at: string, total: number, more: Row = {}): Row => ({
  source: 'shop',
  order_id: `${profile_id} ${ordered_at}`,
  customer_id: profile_id,
  profile_id,
  ordered_at,
  total,
  ...more,
});

/** The last 90 days begin on 2026-04-01, the last 30 on 2026-05-31. */
const orders = [
  order('ann', '2026-03-31 23:00:00', 500),
  order('bea', '2026-04-01 00:00:00', 60),
  order('bea', '2026-06-20 10:00:00', 30, { refunded: 10 }),
  order('bea', '2026-06-30 00:00:00', 900),
  order('cy', '2026-05-30 10:00:00', 100),
];
/** Of ann, bea and cy. */
const segment = Int32Array.of(0, 0, -1);

function calibrated(used: Record<'orders' | 'churn' | 'revenue', Predictor>): Calibration {
  const target = (by: Predictor): TargetCalibration => ({
    accuracies: [],
    used: by,
    draw: null,
    deciles: [],
    segments: [],
  });
  return {
    from: '2026-04-01',
    to: asOf,
    customers: 3,
    part: 1,
    targets: { orders: target(used.orders), churn: target(used.churn), revenue: target(used.revenue) },
    notes: [],
  };
}

const scored = (used: Parameters<typeof calibrated>[0], rows = orders) =>
  withShop({ orders: rows }, async warehouse => {
    const { paid, last } = await readHistories(warehouse, { asOf, last: [90, 30] });
    const [period, month] = [last[0]!, last[1]!];
    const scores = baselineScores(calibrated(used), { paid, period, month, segment });
    return Object.fromEntries(Object.entries(scores).map(([id, values]) => [id, [...values]]));
  });

test('where the last period did best, everybody does again what they did in as many days', async () => {
  expect(await scored({ orders: 'last-period', churn: 'last-period', revenue: 'last-period' })).toEqual({
    expected_orders_30: [0, 0.666666667, 0.333333333],
    expected_orders_90: [0, 2, 1],
    expected_orders_365: [0, 8.11111111, 4.05555556],
    churn_probability: [1, 0, 0],
    order_probability_30: [0, 1, 0],
    lifetime_value: [0, 324.444444, 405.555556],
  });
});

test('where the segment did best, everybody does as its members did', async () => {
  expect(await scored({ orders: 'segment-mean', churn: 'segment-mean', revenue: 'segment-mean' })).toEqual({
    expected_orders_30: [0.333333333, 0.333333333, 0.333333333],
    expected_orders_90: [1, 1, 1],
    expected_orders_365: [4.05555556, 4.05555556, 4.05555556],
    churn_probability: [0.5, 0.5, 0],
    order_probability_30: [0.5, 0.5, 0],
    lifetime_value: [162.222222, 162.222222, 405.555556],
  });
});

test('a target that a model won is left to the model', async () => {
  expect(await scored({ orders: 'bg-nbd', churn: 'bg-nbd', revenue: 'bg-nbd' })).toEqual({});
  const some = await scored({ orders: 'bg-nbd', churn: 'last-period', revenue: 'bg-nbd' });
  expect(Object.keys(some).toSorted()).toEqual(['churn_probability', 'order_probability_30']);
});

test('what nobody ever paid for says nothing of what anybody is worth', async () => {
  const free = orders.map(row => ({ ...row, total: null }));
  const scores = await scored({ orders: 'last-period', churn: 'bg-nbd', revenue: 'last-period' }, free);
  expect(Object.keys(scores)).toEqual(['expected_orders_30', 'expected_orders_90', 'expected_orders_365']);
});
