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
