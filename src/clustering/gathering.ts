import { squaredDistance } from './distance.ts';
import type { Matrix } from './matrix.ts';

/** Rows that lie together where hardly any lay before. */
interface Gathering {
  /** Mean of its rows, d values. */
  centre: Float64Array;
  /** Root of their mean squared distance to it. */
  radius: number;
  /** Number of rows of the sample in it, and of the sample of before within the same reach. */
  rows: number;
  before: number;
}

/** Steps of mean shift; each follows the rows where they thicken. */
const steps = 20;

/**
 * Finds the place where rows have gathered: of the balls around every row that hold its nearest `neighbours`, the one
 * that holds the fewest rows of the sample of before (of equals the smallest, then the first), moved to the mean of its
 * rows until it stands (mean shift with a flat kernel; Fukunaga and Hostetler, 1975).
 *
 * @param sample n x d
 * @param before m x d, the same kind of rows at another time
 * @param neighbours number of rows in a ball, itself included
 * @returns null where the sample has fewer rows
 */
export function findGathering(sample: Matrix, before: Matrix, neighbours: number): Gathering | null {
  const { rows: n, cols: d, data } = sample;
  if (n < neighbours || neighbours < 1) return null;
  let best = { row: -1, reach: Infinity, before: Infinity };
  const squares = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) squares[j] = squaredDistance(data, i * d, data, j * d, d);
    const reach = squares.slice().sort()[neighbours - 1]!;
    const held = countWithin(before, data.subarray(i * d, (i + 1) * d), reach);
    if (held < best.before || (held === best.before && reach < best.reach))
      best = { row: i, reach, before: held };
  }
  let centre: Float64Array = data.slice(best.row * d, (best.row + 1) * d);
  let members = membersWithin(sample, centre, best.reach);
  for (let step = 0; step < steps; step++) {
    const moved = meanOf(sample, members);
    const next = membersWithin(sample, moved, best.reach);
    const stands = next.length === members.length && next.every((row, at) => row === members[at]);
    centre = moved;
    members = next;
    if (stands || next.length === 0) break;
  }
  const spread = members.reduce((sum, row) => sum + squaredDistance(data, row * d, centre, 0, d), 0);
  return {
    centre,
    radius: members.length > 0 ? Math.sqrt(spread / members.length) : 0,
    rows: members.length,
    before: countWithin(before, centre, best.reach),
  };
}

function membersWithin({ rows, cols, data }: Matrix, centre: Float64Array, reach: number): number[] {
  const members: number[] = [];
  for (let i = 0; i < rows; i++) {
    if (squaredDistance(data, i * cols, centre, 0, cols) <= reach) members.push(i);
  }
  return members;
}

function countWithin(matrix: Matrix, centre: Float64Array, reach: number): number {
  return membersWithin(matrix, centre, reach).length;
}

function meanOf({ cols, data }: Matrix, members: readonly number[]): Float64Array {
  const mean = new Float64Array(cols);
  for (const row of members) for (let j = 0; j < cols; j++) mean[j]! += data[row * cols + j]!;
  return mean.map(value => value / members.length);
}
