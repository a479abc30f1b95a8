import { Matrix as Dense } from 'ml-matrix';
import { symmetricEigen } from './eigen.ts';
import { createMatrix, type Matrix, rowAt, rowsOf } from './matrix.ts';
import { createRandom } from './random.ts';

/** What a reference keeps of the data: each feature's distribution, and how features go together. */
export interface Copula {
  /** d x m: row j holds the sorted values of feature j. */
  sorted: Matrix;
  /** d x d; L with L Lt = the correlations of the latent normals. */
  root: Matrix;
}

/**
 * Fits a Gaussian copula to the rows (n x d). Data drawn from it have the same marginal distributions, ties and
 * spikes at zero included, and the same rank correlations, but one connected cloud of customers: no groups.
 */
export function fitCopula(matrix: Matrix): Copula {
  const { rows: n, cols: d } = matrix;
  const sorted = createMatrix(d, n);
  const scores = createMatrix(d, n);
  const column = new Float64Array(n);
  for (let j = 0; j < d; j++) {
    for (let i = 0; i < n; i++) column[i] = matrix.data[i * d + j]!;
    const ordered = sorted.data.subarray(j * n, (j + 1) * n);
    ordered.set(column);
    ordered.sort();
    normalScores(column, ordered, scores.data.subarray(j * n, (j + 1) * n));
  }
  return { sorted, root: rootOf(latentCorrelations(correlations(scores), hermite(sorted))) };
}

/** `rows` rows without groups; `index` numbers the reference, each has its own stream of the seed. */
export function drawReference({ sorted, root }: Copula, rows: number, seed: number, index: number): Matrix {
  const d = sorted.rows;
  const m = sorted.cols;
  const random = createRandom(seed, index);
  const drawn = createMatrix(rows, d);
  const independent = new Float64Array(d);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < d; j++) independent[j] = random.normal();
    for (let j = 0; j < d; j++) {
      let score = 0;
      for (let t = 0; t < d; t++) score += root.data[j * d + t]! * independent[t]!;
      const rank = Math.min(m - 1, Math.floor(normalCdf(score) * m));
      drawn.data[i * d + j] = sorted.data[j * m + rank]!;
    }
  }
  return drawn;
}

/** Normal quantile of each value's mid-rank, standardised: ties share a score. */
function normalScores(values: Float64Array, sorted: Float64Array, into: Float64Array): void {
  const n = values.length;
  const scoreOf = new Map<number, number>();
  for (let from = 0; from < n; ) {
    let to = from + 1;
    while (to < n && sorted[to] === sorted[from]) to++;
    scoreOf.set(sorted[from]!, normalQuantile((from + to) / 2 / n));
    from = to;
  }
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const score = scoreOf.get(values[i]!)!;
    into[i] = score;
    squares += score * score;
  }
  let sum = 0;
  for (let i = 0; i < n; i++) sum += into[i]!;
  const mean = sum / n;
  const deviation = Math.sqrt(squares / n - mean * mean);
  for (let i = 0; i < n; i++) into[i] = deviation > 0 ? (into[i]! - mean) / deviation : 0;
}

/** Terms of the Hermite series; what the steps at ties leave over is taken as one term more. */
const terms = 24;

/**
 * d x (terms + 1): coefficients, in orthonormal Hermite polynomials of a standard normal, of the score that each
 * feature makes of it. Without ties the score is the normal itself: 1, 0, 0, ...
 */
function hermite({ rows: d, cols: n, data }: Matrix): Matrix {
  const coefficients = createMatrix(d, terms + 1);
  const score = new Float64Array(n);
  for (let j = 0; j < d; j++) {
    const sorted = data.subarray(j * n, (j + 1) * n);
    normalScores(sorted, sorted, score);
    const row = rowAt(coefficients, j);
    for (let i = 0; i < n; i++) {
      const x = normalQuantile((i + 0.5) / n);
      let [before, at] = [1, x];
      for (let t = 0; t < terms; t++) {
        row[t]! += (score[i]! * at) / n;
        [before, at] = [at, (x * at - Math.sqrt(t + 1) * before) / Math.sqrt(t + 2)];
      }
    }
    const explained = row.reduce((sum, value) => sum + value * value, 0);
    if (explained <= 1) row[terms] = Math.sqrt(1 - explained);
    else for (let t = 0; t < terms; t++) row[t]! /= Math.sqrt(explained);
  }
  return coefficients;
}

