import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adapt } from '../../../src/segmentation/refresh/adapt.ts';
import { offer, sampled, startSample } from '../../../src/segmentation/refresh/sample.ts';

const point = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 3, maxLength: 3 });
const apart = (a: readonly number[], b: readonly number[]) =>
  Math.hypot(...a.map((value, j) => value - b[j]!));

describe('centroids after a refresh', () => {
  test('go towards the mean, a tenth of the way and never beyond a fiftieth of the way to another', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(point, point), { minLength: 2, maxLength: 6 }), pairs => {
        const [centroids, means] = [pairs.map(([centroid]) => centroid), pairs.map(([, mean]) => mean)];
        adapt(centroids, means).forEach((after, s) => {
          const [before, mean] = [centroids[s]!, means[s]!];
          const step = apart(after, before);
          const nearest = Math.min(...centroids.filter((_, o) => o !== s).map(other => apart(other, before)));
          expect(step).toBeLessThanOrEqual(0.02 * nearest + 1e-9);
          expect(step).toBeLessThanOrEqual(0.1 * apart(mean, before) + 1e-9);
          expect(apart(after, mean)).toBeCloseTo(apart(before, mean) - step, 9);
        });
      }),
    );
  });

  test('stay where their members are', () => {
    expect(adapt([[1, 2]], [[1, 2]])).toEqual([[1, 2]]);
    expect(adapt([[0, 0]], [[10, 0]])).toEqual([[1, 0]]);
  });
});

describe('a sample of rows that come one by one', () => {
  const drawn = (rows: number, size: number, seed: number) => {
    const sample = startSample(size, 1, seed);
    for (let i = 0; i < rows; i++) offer(sample, Float64Array.of(i));
    return [...sampled(sample).data];
  };

  test('is all of them where they are few, and different ones of them where they are many', () => {
    expect(drawn(4, 5, 1)).toEqual([0, 1, 2, 3]);
    const many = drawn(1000, 50, 1);
    expect(new Set(many).size).toBe(50);
    expect(many).toEqual(drawn(1000, 50, 1));
    expect(many).not.toEqual(drawn(1000, 50, 2));
  });

  test('gives each row the same chance', () => {
    const counts = new Float64Array(20);
    for (let seed = 0; seed < 2000; seed++) for (const row of drawn(20, 5, seed)) counts[row]!++;
    // 500 each, with a standard deviation of 19.
    for (const count of counts) expect(Math.abs(count - 500)).toBeLessThan(90);
  });
});
