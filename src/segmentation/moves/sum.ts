import type { Driver, Move, RefreshRecord } from '../refresh/record.ts';

const MOST_DRIVERS = 3;

/** The moves of several refreshes by origin and target, most customers first; drivers weighed by customers. */
export function sumMoves(records: readonly RefreshRecord[]): Move[] {
  const pairs = new Map<string, Move[]>();
  for (const move of records.flatMap(({ moves }) => moves)) {
    const pair = JSON.stringify([move.from, move.to]);
    pairs.set(pair, [...(pairs.get(pair) ?? []), move]);
  }
  return [...pairs.values()].map(joined).sort(byCustomers);
}

function byCustomers(a: Move, b: Move): number {
  return b.customers - a.customers || order(a.from, b.from) || order(a.to, b.to);
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function joined(moves: readonly Move[]): Move {
  const { from, to } = moves[0]!;
  const customers = moves.reduce((sum, move) => sum + move.customers, 0);
  return {
    from,
    to,
    customers,
    revenueLastYear: moves.reduce((sum, move) => sum + move.revenueLastYear, 0),
    drivers: moves.length === 1 ? moves[0]!.drivers : joinedDrivers(moves, customers),
  };
}

/**
 * A refresh of which a feature is not among the drivers adds nothing to its share. Refreshes at which too few moved have
 * none; where they are the greater part, those of the others do not speak for all.
 */
function joinedDrivers(moves: readonly Move[], customers: number): Driver[] {
  const explained = moves.reduce((sum, move) => sum + (move.drivers.length > 0 ? move.customers : 0), 0);
  if (explained < customers / 2) return [];
  const sums = new Map<
    string,
    { label: string; weight: number; share: number; before: number; after: number }
  >();
  for (const { drivers, customers: weight } of moves) {
    for (const { feature, label, share, before, after } of drivers) {
      const sum = sums.get(feature) ?? { label, weight: 0, share: 0, before: 0, after: 0 };
      sums.set(feature, {
        label,
        weight: sum.weight + weight,
        share: sum.share + weight * share,
        before: sum.before + weight * before,
        after: sum.after + weight * after,
      });
    }
  }
  return [...sums]
    .map(([feature, { label, weight, share, before, after }]) => ({
      feature,
      label,
      share: share / customers,
      before: before / weight,
      after: after / weight,
    }))
    .sort((a, b) => b.share - a.share || order(a.feature, b.feature))
    .slice(0, MOST_DRIVERS);
}
