import type { Placed } from './segment-sums.ts';
import { aside } from './sticky.ts';

/** Running sums over those who moved from one segment (or `aside`, or `nowhere`) to another. */
export interface MoveSum {
  from: number;
  to: number;
  customers: number;
  revenueLastYear: number;
  /** Where they are now: the sum of their positions in the frozen space. */
  position: Float64Array;
  /** Raw values of now, by column of the frozen space. */
  raw: { known: Float64Array; sum: Float64Array };
}

/** By pair; those who stay are not in it. */
export type MoveSums = Map<string, MoveSum>;

/** @param features those of the columns of the frozen space, in their order */
export function addToMoves(
  sums: MoveSums,
  { rows, columns, scores, segment }: Placed,
  stood: Int32Array,
  features: readonly string[],
): void {
  const { cols, data } = scores.matrix;
  const revenue = columns.get('revenue_last_year');
  const raw = features.map(id => columns.get(id));
  for (let i = 0; i < rows; i++) {
    const [from, to] = [stood[i]!, segment[i]!];
    if (from === to) continue;
    const sum = moveSum(sums, from, to, cols);
    sum.customers++;
    const spent = revenue?.[i] ?? 0;
    sum.revenueLastYear += Number.isNaN(spent) ? 0 : spent;
    if (!isBetweenSegments(sum)) continue;
    for (let j = 0; j < cols; j++) sum.position[j]! += data[i * cols + j]!;
    addRaw(sum.raw, raw, i);
  }
}

/** Adds row i to the sums of raw values; missing ones are not known. */
export function addRaw(
  { known, sum }: MoveSum['raw'],
  columns: readonly (Float64Array | undefined)[],
  i: number,
): void {
  for (let j = 0; j < columns.length; j++) {
    const value = columns[j]?.[i] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    known[j]!++;
    sum[j]! += value;
  }
}

export function isBetweenSegments({ from, to }: Pick<MoveSum, 'from' | 'to'>): boolean {
  return from > aside && to > aside;
}

export function emptyMoveSum(from: number, to: number, dimensions: number): MoveSum {
  return {
    from,
    to,
    customers: 0,
    revenueLastYear: 0,
    position: new Float64Array(dimensions),
    raw: { known: new Float64Array(dimensions), sum: new Float64Array(dimensions) },
  };
}

function moveSum(sums: MoveSums, from: number, to: number, dimensions: number): MoveSum {
  const key = `${from}>${to}`;
  let sum = sums.get(key);
  if (!sum) {
    sum = emptyMoveSum(from, to, dimensions);
    sums.set(key, sum);
  }
  return sum;
}
