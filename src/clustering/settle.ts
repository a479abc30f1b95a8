import { type Assignment, assign, inertiaOf, sizesOf } from './assign.ts';
import type { Engine, LloydFit } from './engine.ts';
import { lloyd } from './lloyd.ts';
import { createMatrix, type Matrix, rowAt } from './matrix.ts';
import { simplifiedSilhouette } from './silhouette.ts';

export interface KMeansFit extends LloydFit {
  /** Sum of squared distances to the own centroid. */
  inertia: number;
  /** Mean simplified silhouette of the rows. */
  silhouette: number;
}

const maxIterations = 1_000;

/**
 * Runs Lloyd's algorithm until it settles with rows in every cluster: a centroid without rows is sent to the
 * row that lies farthest from its own centroid, and the run goes on from there.
 *
 * @param initial k x d
 * @returns the fit, its labels and inertia measured against its final centroids.
 *   Throws RangeError where fewer than k different rows exist.
 */
export function settle(matrix: Matrix, initial: Matrix, engine: Engine = lloyd): KMeansFit {
  const k = initial.rows;
  let iterations = 0;
  let from = initial;
  for (let repairs = 0; repairs <= 10 * k; repairs++) {
    const fit = engine(matrix, from, maxIterations);
    iterations += fit.iterations;
    const placed = assign(matrix, fit.centroids);
    const empty = sizesOf(placed.labels, k).indexOf(0);
    if (empty < 0) {
      return {
        ...fit,
        labels: placed.labels,
        iterations,
        inertia: inertiaOf(placed.own),
        silhouette: simplifiedSilhouette(placed.own, placed.second),
      };
    }
    from = repaired(matrix, fit.centroids, empty, placed);
  }
  throw new RangeError(`${k} clusters cannot all keep rows: there are too few different rows`);
}

function repaired(matrix: Matrix, centroids: Matrix, empty: number, { own }: Assignment): Matrix {
  let farthest = 0;
  for (let i = 1; i < own.length; i++) if (own[i]! > own[farthest]!) farthest = i;
  if (!(own[farthest]! > 0)) {
    throw new RangeError(`${centroids.rows} clusters need as many different rows, and there are fewer`);
  }
  const moved = createMatrix(centroids.rows, centroids.cols);
  moved.data.set(centroids.data);
  moved.data.set(rowAt(matrix, farthest), empty * centroids.cols);
  return moved;
}
