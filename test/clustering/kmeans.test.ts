import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fitKMeans } from '../../src/clustering/kmeans.ts';
import { createMatrix, matrixOf, rowsOf } from '../../src/clustering/matrix.ts';
import { adjustedRandIndex } from '../../src/clustering/metrics.ts';
import { createRandom } from '../../src/clustering/random.ts';
import { seedCentroids } from '../../src/clustering/seeding.ts';
import { settle } from '../../src/clustering/settle.ts';
import { mixture } from './made-rows.ts';

/** Fisher's iris measurements (1936), 150 flowers x 4 lengths in cm. */
const iris = matrixOf(
  readFileSync(new URL('./iris.csv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map(line => line.split(',').map(Number)),
);

describe('fitKMeans', () => {
  it('finds the best known solution of iris at every seed', async () => {
    for (let seed = 0; seed < 10; seed++) {
      const { inertia } = await fitKMeans(iris, { k: 3, seed });
      expect(inertia).toBeCloseTo(78.851441, 6);
    }
  });

  it('does not miss the best optimum of an overlapping mixture, where ten plain starts do', async () => {
    const { matrix } = mixture({ rows: 1000, cols: 3, groups: 9, spread: 2.2, seed: 10 });
    const plain = Array.from(
      { length: 60 },
      (_, start) => settle(matrix, seedCentroids(matrix, 7, createRandom(77, start))).inertia,
    );
    const ours: number[] = [];
    for (let seed = 0; seed < 10; seed++) ours.push((await fitKMeans(matrix, { k: 7, seed })).inertia);
    const best = Math.min(...plain, ...ours);
    const hits = plain.filter(inertia => inertia < best * 1.0001).length;
    expect((1 - hits / plain.length) ** 10).toBeGreaterThan(0.1);
    for (const inertia of ours) expect(inertia).toBeLessThan(best * 1.0001);
  });

  it('settles on all rows where starts were tried on a sample', async () => {
    const { matrix, truth } = mixture({ rows: 30_000, cols: 5, groups: 6, spread: 3, seed: 2 });
    const fit = await fitKMeans(matrix, { k: 6, starts: 4, seed: 1 });
    expect(fit.converged).toBe(true);
    expect(fit.labels).toHaveLength(30_000);
    expect(adjustedRandIndex(fit.labels, truth)).toBeGreaterThan(0.95);
  });

  it('gives centroids in an order that does not depend on how they were found', async () => {
    const { matrix } = mixture({ rows: 600, cols: 3, groups: 4, spread: 6, seed: 3 });
    const fits = await Promise.all([1, 2, 3].map(seed => fitKMeans(matrix, { k: 4, seed })));
    const firsts = rowsOf(fits[0]!.centroids).map(row => row[0]!);
    expect(firsts).toEqual(firsts.toSorted((a, b) => a - b));
    for (const fit of fits) {
      expect(fit.labels).toEqual(fits[0]!.labels);
      expect(rowsOf(fit.centroids)).toEqual(rowsOf(fits[0]!.centroids));
    }
  });

  it('takes one cluster, as many clusters as rows, and rows that repeat', async () => {
    const rows = matrixOf([[0], [2], [4], [4]]);
    expect((await fitKMeans(rows, { k: 1, seed: 1 })).inertia).toBe(11);
    expect((await fitKMeans(rows, { k: 3, seed: 1 })).inertia).toBe(0);
    expect((await fitKMeans(matrixOf([[0], [1], [2]]), { k: 3, seed: 1 })).inertia).toBe(0);
  });

  it('refuses what has no answer, and says why', async () => {
    const rows = matrixOf([[0], [0], [1]]);
    await expect(fitKMeans(rows, { k: 3, seed: 1 })).rejects.toThrow(/different rows/);
    await expect(fitKMeans(rows, { k: 4, seed: 1 })).rejects.toThrow(/from 1 to 3/);
    await expect(fitKMeans(rows, { k: 0, seed: 1 })).rejects.toThrow(/from 1 to 3/);
    await expect(fitKMeans(rows, { k: 1.5, seed: 1 })).rejects.toThrow(/whole number/);
    await expect(fitKMeans(createMatrix(0, 2), { k: 1, seed: 1 })).rejects.toThrow(RangeError);
    await expect(fitKMeans(matrixOf([[0], [Number.NaN]]), { k: 1, seed: 1 })).rejects.toThrow(
      /row 1, column 0/,
    );
  });
});
