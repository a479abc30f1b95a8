import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { normalQuantile, upperTail } from '../../src/experiments/normal.ts';
import { exactRateP, newcombe, wilson } from '../../src/experiments/rates.ts';
import { sampleRatioP } from '../../src/experiments/sample-ratio.ts';

const rate = (successes: number, of: number) => ({ successes, of });

test('the normal distribution agrees with scipy.stats.norm (ppf, sf)', () => {
  const quantiles = [
    [1e-9, -5.9978070150076865],
    [0.001, -3.090232306167813],
    [0.025, -1.9599639845400545],
    [0.2, -0.8416212335729142],
    [0.975, 1.959963984540054],
  ] as const;
  for (const [p, z] of quantiles) expect(normalQuantile(p)).toBeCloseTo(z, 10);
  const tails = [
    [0.5, 0.3085375387259869],
    [2, 0.022750131948179195],
    [3, 0.0013498980316300933],
    [5, 2.866515718791933e-7],
    [8, 6.22096057427174e-16],
  ] as const;
  for (const [z, p] of tails) expect(upperTail(z) / p).toBeCloseTo(1, 10);
});

// Newcombe (1998), Two-sided confidence intervals for the single proportion, table I, method 3.
it.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])("Wilson's interval of %i of %i is as published", (successes, of, low, high) => {
  const interval = wilson(rate(successes, of), 0.95);
  expect(interval.low).toBeCloseTo(low, 4);
  expect(interval.high).toBeCloseTo(high, 4);
});

// Newcombe (1998), Interval estimation for the difference between independent proportions, table II, method 10.
it.each([
  [56, 70, 48, 80, 0.0524, 0.3339],
  [9, 10, 3, 10, 0.1705, 0.809],
  [6, 7, 2, 7, 0.0582, 0.8062],
  [5, 56, 0, 29, -0.0381, 0.1926],
  [0, 10, 0, 20, -0.1611, 0.2775],
  [0, 10, 0, 10, -0.2775, 0.2775],
  [10, 10, 0, 20, 0.6791, 1],
  [10, 10, 0, 10, 0.6075, 1],
])("Newcombe's interval of %i/%i less %i/%i is as published", (a, m, b, n, low, high) => {
  const interval = newcombe(rate(a, m), rate(b, n), 0.95);
  expect(interval.low).toBeCloseTo(low, 4);
  expect(interval.high).toBeCloseTo(high, 4);
});

// scipy.stats.fisher_exact, two-sided.
it.each([
  [8, 10, 1, 6, 0.034965034965034975],
  [30, 500, 10, 100, 0.1838584274671395],
  [900, 19_000, 40, 1_000, 0.31872248088604105],
])('the exact test of %i/%i against %i/%i agrees with scipy', (a, m, b, n, p) => {
  expect(exactRateP(rate(a, m), rate(b, n))).toBeCloseTo(p, 10);
});

// scipy.stats.chisquare.
test('the sample ratio agrees with the chi-square test of scipy', () => {
  expect(sampleRatioP(9450, 550, 0.05)).toBeCloseTo(0.021781462791119595, 10);
  expect(sampleRatioP(821, 588, 0.5) / 5.391396712422745e-10).toBeCloseTo(1, 8);
  expect(sampleRatioP(0, 0, 0.1)).toBe(1);
});

describe('laws', () => {
  const arm = fc
    .integer({ min: 1, max: 3_000 })
    .chain(of => fc.tuple(fc.integer({ min: 0, max: of }), fc.constant(of)))
    .map(([successes, of]) => rate(successes, of));

  it('an interval holds the difference, lies within -1 and 1, and turns round with the arms', () => {
    fc.assert(
      fc.property(arm, arm, (a, b) => {
        const { low, high } = newcombe(a, b, 0.95);
        const difference = a.successes / a.of - b.successes / b.of;
        expect(low).toBeLessThanOrEqual(difference + 1e-12);
        expect(high).toBeGreaterThanOrEqual(difference - 1e-12);
        expect(low).toBeGreaterThanOrEqual(-1 - 1e-12);
        expect(high).toBeLessThanOrEqual(1 + 1e-12);
        expect(newcombe(b, a, 0.95).low).toBeCloseTo(-high, 10);
      }),
    );
  });

  it('a p-value is one of both arms alike, and 1 for equal shares', () => {
    fc.assert(
      fc.property(arm, arm, (a, b) => {
        const p = exactRateP(a, b);
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
        expect(exactRateP(b, a)).toBeCloseTo(p, 9);
        expect(exactRateP(a, a)).toBeCloseTo(1, 9);
      }),
    );
  });
});
