import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Amounts } from '../../src/experiments/amounts.ts';
import { bootstrapDifference } from '../../src/experiments/bootstrap.ts';
import { shuffledP } from '../../src/experiments/permutation.ts';

const amounts = (values: readonly number[], customers = values.length): Amounts => ({
  customers,
  amounts: Float64Array.from(values),
  units: null,
});

const arm = fc
  .tuple(fc.array(fc.integer({ min: 1, max: 90_000 }), { minLength: 5, maxLength: 60 }), fc.nat(300))
  .map(([values, others]) => amounts(values, values.length + others));

const mean = ({ amounts, customers }: Amounts) => amounts.reduce((sum, value) => sum + value, 0) / customers;
const reversed = (of: Amounts): Amounts => ({ ...of, amounts: of.amounts.toReversed() });

describe('the bootstrap', () => {
  it('holds the difference, does not depend on the order, and scales with the unit of money', () => {
    fc.assert(
      fc.property(arm, arm, (a, b) => {
        const { low, high } = bootstrapDifference(a, b, 0.95, 199);
        const difference = mean(a) - mean(b);
        expect(low).toBeLessThanOrEqual(difference + 1e-6);
        expect(high).toBeGreaterThanOrEqual(difference - 1e-6);
        expect(bootstrapDifference(reversed(a), reversed(b), 0.95, 199)).toEqual({ low, high });
      }),
      { numRuns: 40 },
    );
  });

  it('is near the interval of Student where amounts are plain and many', () => {
    // Uniform amounts of 1..1000 twice over: the standard error of the difference of means is 12.91.
    const even = Array.from({ length: 1000 }, (_, i) => i + 1);
    const { low, high } = bootstrapDifference(amounts(even), amounts(even), 0.95, 4999);
    expect(high / 25.3).toBeCloseTo(1, 1);
    expect(low / -25.3).toBeCloseTo(1, 1);
  });

  it('is wider upwards where one arm is small and its tail is heavy', () => {
    const tail = [...Array.from({ length: 45 }, (_, i) => 10 + i), 400, 900, 2000];
    const { low, high } = bootstrapDifference(
      amounts(tail, 480),
      amounts(
        Array.from({ length: 900 }, (_, i) => 10 + (i % 45)),
        9000,
      ),
      0.95,
    );
    const difference =
      mean(amounts(tail, 480)) -
      mean(
        amounts(
          Array.from({ length: 900 }, (_, i) => 10 + (i % 45)),
          9000,
        ),
      );
    expect(high - difference).toBeGreaterThan(2 * (difference - low));
  });

  it('draws by group what is large, to the same interval', () => {
    // 1..9000, one customer in ten has one.
    const many = Array.from({ length: 9000 }, (_, i) => (i + 1) / 10);
    const { low, high } = bootstrapDifference(amounts(many, 90_000), amounts(many, 90_000), 0.95);
    const error = Math.sqrt((2 * (270_030 / 10 - 45.005 ** 2)) / 90_000);
    expect(high / (1.96 * error)).toBeCloseTo(1, 1);
    expect(low / (-1.96 * error)).toBeCloseTo(1, 1);
  });

  it('compares amounts an order as well', () => {
    const withOrders = (values: readonly number[], orders: readonly number[]): Amounts => ({
      ...amounts(values),
      units: Float64Array.from(orders),
    });
    const a = withOrders(
      Array.from({ length: 80 }, (_, i) => 1000 + 10 * i),
      Array.from({ length: 80 }, (_, i) => 1 + (i % 3)),
    );
    const { low, high } = bootstrapDifference(a, a, 0.95);
    expect(low).toBeLessThan(0);
    expect(high).toBeGreaterThan(0);
  });
});

describe('the shuffled test', () => {
  it('agrees with counting all splits of a small experiment', () => {
    // All 924 splits of twelve customers into two sixes by |Welch's t|, counted with itertools: 8 are as far out.
    const treated = amounts([12, 15, 9, 22, 31, 18]);
    const control = amounts([4, 8, 11, 3, 7, 10]);
    expect(shuffledP(treated, control, 40_000)).toBeCloseTo(8 / 924, 2);
  });

  it('is 1 where both arms are alike, and does not depend on the order', () => {
    fc.assert(
      fc.property(arm, arm, (a, b) => {
        expect(shuffledP(a, a, 99)).toBe(1);
        expect(shuffledP(reversed(a), b, 199)).toBe(shuffledP(a, reversed(b), 199));
      }),
      { numRuns: 40 },
    );
  });
});
