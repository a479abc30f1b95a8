import fc from 'fast-check';
import { expect, test } from 'vitest';
import { significant } from '../../src/features/rounding.ts';

test('rounds to nine significant digits', () => {
  expect(significant(1 / 3)).toBe(0.333333333);
  expect(significant(-2 / 3)).toBe(-0.666666667);
  expect(significant(123456.7891234)).toBe(123456.789);
  expect(significant(1234567891.5)).toBe(1234567890);
  expect(significant(0.00012345678949)).toBe(0.000123456789);
  expect(significant(9.9999999999)).toBe(10);
  expect(significant(0.99999999999)).toBe(1);
  expect(significant(1e-12 / 3)).toBe(3.33333333e-13);
  expect(significant(2e20 / 3)).toBe(66666666700000000000);
});

test('leaves whole numbers, zero, NaN and infinities as they are', () => {
  for (const value of [
    7,
    -12,
    999_999_999,
    0,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ])
    expect(significant(value)).toBe(value);
  expect(significant(-0)).toBe(0);
});

test('gives what toPrecision gives, or at a half its neighbour', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e16, max: 1e16, noNaN: true }), value => {
      const rounded = significant(value);
      expect(Number(rounded.toPrecision(9)) + 0).toBe(rounded);
      expect(Math.abs(rounded - value)).toBeLessThanOrEqual(
        0.500001 * 10 ** (Math.floor(Math.log10(Math.abs(value) || 1)) - 8) + Number.MIN_VALUE,
      );
    }),
    { numRuns: 2000 },
  );
});
