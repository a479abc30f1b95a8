import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lowerTail } from '../../../src/segmentation/drift/count-tail.ts';

/** The sum written out, with the logarithm of the gamma function by Stirling's series. */
function bySum(seen: number, mean: number, variance: number): number {
  const r = mean ** 2 / (variance - mean);
  let sum = 0;
  for (let x = 0; x <= seen; x++)
    sum += Math.exp(
      logGamma(x + r) -
        logGamma(r) -
        logGamma(x + 1) +
        r * Math.log(r / (r + mean)) +
        x * Math.log(mean / (r + mean)),
    );
  return sum;
}

function logGamma(x: number): number {
  if (x < 10) return logGamma(x + 1) - Math.log(x);
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x ** 3);
}

describe('lowerTail', () => {
  test('is Poisson where counts vary no more than chance', () => {
    expect(lowerTail(0, [20, 20, 20])).toBeCloseTo(Math.exp(-20), 15);
    expect(lowerTail(1, [2, 2])).toBeCloseTo(3 * Math.exp(-2), 12);
  });

  test('is negative binomial where they vary more', () => {
    const earlier = [10, 30, 20, 40, 25];
    const variance = earlier.reduce((sum, count) => sum + (count - 25) ** 2, 0) / 4;
    for (const seen of [0, 3, 12, 60])
      expect(lowerTail(seen, earlier)).toBeCloseTo(bySum(seen, 25, variance), 7);
  });

  test('grows with what was seen, from a probability above 0 to at most 1', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 2, maxLength: 13 });
    fc.assert(
      fc.property(counts, fc.integer({ min: 0, max: 3000 }), (earlier, seen) => {
        const [one, next] = [lowerTail(seen, earlier), lowerTail(seen + 1, earlier)];
        expect(one).toBeGreaterThanOrEqual(0);
        expect(next).toBeGreaterThanOrEqual(one - 1e-12);
        expect(next).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('of nothing at all is sure', () => {
    expect(lowerTail(0, [0, 0])).toBe(1);
  });
});
