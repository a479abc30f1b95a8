import { assertFinite, createMatrix, type Matrix, takeRows } from './matrix.ts';
import { inProcess, type Pool } from './pool.ts';
import { createRandom } from './random.ts';
import type { KMeansFit } from './settle.ts';

export type { KMeansFit } from './settle.ts';

export interface KMeansOptions {
  k: number;
  /** Number of seedings that are tried; more find better optima where groups overlap. */
  starts?: number;
  seed: number;
  /** k x d centroids to start from instead of seeding. */
  initial?: Matrix;
}

/** Rows that starts are tried on: enough to rank them, few enough to try many. */
const sampleSize = 16_000;

/**
 * k-means (n x d): greedy k-means++ seedings run a little way on one seeded sample, the better ones run until
 * they settle there, and the best of those settle on all rows by exact Lloyd. Every stage takes its candidates
 * in a fixed order, so neither threads nor timing change the result.
 *
 * @returns the fit with the smallest inertia; centroids in canonical order (by their first value, then the
 *   next), so that equal solutions compare equal. Throws RangeError where k is not in 1..n, where fewer than k
 *   different rows exist, or where a value is not finite.
 */
export async function fitKMeans(
  matrix: Matrix,
  { k, starts = 24, seed, initial }: KMeansOptions,
  pool: Pool = inProcess,
): Promise<KMeansFit> {
  if (!(Number.isInteger(k) && k >= 1 && k <= matrix.rows)) {
    throw new RangeError(`k must be a whole number from 1 to ${matrix.rows} (the rows), and is ${k}`);
  }
  assertFinite(matrix);
  if (initial) return canonical(await pool.run('settle', { matrix, initial }));
  if (k === 1) starts = 1;

  const all = matrix.rows <= sampleSize;
  const sample = all ? matrix : takeRows(matrix, createRandom(seed).sample(matrix.rows, sampleSize));
  const tried = await Promise.all(
    Array.from({ length: starts }, (_, start) => pool.run('start', { matrix: sample, k, seed, start })),
  );
  const settled = await settleAll(sample, best(tried, Math.max(3, Math.ceil(starts / 4))), pool);
  if (all) return canonical(settled[0]!);
  return canonical((await settleAll(matrix, best(settled, 3), pool))[0]!);
}

async function settleAll(matrix: Matrix, from: readonly { centroids: Matrix }[], pool: Pool) {
  const fits = await Promise.all(
    from.map(({ centroids }) => pool.run('settle', { matrix, initial: centroids })),
  );
  return best(fits, fits.length);
}

/** The `count` solutions of least inertia, equal ones once, the earlier first of equals. */
function best<Fit extends { inertia: number }>(fits: readonly Fit[], count: number): Fit[] {
  const byInertia = [...fits].sort((a, b) => a.inertia - b.inertia);
  const different = byInertia.filter(
    (fit, i) => i === 0 || fit.inertia > byInertia[i - 1]!.inertia * (1 + 1e-7),
  );
  return different.slice(0, count);
}

/** The same fit with its centroids in order of their first value, then the next, and labels to match. */
function canonical(fit: KMeansFit): KMeansFit {
  const { rows: k, cols: d, data } = fit.centroids;
  const order = Array.from({ length: k }, (_, j) => j).sort((a, b) => {
    for (let t = 0; t < d; t++) {
      const difference = data[a * d + t]! - data[b * d + t]!;
      if (difference !== 0) return difference;
    }
    return 0;
  });
  const centroids = createMatrix(k, d);
  const position = new Int32Array(k);
  order.forEach((from, to) => {
    centroids.data.set(data.subarray(from * d, (from + 1) * d), to * d);
    position[from] = to;
  });
  return { ...fit, centroids, labels: fit.labels.map(label => position[label]!) };
}
