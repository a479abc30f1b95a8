import type { Model } from '../model.ts';
import type { MoveSum, MoveSums } from './move-sums.ts';
import { type Driver, gone, type Move, newcomer, setAsideKey } from './record.ts';
import { cents } from './segment-sums.ts';
import { aside, nowhere } from './sticky.ts';

/** The moves of a refresh, those of most customers first. */
export function movesOf(
  { segments }: Model,
  sums: MoveSums,
  left: readonly { from: string; customers: number }[],
  drivers: ReadonlyMap<MoveSum, Driver[]>,
): Move[] {
  const key = (s: number) => (s === nowhere ? newcomer : s === aside ? setAsideKey : segments[s]!.key);
  const moved = [...sums.values()].map(sum => ({
    from: key(sum.from),
    to: key(sum.to),
    customers: sum.customers,
    revenueLastYear: cents(sum.revenueLastYear),
    drivers: drivers.get(sum) ?? [],
  }));
  const exits = left.map(({ from, customers }) => ({
    from,
    to: gone,
    customers,
    revenueLastYear: 0,
    drivers: [],
  }));
  return [...moved, ...exits].sort(
    (a, b) => b.customers - a.customers || compare(a.from, b.from) || compare(a.to, b.to),
  );
}

/** Moves between two segments: nobody comes, goes or is set aside. */
export function betweenSegments(moves: readonly Move[]): number {
  const outside = new Set([newcomer, gone, setAsideKey]);
  return moves
    .filter(({ from, to }) => !outside.has(from) && !outside.has(to))
    .reduce((sum, { customers }) => sum + customers, 0);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
