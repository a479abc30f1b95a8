import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign, confidence } from '../../src/clustering/assign.ts';
import { matrixOf } from '../../src/clustering/matrix.ts';
import { simplifiedSilhouette } from '../../src/clustering/silhouette.ts';

describe('assign', () => {
  it('gives the nearest centroid and both distances', () => {
    const { labels, own, second } = assign(
      matrixOf([
        [0, 1],
        [3, 0],
        [9, 0],
      ]),
      matrixOf([
        [0, 0],
        [4, 0],
      ]),
    );
    expect([...labels]).toEqual([0, 1, 1]);
    expect([...own]).toEqual([1, 1, 5]);
    expect([...second]).toEqual([Math.sqrt(17), 3, 9]);
  });

  it('gives the first of equals, and no second distance where there is one centroid', () => {
    expect([...assign(matrixOf([[1]]), matrixOf([[2], [0]])).labels]).toEqual([0]);
    expect([...assign(matrixOf([[1]]), matrixOf([[2]])).second]).toEqual([Infinity]);
  });

  it('refuses centroids of another width, and none', () => {
    expect(() => assign(matrixOf([[1]]), matrixOf([[1, 2]]))).toThrow(/1 values, centroids 2/);
    expect(() => assign(matrixOf([[1]]), matrixOf([]))).toThrow(RangeError);
  });
});

describe('confidence', () => {
  const of = (own: number, second: number) => confidence(Float64Array.of(own), Float64Array.of(second))[0]!;

  it('is 0.5 on the border, 1 at the centre, and between them otherwise', () => {
    expect(of(2, 2)).toBe(0.5);
    expect(of(0, 3)).toBe(1);
    expect(of(1, 2)).toBeCloseTo(0.8, 12);
    expect(of(1, Infinity)).toBe(1);
    expect(of(0, 0)).toBe(0.5);
  });

  it('falls as a row moves away from its centroid, and does not see the unit of distance', () => {
    const distance = fc.double({ min: 0.001, max: 1000, noNaN: true });
    fc.assert(
      fc.property(distance, distance, fc.double({ min: 0.01, max: 100, noNaN: true }), (x, y, unit) => {
        const [own, second] = [Math.min(x, y), Math.max(x, y)];
        expect(of(own * unit, second * unit)).toBeCloseTo(of(own, second), 9);
        expect(of(own, second)).toBeGreaterThanOrEqual(0.5);
        expect(of(own / 2, second)).toBeGreaterThanOrEqual(of(own, second));
      }),
    );
  });
});

describe('simplifiedSilhouette', () => {
  it('is the mean of 1 - own / second', () => {
    expect(simplifiedSilhouette(Float64Array.of(1, 0), Float64Array.of(2, 5))).toBe(0.75);
  });

  it('is 0 where nothing tells two centroids apart', () => {
    expect(simplifiedSilhouette(Float64Array.of(0, 1), Float64Array.of(0, Infinity))).toBe(0);
    expect(simplifiedSilhouette(new Float64Array(0), new Float64Array(0))).toBe(0);
  });
});
