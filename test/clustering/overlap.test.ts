import { describe, expect, it } from 'vitest';
import { fitKMeans } from '../../src/clustering/kmeans.ts';
import { matrixOf } from '../../src/clustering/matrix.ts';
import { largestOverlap } from '../../src/clustering/overlap.ts';
import { mixture } from './made-rows.ts';

async function overlapAt(k: number, spread: number, groups = 3) {
  const { matrix } = mixture({ rows: 3000, cols: 4, groups, spread, seed: 6 });
  const { centroids, labels } = await fitKMeans(matrix, { k, seed: 1 });
  return largestOverlap(matrix, centroids, labels);
}

describe('largestOverlap', () => {
  it('is near 0 between groups that lie apart', async () => {
    expect(await overlapAt(3, 5)).toBeLessThan(0.05);
  });

  it('is near 1 between slices of one group', async () => {
    expect(await overlapAt(4, 5)).toBeGreaterThan(0.75);
    expect(await overlapAt(2, 0, 1)).toBeGreaterThan(0.85);
  });

  it('is 0 for one group, and 1 for two in the same place', () => {
    const matrix = matrixOf([[0], [1], [1]]);
    expect(largestOverlap(matrix, matrixOf([[0.5]]), Int32Array.of(0, 0, 0))).toBe(0);
    expect(largestOverlap(matrix, matrixOf([[1], [1]]), Int32Array.of(0, 0, 1))).toBe(1);
  });
});
