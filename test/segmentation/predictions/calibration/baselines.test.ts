import fc from 'fast-check';
import { expect, test } from 'vitest';
import { baselinePredictions } from '../../../../src/segmentation/predictions/calibration/baselines.ts';

const customers = fc.array(
  fc.record({
    orders: fc.integer({ min: 0, max: 9 }),
    revenue: fc.integer({ min: 0, max: 1000 }),
    segment: fc.integer({ min: -1, max: 3 }),
  }),
  { minLength: 1, maxLength: 60 },
);

function shopOf(all: readonly { orders: number; revenue: number; segment: number }[]) {
  return {
    period: {
      days: 90,
      orders: Float64Array.from(all, one => one.orders),
      revenue: Float64Array.from(all, one => one.revenue),
    },
    segment: Int32Array.from(all, one => one.segment),
  };
}

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);

test('the last period again: what everybody did, scaled to the days asked for', () => {
  const { period, segment } = shopOf([
    { orders: 3, revenue: 90, segment: 0 },
    { orders: 0, revenue: 0, segment: 1 },
  ]);
  expect(baselinePredictions('last-period', period, segment)).toEqual({
    orders: Float64Array.of(3, 0),
    churn: Float64Array.of(0, 1),
    revenue: Float64Array.of(90, 0),
  });
  expect([...baselinePredictions('last-period', period, segment, 30).orders]).toEqual([1, 0]);
  expect([...baselinePredictions('last-period', period, segment, 360).revenue]).toEqual([360, 0]);
});

test('the mean of a segment is its members’, and that of nobody else', () => {
  fc.assert(
    fc.property(customers, all => {
      const { period, segment } = shopOf(all);
      const found = baselinePredictions('segment-mean', period, segment);
      for (const [i, { segment: own }] of all.entries()) {
        const members = all.filter(one => one.segment === own);
        const mean = (pick: (one: (typeof all)[number]) => number) =>
          members.reduce((total, one) => total + pick(one), 0) / members.length;
        expect(found.orders[i]).toBeCloseTo(
          mean(one => one.orders),
          9,
        );
        expect(found.churn[i]).toBeCloseTo(
          mean(one => (one.orders > 0 ? 0 : 1)),
          9,
        );
        expect(found.revenue[i]).toBeCloseTo(
          mean(one => one.revenue),
          9,
        );
      }
    }),
  );
});

test('both keep the sums of the last period, with segments and without', () => {
  fc.assert(
    fc.property(customers, all => {
      const { period, segment } = shopOf(all);
      for (const by of [segment, null])
        for (const baseline of ['last-period', 'segment-mean'] as const) {
          const { orders, churn, revenue } = baselinePredictions(baseline, period, by);
          expect(sum(orders)).toBeCloseTo(sum(period.orders), 6);
          expect(sum(revenue)).toBeCloseTo(sum(period.revenue), 6);
          expect(sum(churn)).toBeCloseTo(all.filter(one => one.orders === 0).length, 6);
        }
    }),
  );
});
