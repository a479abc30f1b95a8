import { describe, expect, it } from 'vitest';
import { discountedOccasions, monthEnds } from '../../src/forecasting/lifetime-value.ts';

describe('discountedOccasions', () => {
  it('is the integral of a steady stream discounted continuously, to a few parts in 100,000', () => {
    const force = Math.log(1.1);
    const aDay = 1 / 12;
    const exact = (365 * aDay * (1 - 1 / 1.1)) / force;
    expect(discountedOccasions(days => days * aDay) / exact).toBeCloseTo(1, 5);
  });

  it('takes what comes at once for nearly whole, and what comes in the last month for nearly 10 % less', () => {
    expect(discountedOccasions(() => 3)).toBeCloseTo(3 * 1.1 ** (-1 / 24), 12);
    expect(discountedOccasions(days => (days > 364 ? 3 : 0))).toBeCloseTo(3 * 1.1 ** (-23 / 24), 12);
  });

  it('asks for twelve months, the last ending after a year, in order', () => {
    const asked: number[] = [];
    expect(
      discountedOccasions(days => {
        asked.push(days);
        return 0;
      }),
    ).toBe(0);
    expect(asked).toEqual(monthEnds);
    expect(asked).toHaveLength(12);
    expect(asked[11]).toBe(365);
  });
});
