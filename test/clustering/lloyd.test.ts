import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign } from '../../src/clustering/assign.ts';
import { lloyd } from '../../src/clustering/lloyd.ts';
import { matrixOf, rowsOf, takeRows } from '../../src/clustering/matrix.ts';
import { createRandom } from '../../src/clustering/random.ts';
import { referenceEngine } from '../../src/clustering/reference-engine.ts';
import { settle } from '../../src/clustering/settle.ts';
import { mixture } from './made-rows.ts';

const shape = fc.record({
  rows: fc.integer({ min: 12, max: 300 }),
  cols: fc.integer({ min: 1, max: 9 }),
  groups: fc.integer({ min: 1, max: 6 }),
  spread: fc.double({ min: 0, max: 4, noNaN: true }),
  seed: fc.integer(),
});

describe('lloyd', () => {
  it('ends with the assignment that the reference engine ends with, from the same centroids', () => {
    fc.assert(
      fc.property(shape, fc.integer({ min: 1, max: 10 }), (made, k) => {
        const { matrix } = mixture(made);
        const initial = takeRows(matrix, createRandom(made.seed, 1).sample(matrix.rows, k));
        const ours = lloyd(matrix, initial, 1000);
        const reference = referenceEngine(matrix, initial, 1000);
        expect(ours.converged).toBe(true);
        expect(ours.labels).toEqual(reference.labels);
        expect(ours.iterations).toBe(reference.iterations);
        rowsOf(ours.centroids).forEach((centroid, j) => {
          centroid.forEach((value, t) => {
            expect(value).toBeCloseTo(reference.centroids.data[j * matrix.cols + t]!, 10);
          });
        });
      }),
      { numRuns: 200 },
    );
  });

  it('assigns rows that lie as near to two centroids as the reference engine does, to the first', () => {
    const grid = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })), {
      minLength: 4,
      maxLength: 40,
    });
    fc.assert(
      fc.property(grid, fc.integer({ min: 1, max: 4 }), (points, k) => {
        const matrix = matrixOf(points);
        const initial = takeRows(
          matrix,
          Int32Array.from({ length: k }, (_, i) => i),
        );
        // One pass: later centroids are fractions, whose rounding may decide a tie either way.
        expect(lloyd(matrix, initial, 1).labels).toEqual(referenceEngine(matrix, initial, 1).labels);
      }),
    );
  });

  it('ends where every row is with its nearest centroid and every centroid is the mean of its rows', () => {
    const { matrix } = mixture({ rows: 3000, cols: 7, groups: 9, spread: 1, seed: 4 });
    const initial = takeRows(matrix, createRandom(1).sample(matrix.rows, 6));
    const fit = lloyd(matrix, initial, 1000);
    expect(fit.labels).toEqual(assign(matrix, fit.centroids).labels);
    for (let j = 0; j < 6; j++) {
      const members = [...fit.labels.keys()].filter(i => fit.labels[i] === j);
      for (let t = 0; t < 7; t++) {
        const mean = members.reduce((sum, i) => sum + matrix.data[i * 7 + t]!, 0) / members.length;
        expect(fit.centroids.data[j * 7 + t]).toBeCloseTo(mean, 12);
      }
    }
  });

  it('says when it was stopped before it settled', () => {
    const { matrix } = mixture({ rows: 500, cols: 3, groups: 5, spread: 1, seed: 1 });
    expect(lloyd(matrix, takeRows(matrix, [0, 1, 2, 3]), 2).converged).toBe(false);
  });
});

describe('settle', () => {
  it('leaves no cluster empty, whichever engine runs', () => {
    const matrix = matrixOf([[0], [1], [2], [10], [11], [30]]);
    const initial = matrixOf([[0], [500], [11]]);
    for (const engine of [lloyd, referenceEngine]) {
      const fit = settle(matrix, initial, engine);
      expect([...new Set(fit.labels)].sort()).toEqual([0, 1, 2]);
      expect(fit.inertia).toBeCloseTo(2.5, 12);
    }
  });

  it('refuses more clusters than there are different rows', () => {
    const matrix = matrixOf([[1], [1], [2], [2]]);
    expect(() => settle(matrix, matrixOf([[1], [2], [3]]))).toThrow(RangeError);
  });
});
