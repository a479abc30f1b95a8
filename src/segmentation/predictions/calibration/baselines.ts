import type { LastPeriod } from '../histories.ts';
import type { Baseline, Target } from './calibration.ts';

/** What is predicted of the days to come, one entry per customer: occasions, the chance of none, revenue after returns. */
export type Predicted = Record<Target, Float64Array>;

/**
 * A plain baseline's prediction. `orders` and `revenue` are scaled from the days of the period to the days asked for; the
 * chance of no order is that of as many days as the period has, as it does not scale: ask with a period of that length.
 *
 * @param segment segment[i]: index of the segment in which customer i stands, -1 for none; the mean of all for null
 */
export function baselinePredictions(
  baseline: Baseline,
  period: LastPeriod,
  segment: Int32Array | null,
  days = period.days,
): Predicted {
  return baseline === 'last-period' ? lastPeriod(period, days) : segmentMean(period, segment, days);
}

/** Everybody does again what they did. */
function lastPeriod({ days: of, orders, revenue }: LastPeriod, days: number): Predicted {
  const scale = days / of;
  return {
    orders: orders.map(value => value * scale),
    churn: orders.map(value => (value > 0 ? 0 : 1)),
    revenue: revenue.map(value => value * scale),
  };
}

/** Everybody does what the members of their segment did on average; who stands in none does as those who stand in none. */
function segmentMean(
  { days: of, orders, revenue }: LastPeriod,
  segment: Int32Array | null,
  days: number,
): Predicted {
  const sums = new Map<number, { customers: number; orders: number; idle: number; revenue: number }>();
  const at = (i: number) => segment?.[i] ?? -1;
  for (let i = 0; i < orders.length; i++) {
    const sum = sums.get(at(i)) ?? { customers: 0, orders: 0, idle: 0, revenue: 0 };
    sum.customers++;
    sum.orders += orders[i]!;
    sum.idle += orders[i]! > 0 ? 0 : 1;
    sum.revenue += revenue[i]!;
    sums.set(at(i), sum);
  }
  const scale = days / of;
  const mean = (
    pick: (sum: { customers: number; orders: number; idle: number; revenue: number }) => number,
  ) =>
    Float64Array.from(orders, (_, i) => {
      const sum = sums.get(at(i))!;
      return pick(sum) / sum.customers;
    });
  return {
    orders: mean(sum => sum.orders * scale),
    churn: mean(sum => sum.idle),
    revenue: mean(sum => sum.revenue * scale),
  };
}
