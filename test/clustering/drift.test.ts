import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chiSquareQuantile,
  populationStabilityIndex,
  stabilityNoise,
  standardise,
} from '../../src/clustering/drift.ts';
import { createRandom } from '../../src/clustering/random.ts';

const counts = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 12 });

describe('populationStabilityIndex', () => {
  it('is what the textbook formula gives', () => {
    const byHand = (0.3 - 0.2) * Math.log(0.3 / 0.2) + (0.7 - 0.8) * Math.log(0.7 / 0.8);
    expect(populationStabilityIndex([20, 80], [30, 70])).toBeCloseTo(byHand, 12);
  });

  it('is never below 0, the same either way, and 0 for equal shares', () => {
    fc.assert(
      fc.property(
        counts,
        fc.infiniteStream(fc.integer({ min: 0, max: 1000 })),
        fc.integer({ min: 1, max: 9 }),
        (a, stream, times) => {
          const b = a.map(() => stream.next().value as number);
          const index = populationStabilityIndex(a, b);
          expect(index).toBeGreaterThanOrEqual(0);
          expect(populationStabilityIndex(b, a)).toBeCloseTo(index, 9);
          expect(
            populationStabilityIndex(
              a,
              a.map(n => n * times),
            ),
          ).toBeCloseTo(0, 12);
        },
      ),
    );
  });

  it('stays finite where a bin fills that was empty, and takes no notice of bins that stay empty', () => {
    const index = populationStabilityIndex([100, 0], [50, 50]);
    expect(index).toBeGreaterThan(1);
    expect(Number.isFinite(index)).toBe(true);
    expect(populationStabilityIndex([40, 60, 0], [60, 40, 0])).toBe(
      populationStabilityIndex([40, 60], [60, 40]),
    );
  });

  it('says nothing of an empty sample, and refuses samples of different bins', () => {
    expect(populationStabilityIndex([0, 0], [3, 4])).toBe(0);
    expect(() => populationStabilityIndex([1], [1, 2])).toThrow(RangeError);
  });
});

describe('stabilityNoise', () => {
  it('keeps false alarms to about one in twenty where a plain 0.1 gives more than a third', () => {
    const random = createRandom(20260301);
    const sample = () => {
      const bins = new Float64Array(10);
      for (let i = 0; i < 200; i++) bins[random.integer(10)]!++;
      return bins;
    };
    const floor = Math.max(0.1, stabilityNoise(10, [200, 200]));
    let plain = 0;
    let floored = 0;
    const trials = 4000;
    for (let trial = 0; trial < trials; trial++) {
      const index = populationStabilityIndex(sample(), sample());
      if (index >= 0.1) plain++;
      if (index >= floor) floored++;
    }
    expect(floor).toBeCloseTo(0.169, 3);
    expect(plain / trials).toBeGreaterThan(0.34);
    expect(plain / trials).toBeLessThan(0.42);
    // Three standard deviations of a rate of 5 % over the trials, and what the approximation errs by.
    expect(floored / trials).toBeLessThan(0.065);
  });
});

describe('chiSquareQuantile', () => {
  // NIST/SEMATECH e-Handbook of Statistical Methods, table 1.3.6.7.4.
  it.each([
    [0.95, 1, 3.841],
    [0.95, 2, 5.991],
    [0.95, 5, 11.07],
    [0.95, 9, 16.919],
    [0.95, 30, 43.773],
    [0.99, 9, 21.666],
    [0.9, 4, 7.779],
    [0.999, 9, 27.877],
    [0.95, 100, 124.342],
    [0.05, 10, 3.94],
  ])('%f at %i degrees of freedom is %f', (p, degrees, value) => {
    expect(chiSquareQuantile(p, degrees)).toBeCloseTo(value, 3);
  });
});

describe('standardise', () => {
  const sum = (of: ArrayLike<number>) => Array.from(of).reduce((total, n) => total + n, 0);

  it('sees no change where only the mix of bands changed', () => {
    const training = [
      [90, 10],
      [20, 80],
    ];
    const later = [
      [180, 20],
      [80, 320],
    ];
    const { counts, covered } = standardise([training, later], 10);
    expect(covered).toBe(1);
    expect(Array.from(counts[0]!)).toEqual([expect.closeTo(110, 9), expect.closeTo(90, 9)]);
    expect(populationStabilityIndex(counts[0]!, counts[1]!)).toBeCloseTo(0, 12);
    expect(populationStabilityIndex([110, 90], [260, 340])).toBeGreaterThan(0.05);
  });

  it('is worth as much as a plain sample where the bands have their old sizes, and less where one is thin', () => {
    const training = [
      [50, 50],
      [50, 50],
    ];
    const size = (of: number[][]) => sum(standardise([training, of], 10).counts[1]!);
    expect(
      size([
        [50, 50],
        [40, 60],
      ]),
    ).toBeCloseTo(200, 9);
    expect(
      size([
        [50, 50],
        [10, 10],
      ]),
    ).toBeCloseTo(1 / (0.25 / 100 + 0.25 / 20), 9);
  });

  it('leaves out bands that hardly anybody is in, and says how much is left', () => {
    const { counts, covered } = standardise(
      [
        [
          [30, 10],
          [5, 55],
          [0, 0],
        ],
        [
          [20, 20],
          [0, 4],
          [90, 9],
        ],
      ],
      10,
    );
    expect(Array.from(counts[0]!)).toEqual([expect.closeTo(30, 9), expect.closeTo(10, 9)]);
    expect(Array.from(counts[1]!)).toEqual([expect.closeTo(20, 9), expect.closeTo(20, 9)]);
    expect(covered).toBeCloseTo(0.4, 12);
    expect(standardise([[[5]], [[100]]], 10)).toEqual({
      counts: [Float64Array.of(0), Float64Array.of(0)],
      covered: 0,
    });
  });
});
