import { expect, test } from 'vitest';
import type { NumericScoreId } from '../../../src/segmentation/predictions/score-columns.ts';
import { predictionsBySegment } from '../../../src/segmentation/predictions/segment-predictions.ts';

const unknown = Number.NaN;
const none = Float64Array.of(unknown, unknown, unknown, unknown);
const numbers = {
  expected_orders_90: Float64Array.of(1, 2, 0.5, 9),
  lifetime_value: Float64Array.of(10, unknown, 5, 90),
  value_at_risk: none,
  churn_probability: Float64Array.of(0.25, 0.75, 0.5, 1),
  alive_probability: none,
  days_overdue: Float64Array.of(3, unknown, -2, 1),
} as Record<NumericScoreId, Float64Array>;

test('scores are added up over the members of each segment; who is in none counts nowhere', () => {
  const [first, second, empty] = predictionsBySegment(
    ['first', 'second', 'empty'],
    Int32Array.of(0, 0, 1, -1),
    {
      numbers,
    },
  );
  expect(first).toEqual({
    key: 'first',
    customers: 2,
    expectedOrders90: 3,
    lifetimeValue: 10,
    valueAtRisk: 0,
    churn: 0.5,
    alive: null,
    // One-time buyers of whom the next order is not due for years are not late, and are members all the same.
    overdue: 0.5,
  });
  expect(second).toMatchObject({ customers: 1, churn: 0.5, overdue: 0 });
  expect(empty).toEqual({
    key: 'empty',
    customers: 0,
    expectedOrders90: 0,
    lifetimeValue: 0,
    valueAtRisk: 0,
    churn: null,
    alive: null,
    overdue: null,
  });
});
