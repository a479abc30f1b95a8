import { squaredDistance } from './distance.ts';
import type { Matrix } from './matrix.ts';

/**
 * Assigns rows to different columns so that the total of fits[row][column] is greatest; null where a row is better
 * left alone (fits of 0 or less are never used). Deterministic. Hungarian method with potentials (Kuhn 1955, Munkres
 * 1957), on a table widened by one private zero column per row.
 */
export function bestAssignment(fits: readonly (readonly number[])[]): (number | null)[] {
  const rows = fits.length;
  const real = fits[0]?.length ?? 0;
  const cols = real + rows;
  const cost = (row: number, col: number) => (col < real ? -Math.max(0, fits[row]![col]!) : 0);
  const rowPotential = new Float64Array(rows + 1);
  const colPotential = new Float64Array(cols + 1);
  /** rowAt[c]: 1 + the row that holds column c - 1; 0 where it is free. Index 0 is the row being placed. */
  const rowAt = new Int32Array(cols + 1);
  for (let row = 1; row <= rows; row++) {
    const from = new Int32Array(cols + 1);
    const slack = new Float64Array(cols + 1).fill(Number.POSITIVE_INFINITY);
    const seen = new Uint8Array(cols + 1);
    let at = 0;
    rowAt[0] = row;
    do {
      seen[at] = 1;
      const current = rowAt[at]!;
      let step = Number.POSITIVE_INFINITY;
      let next = 0;
      for (let col = 1; col <= cols; col++) {
        if (seen[col]) continue;
        const reduced = cost(current - 1, col - 1) - rowPotential[current]! - colPotential[col]!;
        if (reduced < slack[col]!) {
          slack[col] = reduced;
          from[col] = at;
        }
        if (slack[col]! < step) {
          step = slack[col]!;
          next = col;
        }
      }
      for (let col = 0; col <= cols; col++) {
        if (seen[col]) {
          rowPotential[rowAt[col]!]! += step;
          colPotential[col]! -= step;
        } else slack[col]! -= step;
      }
      at = next;
    } while (rowAt[at] !== 0);
    while (at !== 0) {
      rowAt[at] = rowAt[from[at]!]!;
      at = from[at]!;
    }
  }
  const assigned = new Array<number | null>(rows).fill(null);
  for (let col = 1; col <= real; col++) {
    const row = rowAt[col]! - 1;
    if (row >= 0 && fits[row]![col - 1]! > 0) assigned[row] = col - 1;
  }
  return assigned;
}

/**
 * How alike two groups are by where they lie: 1 at the same place, 0.5 halfway from a centroid of `a` to the nearest
 * other centroid of `a`, so that above 0.5 no other one is as near; 0 or less beyond that one.
 * @param a ka x d centroids
 * @param b kb x d centroids in the same space
 * @returns fits[i][j], at most 1; all 1 where `a` has a single centroid
 */
export function nearness(a: Matrix, b: Matrix): number[][] {
  if (a.cols !== b.cols)
    throw new RangeError(`centroids of ${a.cols} values cannot be matched with ${b.cols}`);
  const between = (one: Matrix, i: number, other: Matrix, j: number) =>
    Math.sqrt(squaredDistance(one.data, i * a.cols, other.data, j * a.cols, a.cols));
  return Array.from({ length: a.rows }, (_, i) => {
    let reach = Number.POSITIVE_INFINITY;
    for (let j = 0; j < a.rows; j++) if (j !== i) reach = Math.min(reach, between(a, i, a, j));
    return Array.from({ length: b.rows }, (_, j) => {
      const far = between(a, i, b, j);
      return far === 0 ? 1 : 1 - far / reach;
    });
  });
}
