import fc from 'fast-check';
import { expect, test } from 'vitest';
import { standardisedDifference } from '../../../src/segmentation/audiences/apart.ts';

const of = (values: readonly number[], weight = 1) => ({ values: Float64Array.from(values), weight });
const range = (n: number, at: (i: number) => number) => Array.from({ length: n }, (_, i) => at(i));

test('is the difference of the means in standard deviations of all', () => {
  // All are 0, 1, …, 9: mean of members 7, of others 2, variance of all 8.25.
  const members = of([5, 6, 7, 8, 9]);
  const others = of([0, 1, 2, 3, 4]);
  expect(standardisedDifference(members, others, false)).toBeCloseTo(5 / Math.sqrt(8.25), 12);
  expect(standardisedDifference(others, members, false)).toBeCloseTo(-5 / Math.sqrt(8.25), 12);
});

test('a sample counts for all that it stands for', () => {
  const members = range(50, i => i);
  const others = range(200, i => 30 + (i % 40));
  const whole = standardisedDifference(of(members), of(others), false);
  const fifth = standardisedDifference(of(members), of(others.slice(0, 40), 5), false);
  expect(fifth).toBeCloseTo(whole, 10);
});

test('one of unusual volume does not decide', () => {
  const members = range(500, i => i % 10);
  const others = range(500, i => i % 10);
  const plain = standardisedDifference(of([...members, 5]), of(others), false);
  expect(standardisedDifference(of([...members, 1e9]), of(others), false)).toBeCloseTo(plain, 1);
});

test('long tails are told by their order of magnitude', () => {
  const members = range(200, i => 10 * 1.03 ** i);
  const others = range(200, i => 1.03 ** i);
  expect(standardisedDifference(of(members), of(others), true)).toBeGreaterThan(
    1.3 * standardisedDifference(of(members), of(others), false),
  );
});

test('nothing is told where nothing differs or nothing is known', () => {
  expect(standardisedDifference(of([1, 1]), of([1, 1, 1]), false)).toBe(0);
  expect(standardisedDifference(of([0.1 + 0.2]), of([0.3]), false)).toBe(0);
  expect(standardisedDifference(of([Number.NaN]), of([1]), false)).toBe(0);
  expect(standardisedDifference(of([]), of([1]), true)).toBe(0);
  expect(standardisedDifference(of([2, Number.NaN]), of([1, Number.NaN]), false)).toBe(2);
});

test('depends on no order, is turned round with the groups, and knows no infinity', () => {
  const values = fc.array(
    fc.oneof(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.constant(Number.NaN)),
    {
      maxLength: 30,
    },
  );
  fc.assert(
    fc.property(values, values, fc.boolean(), (a, b, log) => {
      const told = standardisedDifference(of(a), of(b), log);
      expect(Number.isFinite(told)).toBe(true);
      expect(standardisedDifference(of(a.toReversed()), of(b.toReversed()), log)).toBe(told);
      expect(standardisedDifference(of(b), of(a), log)).toBeCloseTo(-told, 9);
    }),
  );
});