/**
 * The correlations that normals must have for their scores to have the given ones: ties weaken a correlation, so
 * without this a reference would hold together less than the data do (Cario and Nelson, "Modeling and generating
 * random vectors with arbitrary marginal distributions and correlation matrix", 1997).
 */
function latentCorrelations(scores: Matrix, coefficients: Matrix): Matrix {
  const d = scores.rows;
  const latent = createMatrix(d, d);
  for (let a = 0; a < d; a++) {
    latent.data[a * d + a] = 1;
    for (let b = 0; b < a; b++) {
      const wanted = scores.data[a * d + b]!;
      const rho = wanted === 0 ? 0 : latentFor(wanted, rowAt(coefficients, a), rowAt(coefficients, b));
      latent.data[a * d + b] = latent.data[b * d + a] = rho;
    }
  }
  return latent;
}

/** Solves for the correlation rho of two normals that gives their scores the wanted one: sum of a_t b_t rho^t. */
function latentFor(wanted: number, a: Float64Array, b: Float64Array): number {
  let [low, high] = [-1, 1];
  for (let step = 0; step < 30; step++) {
    const rho = (low + high) / 2;
    let reached = 0;
    for (let t = terms; t >= 0; t--) reached = rho * (a[t]! * b[t]! + reached);
    if (reached < wanted) low = rho;
    else high = rho;
  }
  return (low + high) / 2;
}

/** d x d correlations of d standardised series of n values each (d x n). */
function correlations({ rows: d, cols: n, data }: Matrix): Matrix {
  const result = createMatrix(d, d);
  for (let a = 0; a < d; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += data[a * n + i]! * data[b * n + i]!;
      result.data[a * d + b] = result.data[b * d + a] = a === b ? 1 : sum / n;
    }
  }
  return result;
}

/**
 * L with L Lt = the correlations. Solved pair by pair they may not be those of any variables at once: what they
 * lack shows as negative eigenvalues, which are cut off, and rows are brought back to unit length.
 */
function rootOf(correlation: Matrix): Matrix {
  const d = correlation.rows;
  const root = createMatrix(d, d);
  if (d === 0) return root;
  const { values, vectors } = symmetricEigen(new Dense(rowsOf(correlation)));
  for (let j = 0; j < d; j++) {
    const row = rowAt(root, j);
    for (let t = 0; t < d; t++) row[t] = vectors[t]![j]! * Math.sqrt(Math.max(0, values[t]!));
    const length = Math.hypot(...row);
    for (let t = 0; t < d; t++) row[t]! /= length;
  }
  return root;
}

/** Standard normal distribution function (Abramowitz and Stegun 26.2.17); error below 7.5e-8. */
function normalCdf(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const series =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = 0.3989422804014327 * Math.exp((-x * x) / 2) * series;
  return x > 0 ? 1 - tail : tail;
}

/** Its inverse on (0, 1) (Acklam's rational approximation); relative error below 1.15e-9. */
function normalQuantile(p: number): number {
  if (p < 0.02425) return tailQuantile(Math.sqrt(-2 * Math.log(p)));
  if (p > 1 - 0.02425) return -tailQuantile(Math.sqrt(-2 * Math.log(1 - p)));
  const q = p - 0.5;
  const r = q * q;
  const above = polynomial(
    r,
    [
      -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
      2.506628277459239,
    ],
  );
  const below = polynomial(
    r,
    [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1],
  );
  return (q * above) / below;
}

function tailQuantile(q: number): number {
  const above = polynomial(
    q,
    [
      -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
      2.938163982698783,
    ],
  );
  const below = polynomial(
    q,
    [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1],
  );
  return above / below;
}

/** Coefficients from the highest power down. */
function polynomial(x: number, coefficients: readonly number[]): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}
