import { describe, expect, it } from 'vitest';
import { fitKMeans } from '../../src/clustering/kmeans.ts';
import { smallestJaccard, subsampleJaccard } from '../../src/clustering/stability.ts';
import { mixture } from './made-rows.ts';

async function stabilityAt(k: number, spread: number) {
  const { matrix } = mixture({ rows: 1200, cols: 3, groups: 3, spread, seed: 2 });
  const { centroids, labels } = await fitKMeans(matrix, { k, seed: 1 });
  const fitted = { matrix, centroids, labels };
  return smallestJaccard(
    [0, 1, 2, 3, 4, 5].map(index => subsampleJaccard(fitted, { seed: 1, index, size: 400 })),
  );
}

describe('stability over subsamples', () => {
  it('is 1 for groups that lie apart, and well below for slices of them', async () => {
    expect(await stabilityAt(3, 12)).toBe(1);
    expect(await stabilityAt(9, 1)).toBeLessThan(0.85);
  });

  it('is that of the least stable cluster, over all subsamples', () => {
    expect(smallestJaccard([Float64Array.of(1, 0.5), Float64Array.of(0.8, 0.7)])).toBeCloseTo(0.6, 12);
  });
});
