import type { Matrix } from './matrix.ts';

/** What Lloyd's algorithm ends with. */
export interface LloydFit {
  /** k x d. */
  centroids: Matrix;
  /** n; labels[i] is the centroid nearest to row i, the first of equals. */
  labels: Int32Array;
  /** Passes over the rows. */
  iterations: number;
  /** Whether it stopped because nothing changed any more. */
  converged: boolean;
}

/**
 * Lloyd's algorithm from the given centroids (k x d) over the rows (n x d): assign every row to its nearest
 * centroid, move every centroid to the mean of its rows, until no row changes its centroid.
 * A centroid without rows stays where it is.
 */
export type Engine = (matrix: Matrix, initial: Matrix, maxIterations: number) => LloydFit;
