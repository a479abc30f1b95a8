/** Columns cut into at most `BINS` quantile bins each, so that a split is found by counting instead of sorting. */
export interface BinnedColumns {
  rows: number;
  /** bins[c][i]: 0 where the value is missing (NaN), else 1 + the index of its edge. */
  bins: Uint8Array[];
  /** edges[c][b]: largest value in bin b + 1; strictly rising, so "at most edges[c][b]" means bins 1 .. b + 1. */
  edges: number[][];
}

export const BINS = 64;

/** columns[c][i], any unit; infinite values count as missing. Ties never straddle two bins. */
export function binColumns(columns: readonly Float64Array[]): BinnedColumns {
  const edges = columns.map(quantileEdges);
  return {
    rows: columns[0]?.length ?? 0,
    edges,
    bins: columns.map((column, c) => {
      const bins = new Uint8Array(column.length);
      for (let i = 0; i < column.length; i++) bins[i] = binOf(column[i]!, edges[c]!);
      return bins;
    }),
  };
}

function quantileEdges(column: Float64Array): number[] {
  const sorted = column.filter(Number.isFinite).sort();
  const edges: number[] = [];
  for (let b = 1; b <= BINS && sorted.length > 0; b++) {
    const value = sorted[Math.max(0, Math.ceil((b * sorted.length) / BINS) - 1)]!;
    if (edges.length === 0 || value > edges.at(-1)!) edges.push(value);
  }
  return edges;
}

function binOf(value: number, edges: readonly number[]): number {
  if (!Number.isFinite(value)) return 0;
  let low = 0;
  let high = edges.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= edges[middle]!) high = middle;
    else low = middle + 1;
  }
  return low + 1;
}
