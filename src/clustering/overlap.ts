import { squaredDistance } from './distance.ts';
import type { Matrix } from './matrix.ts';

/** Bins over the two groups' line, from half their distance before the one to half of it beyond the other. */
const bins = 80;
/** Standard deviation of the smoothing kernel, in bins. */
const bandwidth = 3;

/**
 * How far the two least separated groups run into each other. The rows of two groups are laid along the line
 * through their centroids; where the groups are two, their density has two peaks with a valley on the border.
 * The overlap is the height of that valley over the lower peak.
 *
 * @param matrix n x d
 * @param centroids k x d
 * @param labels n
 * @returns the largest overlap of any two groups: 0 where the borders are empty, 1 where two groups are slices
 *   of one cloud; 0 where k is 1
 */
export function largestOverlap(matrix: Matrix, centroids: Matrix, labels: Int32Array): number {
  const { cols: d } = matrix;
  const k = centroids.rows;
  const histograms = lineHistograms(matrix, centroids, labels);
  let largest = 0;
  for (let a = 0; a < k; a++) {
    for (let b = a + 1; b < k; b++) {
      if (squaredDistance(centroids.data, a * d, centroids.data, b * d, d) === 0) return 1;
      largest = Math.max(largest, valleyOverPeak(smooth(histograms, (a * k + b) * bins)));
    }
  }
  return largest;
}

/** Histogram of the rows of groups a < b along their line, at (a k + b) bins. */
function lineHistograms(
  { rows: n, cols: d, data: x }: Matrix,
  { rows: k, data: c }: Matrix,
  labels: Int32Array,
): Float64Array {
  const histograms = new Float64Array(k * k * bins);
  const between = new Float64Array(k * k);
  for (let a = 0; a < k; a++) {
    for (let b = 0; b < k; b++) between[a * k + b] = squaredDistance(c, a * d, c, b * d, d);
  }
  const squared = new Float64Array(k);
  for (let i = 0; i < n; i++) {
    const own = labels[i]!;
    for (let j = 0; j < k; j++) squared[j] = squaredDistance(x, i * d, c, j * d, d);
    for (let j = 0; j < k; j++) {
      if (j === own) continue;
      const a = Math.min(own, j);
      const b = Math.max(own, j);
      // The foot of the row on the line through both centroids: 0 at a, 1 at b (law of cosines).
      const foot = 0.5 + (squared[a]! - squared[b]!) / (2 * between[a * k + b]!);
      const bin = Math.floor(((foot + 0.5) / 2) * bins);
      if (bin >= 0 && bin < bins) histograms[(a * k + b) * bins + bin]!++;
    }
  }
  return histograms;
}

function smooth(histograms: Float64Array, at: number): Float64Array {
  const reach = 4 * bandwidth;
  return Float64Array.from({ length: bins }, (_, i) => {
    let density = 0;
    for (let j = Math.max(0, i - reach); j <= Math.min(bins - 1, i + reach); j++) {
      density += histograms[at + j]! * Math.exp(-(((i - j) / bandwidth) ** 2) / 2);
    }
    return density;
  });
}

/** The lowest density near the border, over the lower of the highest on either side. */
function valleyOverPeak(density: Float64Array): number {
  const middle = bins / 2;
  const left = Math.max(...density.subarray(0, middle));
  const right = Math.max(...density.subarray(middle));
  const valley = Math.min(...density.subarray(middle - bins / 8, middle + bins / 8));
  const peak = Math.min(left, right);
  return peak > 0 ? valley / peak : 0;
}
