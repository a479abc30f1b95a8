import { squaredDistance } from './distance.ts';
import type { Matrix } from './matrix.ts';

export interface Assignment {
  /** n; index of the nearest centroid, the first of equals. */
  labels: Int32Array;
  /** n; distance to the nearest centroid. */
  own: Float64Array;
  /** n; distance to the second nearest; Infinity where there is only one centroid. */
  second: Float64Array;
}

/** Places every row (n x d) with its nearest of the centroids (k x d). Distances are Euclidean. */
export function assign(matrix: Matrix, centroids: Matrix): Assignment {
  const { rows: n, cols: d, data: x } = matrix;
  const { rows: k, data: c } = centroids;
  if (k === 0) throw new RangeError('there is no centroid to assign to');
  if (centroids.cols !== d) throw new RangeError(`rows have ${d} values, centroids ${centroids.cols}`);
  const labels = new Int32Array(n);
  const own = new Float64Array(n);
  const second = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let best = 0;
    let nearest = Infinity;
    let next = Infinity;
    for (let j = 0; j < k; j++) {
      const squared = squaredDistance(x, i * d, c, j * d, d);
      if (squared < nearest) {
        next = nearest;
        nearest = squared;
        best = j;
      } else if (squared < next) {
        next = squared;
      }
    }
    labels[i] = best;
    own[i] = Math.sqrt(nearest);
    second[i] = Math.sqrt(next);
  }
  return { labels, own, second };
}

/** Squared Euclidean distances of rows (n x d) to centroids (k x d): n x k. */
export function squaredDistances(matrix: Matrix, centroids: Matrix): Matrix {
  const { rows: n, cols: d, data: x } = matrix;
  const { rows: k, data: c } = centroids;
  if (centroids.cols !== d) throw new RangeError(`rows have ${d} values, centroids ${centroids.cols}`);
  const squared = { rows: n, cols: k, data: new Float64Array(n * k) };
  for (let i = 0; i < n; i++)
    for (let j = 0; j < k; j++) squared.data[i * k + j] = squaredDistance(x, i * d, c, j * d, d);
  return squared;
}

/** Sum of squared distances to the own centroid. */
export function inertiaOf(own: Float64Array): number {
  let sum = 0;
  for (const distance of own) sum += distance * distance;
  return sum;
}

/** Number of rows with each label, k values. */
export function sizesOf(labels: Int32Array, k: number): Int32Array {
  const sizes = new Int32Array(k);
  for (const label of labels) sizes[label]!++;
  return sizes;
}

/**
 * How surely a row belongs to its own centroid rather than to the second nearest: second^2 / (own^2 + second^2),
 * which is the membership of fuzzy c-means (Bezdek 1981, fuzzifier 2) between these two. 0.5 lies on the border
 * between two segments, 1 at the centre of one. It looks at one row alone, so a customer scored by themselves
 * gets what they get among all.
 * @returns n values in [0.5, 1]
 */
export function confidence(own: Float64Array, second: Float64Array): Float64Array {
  return own.map((a, i) => confidenceOf(a, second[i]!));
}

/** The same for one row; below 0.5 where `second` is nearer than `own`. */
export function confidenceOf(own: number, second: number): number {
  if (second === Infinity) return 1;
  return own === 0 && second === 0 ? 0.5 : 1 / (1 + (own / second) ** 2);
}
