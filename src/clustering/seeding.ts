import { squaredDistance } from './distance.ts';
import { createMatrix, type Matrix } from './matrix.ts';
import type { Random } from './random.ts';

/**
 * k starting centroids by greedy k-means++ (Arthur and Vassilvitskii 2007; greedy as in scikit-learn): each next
 * centroid is the best of a few rows drawn with probability proportional to the squared distance to the nearest
 * centroid so far, where best leaves the smallest sum of these distances.
 *
 * @returns k x d. Throws RangeError where fewer than k different rows exist.
 */
export function seedCentroids(matrix: Matrix, k: number, random: Random): Matrix {
  const { rows: n, cols: d, data: x } = matrix;
  const trials = 2 + Math.floor(Math.log(k));
  const centroids = createMatrix(k, d);
  let nearest = new Float64Array(n).fill(Infinity);
  let candidate = new Float64Array(n);
  let best = new Float64Array(n);

  const first = random.integer(n);
  let total = distancesTo(first, candidate);
  [nearest, candidate] = [candidate, nearest];
  place(0, first);

  for (let j = 1; j < k; j++) {
    if (!(total > 0)) throw new RangeError(`${k} clusters need ${k} different rows, and there are ${j}`);
    let bestTotal = Infinity;
    let bestRow = -1;
    for (let trial = 0; trial < trials; trial++) {
      const row = drawByWeight(nearest, total, random);
      const sum = distancesTo(row, candidate);
      if (sum < bestTotal) {
        bestTotal = sum;
        bestRow = row;
        [best, candidate] = [candidate, best];
      }
    }
    [nearest, best] = [best, nearest];
    total = bestTotal;
    place(j, bestRow);
  }
  return centroids;

  function place(j: number, row: number) {
    centroids.data.set(x.subarray(row * d, (row + 1) * d), j * d);
  }

  /** Writes what `nearest` would be with this row among the centroids; returns its sum. */
  function distancesTo(row: number, into: Float64Array): number {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const squared = Math.min(nearest[i]!, squaredDistance(x, i * d, x, row * d, d));
      into[i] = squared;
      sum += squared;
    }
    return sum;
  }
}

/** A row drawn with probability proportional to its weight; never one of weight 0. */
export function drawByWeight(weights: Float64Array, total: number, random: Random): number {
  let left = random.uniform() * total;
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    if (weight === 0) continue;
    last = i;
    left -= weight;
    if (left < 0) return i;
  }
  return last;
}
