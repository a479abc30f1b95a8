import { squaredDistance } from './distance.ts';
import type { Engine } from './engine.ts';
import { createMatrix, type Matrix } from './matrix.ts';

/**
 * Exact Lloyd with a lower bound for every row and centroid (Elkan, "Using the triangle inequality to
 * accelerate k-means", ICML 2003), without Elkan's distances between centroids.
 *
 * Bounds are kept lazily. A centroid that has travelled t[c] in all can have come no nearer to a row than
 * its distance at some earlier moment minus what it travelled since. So `lower` holds distance + t[c] as of
 * that moment, and lower - t[c] is a bound at any later one, without touching rows that do not change.
 * `upper` holds distance - t[own] in the same way.
 *
 * Centroid sums are updated by the rows that move, and taken afresh once nothing moves any more, so that
 * the result does not carry the rounding of the way there.
 */
export const lloyd: Engine = (matrix, initial, maxIterations) => {
  const { rows: n, cols: d, data: x } = matrix;
  const k = initial.rows;
  const centroids = createMatrix(k, d);
  centroids.data.set(initial.data);
  const labels = new Int32Array(n);
  const lower = new Float64Array(n * k);
  const upper = new Float64Array(n);
  const slack = firstPass(matrix, centroids, labels, lower, upper);
  const sums = new Float64Array(k * d);
  const counts = new Int32Array(k);
  sumRows(matrix, labels, sums, counts);
  const travelled = new Float64Array(k);

  let iterations = 1;
  let changed = n;
  while (changed > 0 && iterations < maxIterations) {
    moveCentroids(centroids, sums, counts, travelled);
    iterations++;
    changed = pass();
  }
  sumRows(matrix, labels, sums, counts);
  moveCentroids(centroids, sums, counts, travelled);
  return { centroids, labels, iterations, converged: changed === 0 };

  function pass(): number {
    const c = centroids.data;
    let moved = 0;
    for (let i = 0; i < n; i++) {
      const own = labels[i]!;
      const base = i * k;
      const reach = upper[i]! + travelled[own]! + slack;
      let open = false;
      for (let j = 0; j < k; j++) {
        if (lower[base + j]! - travelled[j]! <= reach && j !== own) {
          open = true;
          break;
        }
      }
      if (!open) continue;

      let best = own;
      let bestSquared = squaredDistance(x, i * d, c, own * d, d);
      let bestDistance = Math.sqrt(bestSquared);
      lower[base + own] = bestDistance + travelled[own]!;
      for (let j = 0; j < k; j++) {
        if (j === own || lower[base + j]! - travelled[j]! > bestDistance + slack) continue;
        const squared = squaredDistance(x, i * d, c, j * d, d);
        const distance = Math.sqrt(squared);
        lower[base + j] = distance + travelled[j]!;
        if (squared < bestSquared || (squared === bestSquared && j < best)) {
          best = j;
          bestSquared = squared;
          bestDistance = distance;
        }
      }
      upper[i] = bestDistance - travelled[best]!;
      if (best !== own) {
        labels[i] = best;
        moved++;
        counts[own]!--;
        counts[best]!++;
        for (let t = 0; t < d; t++) {
          const value = x[i * d + t]!;
          sums[own * d + t]! -= value;
          sums[best * d + t]! += value;
        }
      }
    }
    return moved;
  }
};

/**
 * Measures every row against every centroid.
 * @returns the slack that bounds are compared with: far above the rounding of the bounds, far below any
 *   distance that matters, so that rows that tie are measured and not guessed.
 */
function firstPass(
  { rows: n, cols: d, data: x }: Matrix,
  { rows: k, data: c }: Matrix,
  labels: Int32Array,
  lower: Float64Array,
  upper: Float64Array,
): number {
  let largest = 0;
  for (let i = 0; i < n; i++) {
    let best = 0;
    let bestSquared = Infinity;
    for (let j = 0; j < k; j++) {
      const squared = squaredDistance(x, i * d, c, j * d, d);
      lower[i * k + j] = Math.sqrt(squared);
      if (squared < bestSquared) {
        bestSquared = squared;
        best = j;
      }
    }
    labels[i] = best;
    upper[i] = Math.sqrt(bestSquared);
    if (bestSquared > largest) largest = bestSquared;
  }
  return 1e-12 * Math.sqrt(largest);
}

/** Sets `sums` (k x d) and `counts` (k) from the rows, in row order. */
function sumRows(
  { rows: n, cols: d, data: x }: Matrix,
  labels: Int32Array,
  sums: Float64Array,
  counts: Int32Array,
) {
  sums.fill(0);
  counts.fill(0);
  for (let i = 0; i < n; i++) {
    const own = labels[i]!;
    counts[own]!++;
    for (let t = 0; t < d; t++) sums[own * d + t]! += x[i * d + t]!;
  }
}

/** Moves every centroid that has rows to their mean, and adds what it travelled. */
function moveCentroids(
  { rows: k, cols: d, data: c }: Matrix,
  sums: Float64Array,
  counts: Int32Array,
  travelled: Float64Array,
) {
  for (let j = 0; j < k; j++) {
    const count = counts[j]!;
    if (count === 0) continue;
    let squared = 0;
    for (let t = j * d; t < (j + 1) * d; t++) {
      const mean = sums[t]! / count;
      const step = mean - c[t]!;
      squared += step * step;
      c[t] = mean;
    }
    travelled[j]! += Math.sqrt(squared);
  }
}
