import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../src/features/catalogue.ts';
import type { Model } from '../../../src/segmentation/model.ts';
import { type Scores, scorerOf } from '../../../src/segmentation/refresh/scorer.ts';
import { aside, margin, nowhere } from '../../../src/segmentation/refresh/sticky.ts';
import { exampleModel } from '../../state/example-model.ts';

const features = catalogue.filter(({ clusters }) => clusters).slice(0, 2);
const plain = { fill: 0, shrink: null, log: false, low: -100, high: 100, centre: 0, scale: 1, weight: 1 };

/** Three segments in a plane; beyond a score of 1 to the right (5 and more) nobody is ordinary. */
const model: Model = exampleModel({
  transforms: features.map(({ id }) => ({ feature: id, ...plain })),
  centroids: [
    [0, 0],
    [2, 0],
    [0, 2],
  ],
  embedding: null,
  limits: { columns: [{ feature: features[0]!.id, low: -4, high: 4 }], threshold: 1 },
});

function at(x: number, y: number): Scores {
  const columns = new Map([
    [features[0]!.id, Float64Array.of(x)],
    [features[1]!.id, Float64Array.of(y)],
  ]);
  return scorerOf(model).score(columns, 1);
}

const coordinate = fc.double({ min: -3, max: 3.9, noNaN: true });
const segment = fc.integer({ min: 0, max: 2 });

describe('the sticky rule', () => {
  const distance = (scores: Scores, s: number) => Math.sqrt(scores.squared(0, s));

  test('a candidate that was not there before moves nobody within the margin, and everybody beyond it', () => {
    fc.assert(
      fc.property(coordinate, coordinate, segment, segment, (x, y, stood, earlier) => {
        const scores = at(x, y);
        const candidate = scores.candidate[0]!;
        fc.pre(earlier !== candidate && stood !== candidate);
        const clearly = distance(scores, candidate) < (1 - margin) * distance(scores, stood);
        expect(scores.place(0, { segment: stood, candidate: earlier })).toBe(clearly ? candidate : stood);
      }),
      { numRuns: 1000 },
    );
  });

  test('one that was there before moves everybody', () => {
    fc.assert(
      fc.property(coordinate, coordinate, segment, (x, y, stood) => {
        const scores = at(x, y);
        const candidate = scores.candidate[0]!;
        expect(scores.place(0, { segment: stood, candidate })).toBe(candidate);
      }),
    );
  });

  test('new customers go to the nearest, and who stands there stays', () => {
    fc.assert(
      fc.property(coordinate, coordinate, segment, (x, y, earlier) => {
        const scores = at(x, y);
        const candidate = scores.candidate[0]!;
        for (let s = 0; s < 3; s++)
          expect(distance(scores, s)).toBeGreaterThanOrEqual(distance(scores, candidate));
        expect(scores.place(0, { segment: nowhere, candidate: nowhere })).toBe(candidate);
        expect(scores.place(0, { segment: candidate, candidate: earlier })).toBe(candidate);
      }),
    );
  });

  test('being set aside sticks as well', () => {
    // The score is (x - 4) / 8: the limit lies at 12, a tenth below it at 11.2, and (1 - 0.1) of the score at 12.9.
    const place = (x: number, stood: number, candidate: number) =>
      at(x, 0).place(0, { segment: stood, candidate });
    expect(at(12.1, 0).candidate[0]).toBe(aside);
    expect(place(12.1, 1, 1)).toBe(1);
    expect(place(12.1, 1, aside)).toBe(aside);
    expect(place(13, 1, 1)).toBe(aside);
    expect(at(11.9, 0).candidate[0]).toBe(1);
    expect(place(11.9, aside, aside)).toBe(aside);
    expect(place(11.9, aside, 1)).toBe(1);
    expect(place(11, aside, aside)).toBe(1);
  });

  test('confidence is that of the segment somebody stands in, below a half while a move waits', () => {
    fc.assert(
      fc.property(coordinate, coordinate, segment, (x, y, stood) => {
        const scores = at(x, y);
        const sure = scores.confidence(0, stood);
        expect(sure).toBeGreaterThanOrEqual(0);
        expect(sure).toBeLessThanOrEqual(1);
        const least = Math.min(...[0, 1, 2].filter(s => s !== stood).map(s => distance(scores, s)));
        if (least < distance(scores, stood) * (1 - 1e-9)) expect(sure).toBeLessThan(0.5);
        if (least > distance(scores, stood) * (1 + 1e-9)) expect(sure).toBeGreaterThan(0.5);
      }),
    );
  });
});

test('customers in a row are scored as each by itself', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 20 }), points => {
      const columns = new Map(
        features.map(({ id }, j) => [id, Float64Array.from(points, point => point[j]!)]),
      );
      const all = scorerOf(model).score(columns, points.length);
      points.forEach(([x, y], i) => {
        const one = at(x, y);
        expect(all.candidate[i]).toBe(one.candidate[0]);
        for (let s = 0; s < 3; s++) expect(all.confidence(i, s)).toBe(one.confidence(0, s));
      });
    }),
  );
});
