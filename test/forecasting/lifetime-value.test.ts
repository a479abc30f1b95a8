import { describe, expect, it, test } from 'vitest';
import { discountedOccasions, monthEnds } from '../../src/forecasting/lifetime-value.ts';

describe('discountedOccasions', () => {
  it('is the integral of a steady stream discounted continuously, to a few parts in 100,000', () => {
    const aDay = 1 / 12;
    const exact = (365 * aDay * (1 - 1 / 1.1)) / Math.log(1.1);
    expect(discountedOccasions(month => monthEnds[month]! * aDay) / exact).toBeCloseTo(1, 5);
  });

  it('takes what comes at once for nearly whole, and what comes in the last month for nearly 10 % less', () => {
    expect(discountedOccasions(() => 3)).toBeCloseTo(3 * 1.1 ** (-1 / 24), 12);
    expect(discountedOccasions(month => (month === 11 ? 3 : 0))).toBeCloseTo(3 * 1.1 ** (-23 / 24), 12);
  });
});

test('twelve months end after a year', () => {
  expect(monthEnds).toHaveLength(12);
  expect(monthEnds[11]).toBe(365);
});
