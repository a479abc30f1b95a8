import { EigenvalueDecomposition, type Matrix } from 'ml-matrix';

export interface Eigen {
  /** Largest first. */
  values: number[];
  /** vectors[d]: unit eigenvector of values[d]. */
  vectors: number[][];
}

/** Eigen-decomposition of a symmetric matrix, in a fixed order. */
export function symmetricEigen(matrix: Matrix): Eigen {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, {
    assumeSymmetric: true,
  });
  const order = realEigenvalues
    .map((_, d) => d)
    .sort((a, b) => realEigenvalues[b]! - realEigenvalues[a]! || a - b);
  return {
    values: order.map(d => realEigenvalues[d]!),
    vectors: order.map(d => eigenvectorMatrix.getColumn(d)),
  };
}

/** A direction has no natural sign: the first of its largest weights (within rounding) is made positive. */
export function withFixedSign(vector: number[]): number[] {
  const largest = vector.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  const leader = vector.find(weight => Math.abs(weight) >= largest * (1 - 1e-9)) ?? 1;
  return leader < 0 ? vector.map(weight => -weight) : vector;
}
