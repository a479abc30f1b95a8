import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectedGeometric } from '../../src/forecasting/expected-geometric.ts';

// a, b, shape, rate, time, and the published formula (a difference of hypergeometric functions) to 40 digits by mpmath.
const references = [
  [100000, 300, 0.243, 40, 4000, 0.6759879098560488],
  [1.0000001, 30, 1500, 40, 4000, 256.014266990204],
  [1, 300, 0.01, 40, 4000, 0.8777277809359244],
  [200, 2.4, 1500, 1e-5, 1825, 1.0120603015075378],
  [100000, 100000, 0.01, 0.01, 365, 0.18692012283961296],
  [1.7, 0.05, 200.5, 0.01, 365, 1.0714275119662482],
  [100000, 0.05, 0.01, 1e-5, 1825, 0.1732250152414603],
  [1.0000001, 0.05, 3.2, 40, 39, 0.9453300669482572],
  [5, 0.05, 0.243, 5000, 365, 0.01698290284059935],
  [100000, 2.4, 0.243, 40, 39, 0.1524280595440099],
  [1, 0.05, 3.2, 40, 1, 0.07616288193217403],
  [1.0000001, 2.4, 0.243, 40, 1, 0.006047471390771926],
  [100000, 30, 0.01, 5000, 365, 0.0007043438169650645],
  [1.0000001, 30, 1500, 40, 1, 24.479178269683942],
  [200, 300, 3.2, 5000, 365, 0.21997106330879693],
  [5, 0.05, 200.5, 40, 39, 1.012499999755795],
] as [number, number, number, number, number, number][];

test('is the published formula, whichever way it is worked out', () => {
  for (const [a, b, shape, rate, time, value] of references)
    expect(
      Math.abs(expectedGeometric(a, b, shape, rate, time) / value - 1),
      [a, b, shape, rate, time].join(' '),
    ).toBeLessThan(1e-10);
});

test('passes through a = 1, where the published formula divides nothing by nothing', () => {
  const at = (a: number) => expectedGeometric(a, 2.4, 3.2, 40, 39);
  expect(at(1)).toBeCloseTo((at(1 - 1e-7) + at(1 + 1e-7)) / 2, 9);
});

test('is 0 at once, rises, and grows no faster than buying without dropping out', () => {
  const size = (least: number, most: number) =>
    fc.double({ min: Math.log(least), max: Math.log(most), noNaN: true }).map(Math.exp);
  fc.assert(
    fc.property(
      size(1e-3, 1e4),
      size(1e-3, 1e4),
      size(1e-2, 2000),
      size(1e-3, 1e4),
      size(1e-2, 5000),
      (a, b, shape, rate, time) => {
        expect(expectedGeometric(a, b, shape, rate, 0)).toBe(0);
        const sooner = expectedGeometric(a, b, shape, rate, time);
        const later = expectedGeometric(a, b, shape, rate, 1.5 * time);
        expect(sooner).toBeGreaterThan(0);
        expect(later).toBeGreaterThan(sooner * (1 - 1e-10));
        expect(later).toBeLessThanOrEqual(1.5 * sooner * (1 + 1e-10));
        expect(sooner).toBeLessThanOrEqual(((shape * time) / rate) * (1 + 1e-10));
      },
    ),
    { seed: 4, numRuns: 300 },
  );
});
