import { squaredDistance } from './distance.ts';
import { createMatrix, type Matrix, rowAt } from './matrix.ts';
import { createRandom, type Random } from './random.ts';
import { drawByWeight } from './seeding.ts';
import { type KMeansFit, settle } from './settle.ts';

/**
 * A new solution from two: their centroids are paired, one of each pair is kept at random, one of the kept is
 * sent to a row drawn as k-means++ draws it, and the result settles. Good parts of both parents meet in this
 * way, which finds better optima than as many fresh starts do (Gribel and Vidal, "HG-means: a scalable hybrid
 * genetic algorithm for minimum sum-of-squares clustering", 2019).
 *
 * @param matrix n x d
 * @param one k x d
 * @param other k x d
 * @param child numbers it: each has its own stream of the seed
 */
export function recombine(
  matrix: Matrix,
  one: Matrix,
  other: Matrix,
  seed: number,
  child: number,
): KMeansFit {
  const random = createRandom(seed, one.rows, -1, child);
  const crossed = cross(one, other, random);
  const gone = random.integer(crossed.rows);
  const row = farRow(matrix, crossed, gone, random);
  crossed.data.set(rowAt(matrix, row), gone * crossed.cols);
  return settle(matrix, crossed);
}

/** Pairs each centroid of `one`, in random order, with the nearest of `other` still free, and keeps either. */
function cross(one: Matrix, other: Matrix, random: Random): Matrix {
  const { rows: k, cols: d } = one;
  const crossed = createMatrix(k, d);
  const order = Int32Array.from({ length: k }, (_, j) => j);
  random.shuffle(order);
  const free = new Set(order.toSorted());
  for (const a of order) {
    let nearest = -1;
    let least = Infinity;
    for (const b of free) {
      const squared = squaredDistance(one.data, a * d, other.data, b * d, d);
      if (squared < least) {
        least = squared;
        nearest = b;
      }
    }
    free.delete(nearest);
    crossed.data.set(random.uniform() < 0.5 ? rowAt(one, a) : rowAt(other, nearest), a * d);
  }
  return crossed;
}

/** A row drawn by its squared distance to the nearest centroid other than the one that goes. */
function farRow(matrix: Matrix, centroids: Matrix, gone: number, random: Random): number {
  const { rows: n, cols: d } = matrix;
  const weights = new Float64Array(n);
  let total = 0;
  for (let i = 0; i < n; i++) {
    let least = Infinity;
    for (let j = 0; j < centroids.rows; j++) {
      if (j === gone) continue;
      least = Math.min(least, squaredDistance(matrix.data, i * d, centroids.data, j * d, d));
    }
    weights[i] = least;
    total += least;
  }
  return drawByWeight(weights, total, random);
}
