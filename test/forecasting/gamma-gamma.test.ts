import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/demo/random.ts';
import {
  expectedOrderValue,
  fitSpend,
  type SpendHistories,
  spendCorrelation,
} from '../../src/forecasting/gamma-gamma.ts';

const rows = readFileSync(new URL('data/cdnow-calibration.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map(line => line.split(',').map(Number));
/** Repeat purchases, as the reference counts. */
const cdnow: SpendHistories = {
  occasions: Float64Array.from(rows, row => row[1]!),
  value: Float64Array.from(rows, row => row[4]!),
};
const reference = { p: 6.2488, q: 3.74459, v: 15.44775 };

describe('fitSpend', () => {
  it.each([0.1, 1, 30])('gives the published parameters of CDNOW, starting from p = %d', p => {
    for (const q of [1.05, 3, 50]) {
      const found = fitSpend(cdnow, 1, { p, q })!;
      expect(found.customers).toBe(946);
      expect(found.logLikelihood).toBeCloseTo(-4055.923, 3);
      for (const name of ['p', 'q', 'v'] as const) expect(found[name] / reference[name]).toBeCloseTo(1, 5);
    }
  });

  it('depends on no currency', () => {
    const inYen = { ...cdnow, value: cdnow.value.map(value => value * 150) };
    const [one, other] = [fitSpend(cdnow, 1)!, fitSpend(inYen, 1)!];
    expect(other.p / one.p).toBeCloseTo(1, 6);
    expect(other.v / one.v / 150).toBeCloseTo(1, 6);
    expect(other.logLikelihood).toBeCloseTo(one.logLikelihood - 946 * Math.log(150), 4);
  });

  it('does not depend on the order of customers', () => {
    const turned = { occasions: cdnow.occasions.toReversed(), value: cdnow.value.toReversed() };
    expect(fitSpend(turned, 1)!.p).toBeCloseTo(fitSpend(cdnow, 1)!.p, 4);
  });

  it('finds what the data were drawn from', () => {
    const { p, q, v, customers } = fitSpend(drawn({ p: 4, q: 5, v: 60 }, 20_000))!;
    expect(customers).toBeLessThan(20_000);
    expect(p / 4).toBeCloseTo(1, 1);
    expect(q / 5).toBeCloseTo(1, 1);
    expect((p * v) / (q - 1) / 60).toBeCloseTo(1, 1);
  });

  it('expects of everybody who spends the same just that', () => {
    const same = { occasions: cdnow.occasions, value: cdnow.value.map(() => 9.99) };
    expect(expectedOrderValue(fitSpend(same)!, 3, 9.99)).toBeCloseTo(9.99, 2);
  });

  it('expects of customers who each always spend the same nearly that', () => {
    const plans = { occasions: cdnow.occasions, value: cdnow.value.map((_, i) => [5, 10, 30][i % 3]!) };
    const fitted = fitSpend(plans)!;
    expect(expectedOrderValue(fitted, 2, 30)).toBeCloseTo(30, 1);
    expect(expectedOrderValue(fitted, 1, 5)).toBeCloseTo(5, 1);
  });

  it('keeps what it expects finite where spend has no mean', () => {
    const uneven = {
      occasions: cdnow.occasions.map(() => 2),
      value: cdnow.value.map((_, i) => 10 * ((i + 1) / 2400) ** -1.7),
    };
    const fitted = fitSpend(uneven)!;
    expect(fitted.q).toBeGreaterThan(1);
    expect(fitted.q).toBeLessThan(1.01);
    expect(expectedOrderValue(fitted, 1, 40)).toBeLessThan(80);
  });

  it('has no answer where nobody bought often enough, or for more than nothing', () => {
    expect(fitSpend({ occasions: Float64Array.of(1, 1), value: Float64Array.of(5, 6) })).toBeNull();
    expect(fitSpend({ occasions: Float64Array.of(4), value: Float64Array.of(0) })).toBeNull();
    expect(fitSpend({ occasions: Float64Array.of(4), value: Float64Array.of(8) })!.customers).toBe(1);
  });
});

describe('expectedOrderValue', () => {
  it('gives the values that the formula gives', () => {
    const of = (x: number, m: number) => expectedOrderValue(reference, x, m);
    expect(of(0, 0)).toBeCloseTo((6.2488 * 15.44775) / 2.74459, 9);
    expect(of(2, 22.35)).toBeCloseTo(24.658613, 6);
  });

  it('lies between the own mean and that of all, nearer to the own the more was bought', () => {
    const all = expectedOrderValue(reference, 0, 0);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.double({ min: 0.01, max: 1e5, noNaN: true }),
        (times, own) => {
          const [now, later] = [times, times + 1].map(x => expectedOrderValue(reference, x, own)) as [
            number,
            number,
          ];
          const slack = 1e-9 * (own + all);
          expect(now).toBeGreaterThanOrEqual(Math.min(own, all) - slack);
          expect(now).toBeLessThanOrEqual(Math.max(own, all) + slack);
          expect(Math.abs(later - own)).toBeLessThanOrEqual(Math.abs(now - own) + slack);
        },
      ),
    );
  });

  it('has no answer where the mean over customers is infinite and little was bought', () => {
    expect(expectedOrderValue({ p: 0.4, q: 0.5, v: 10 }, 1, 20)).toBeNaN();
    expect(expectedOrderValue({ p: 0.4, q: 0.5, v: 10 }, 0, 0)).toBeNaN();
    expect(expectedOrderValue({ p: 0.4, q: 0.5, v: 10 }, 2, 20)).toBeGreaterThan(20);
  });
});

describe('spendCorrelation', () => {
  it('is that of CDNOW in the literature', () => {
    expect(spendCorrelation(cdnow, 1)).toBeCloseTo(0.11, 2);
  });

  it('tells whether spend goes with frequency, over those who count', () => {
    const occasions = Float64Array.of(1, 2, 3, 4, 5);
    expect(spendCorrelation({ occasions, value: Float64Array.of(999, 2, 3, 4, 5) })).toBeCloseTo(1, 12);
    expect(spendCorrelation({ occasions, value: Float64Array.of(0, 5, 4, 3, 0) })).toBeCloseTo(-1, 12);
    expect(spendCorrelation({ occasions, value: new Float64Array(5).fill(3) })).toBeNaN();
  });
});

function drawn({ p, q, v }: { p: number; q: number; v: number }, customers: number): SpendHistories {
  const random = createRandom(1);
  const gamma = (shape: number) => shape * random.gamma(1 / Math.sqrt(shape));
  const occasions = Float64Array.from({ length: customers }, () => 1 + random.below(9));
  return { occasions, value: occasions.map(times => gamma(p * times) / times / (gamma(q) / v)) };
}
