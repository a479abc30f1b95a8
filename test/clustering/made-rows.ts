import { createMatrix, type Matrix } from '../../src/clustering/matrix.ts';
import { createRandom } from '../../src/clustering/random.ts';

export interface Mixture {
  rows: number;
  cols: number;
  groups: number;
  /** Standard deviation of the groups' centres; the groups themselves have 1. */
  spread: number;
  seed: number;
}

/** Spherical groups of about equal size, and which group each row was made in. */
export function mixture({ rows, cols, groups, spread, seed }: Mixture): {
  matrix: Matrix;
  truth: Int32Array;
} {
  const random = createRandom(seed);
  const centres = Array.from({ length: groups }, () =>
    Array.from({ length: cols }, () => spread * random.normal()),
  );
  const matrix = createMatrix(rows, cols);
  const truth = new Int32Array(rows);
  for (let i = 0; i < rows; i++) {
    truth[i] = random.integer(groups);
    const centre = centres[truth[i]!]!;
    for (let j = 0; j < cols; j++) matrix.data[i * cols + j] = centre[j]! + random.normal();
  }
  return { matrix, truth };
}
