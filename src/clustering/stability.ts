import { lloyd } from './lloyd.ts';
import { type Matrix, takeRows } from './matrix.ts';
import { jaccard } from './metrics.ts';
import { createRandom } from './random.ts';

/** A fitted clustering whose stability is asked for. */
export interface Fitted {
  /** n x d. */
  matrix: Matrix;
  /** k x d. */
  centroids: Matrix;
  /** n. */
  labels: Int32Array;
}

export interface Subsample {
  seed: number;
  /** Number of this subsample. */
  index: number;
  /** Rows drawn without replacement. */
  size: number;
}

/**
 * Clusters one subsample anew, warm-started from the fitted centroids, and says how well each cluster is found
 * again. A cold start would mostly measure the luck of seeding.
 * @returns k Jaccard coefficients in 0..1
 */
export function subsampleJaccard(
  { matrix, centroids, labels }: Fitted,
  { seed, index, size }: Subsample,
): Float64Array {
  const rows = createRandom(seed, index).sample(matrix.rows, size);
  const k = centroids.rows;
  const again = lloyd(takeRows(matrix, rows), centroids, 300);
  const before = Int32Array.from(rows, row => labels[row]!);
  return jaccard(before, again.labels, k, k);
}

/**
 * Stability of the least stable cluster: the smallest over clusters of the mean over subsamples.
 * @param coefficients one array of k values for each subsample
 */
export function smallestJaccard(coefficients: readonly Float64Array[]): number {
  const k = coefficients[0]?.length ?? 0;
  const means = Array.from(
    { length: k },
    (_, j) => coefficients.reduce((sum, each) => sum + each[j]!, 0) / coefficients.length,
  );
  return Math.min(...means);
}
