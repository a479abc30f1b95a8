import { Matrix as Dense } from 'ml-matrix';
import { symmetricEigen, withFixedSign } from './eigen.ts';
import type { Matrix } from './matrix.ts';

/** Added to the within-group variances, as a share of their mean, so that a constant direction cannot dominate. */
const RIDGE = 0.1;
const NEGLIGIBLE = 1e-9;

/**
 * Places rows in two dimensions so that their groups lie apart: linear discriminant directions (Fisher 1936, with a
 * ridge on the within-group scatter), completed by principal components where there are fewer than two of them
 * (one or two groups). labels[i] in 0 .. k - 1. Signs are fixed: the largest weight of a direction is positive.
 * Coordinates are centred on the mean of all rows and have no unit.
 */
export function projectTwo(
  matrix: Matrix,
  labels: Int32Array,
  k: number,
): { x: Float64Array; y: Float64Array } {
  const mean = columnMeans(matrix);
  const total = totalScatter(matrix, mean);
  const between = betweenScatter(matrix, labels, k, mean);
  const directions = discriminants(Dense.sub(total, between), between, Math.max(0, k - 1));
  while (directions.length < Math.min(2, matrix.cols)) directions.push(principal(total, directions));
  const [first, second] = directions.map(withFixedSign);
  return { x: project(matrix, mean, first), y: project(matrix, mean, second) };
}

function columnMeans({ rows, cols, data }: Matrix): Float64Array {
  const mean = new Float64Array(cols);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) mean[j]! += data[i * cols + j]!;
  return mean.map(sum => sum / Math.max(1, rows));
}

function totalScatter({ rows, cols, data }: Matrix, mean: Float64Array): Dense {
  const sums = new Float64Array(cols * cols);
  const row = new Float64Array(cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) row[j] = data[i * cols + j]! - mean[j]!;
    for (let j = 0; j < cols; j++) {
      const value = row[j]!;
      for (let l = 0; l <= j; l++) sums[j * cols + l]! += value * row[l]!;
    }
  }
  return symmetric(cols, (j, l) => sums[j * cols + l]! / Math.max(1, rows));
}

function betweenScatter(
  { rows, cols, data }: Matrix,
  labels: Int32Array,
  k: number,
  mean: Float64Array,
): Dense {
  const sizes = new Float64Array(k);
  const sums = new Float64Array(k * cols);
  for (let i = 0; i < rows; i++) {
    const label = labels[i]!;
    sizes[label]!++;
    for (let j = 0; j < cols; j++) sums[label * cols + j]! += data[i * cols + j]! - mean[j]!;
  }
  return symmetric(cols, (j, l) => {
    let sum = 0;
    for (let c = 0; c < k; c++)
      if (sizes[c]! > 0) sum += (sums[c * cols + j]! * sums[c * cols + l]!) / sizes[c]!;
    return sum / Math.max(1, rows);
  });
}

/** `element(j, l)` is asked for l <= j only. */
function symmetric(size: number, element: (j: number, l: number) => number): Dense {
  const dense = Dense.zeros(size, size);
  for (let j = 0; j < size; j++) {
    for (let l = 0; l <= j; l++) {
      const value = element(j, l);
      dense.set(j, l, value);
      dense.set(l, j, value);
    }
  }
  return dense;
}

/** Up to two directions along which the groups' means differ most for the spread within groups. */
function discriminants(within: Dense, between: Dense, most: number): number[][] {
  const size = within.rows;
  if (size === 0) return [];
  const ridge = RIDGE * Math.max(within.trace() / size, NEGLIGIBLE * between.trace());
  if (!(ridge > 0)) return [];
  const { vectors, values } = symmetricEigen(within);
  const whitener = Dense.zeros(size, size);
  vectors.forEach((vector, d) => {
    const factor = 1 / Math.sqrt(Math.max(0, values[d]!) + ridge);
    vector.forEach((weight, j) => {
      whitener.set(j, d, weight * factor);
    });
  });
  const whitened = whitener.transpose().mmul(between).mmul(whitener);
  const apart = symmetricEigen(symmetric(size, (j, l) => (whitened.get(j, l) + whitened.get(l, j)) / 2));
  return apart.vectors
    .slice(0, Math.min(2, most))
    .filter((_, d) => apart.values[d]! > NEGLIGIBLE)
    .map(vector => whitener.mmul(Dense.columnVector(vector)).to1DArray());
}

/** The direction of greatest spread at right angles to the given ones. */
function principal(total: Dense, given: number[][]): number[] {
  const size = total.rows;
  let remover = Dense.eye(size);
  for (const direction of given) {
    const column = Dense.columnVector(direction);
    const length = column.norm();
    const unit = length > 0 ? column.div(length) : column;
    remover = remover.sub(unit.mmul(unit.transpose()));
  }
  const rest = remover.mmul(total).mmul(remover);
  const { vectors } = symmetricEigen(symmetric(size, (j, l) => (rest.get(j, l) + rest.get(l, j)) / 2));
  return vectors[0]!;
}

function project(
  { rows, cols, data }: Matrix,
  mean: Float64Array,
  direction: number[] | undefined,
): Float64Array {
  const placed = new Float64Array(rows);
  if (!direction) return placed;
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let j = 0; j < cols; j++) sum += (data[i * cols + j]! - mean[j]!) * direction[j]!;
    placed[i] = sum;
  }
  return placed;
}
