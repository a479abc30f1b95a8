import type { FeatureTable } from '../features/feature.ts';
import { type RfmCell, rfmCells } from './rfm-cells.ts';

/**
 * Frozen: where the scores 2 to 5 of each measure begin, ascending. The recency is counted backwards, in days below 0,
 * so that more is better as in the others.
 */
export interface RfmCuts {
  recency: number[];
  orders: number[];
  revenue: number[];
}

export interface RfmSegments {
  /** labels[i]: index into `cells` of table row i. */
  labels: Int32Array;
  /** Those that have members, best first. */
  cells: readonly RfmCell[];
  k: number;
  cuts: RfmCuts;
}

/** Nobody who ordered this lately is called lost, and nobody who has been away a year is called recent. */
const RECENT_DAYS = 30;
const LONG_DAYS = 365;

/** What RFM looks at, of each customer; NaN where it is not known. */
export interface RfmMeasures {
  /** Days since the last order. */
  recency: Float64Array;
  orders: Float64Array;
  /** Net, over the whole history. */
  revenue: Float64Array;
}

/**
 * Classical RFM (Hughes 1994): quintile scores of recency, frequency and money, 5 the best, combined into named
 * cells. Ties share the score of their middle rank, so the result does not depend on the order of rows.
 */
export function rfmSegments(table: FeatureTable): RfmSegments {
  const measures = rfmMeasures(
    new Map(table.features.map(({ id }, j) => [id, table.values[j]!])),
    table.profileIds.length,
  );
  const { recency, orders, revenue } = measures;
  const cuts = {
    recency: cutsOf(recency.map(days => -days)),
    orders: cutsOf(orders),
    revenue: cutsOf(revenue),
  };
  const alike = [recency, orders, revenue].every(values => values.every(value => value === values[0]));
  const ids = alike ? Array.from(recency, () => allAlike) : rfmPlaces(measures, cuts).map(({ id }) => id);
  const present = new Set(ids);
  const cells = rfmCells.filter(({ id }) => present.has(id));
  const position = new Map(cells.map(({ id }, c) => [id, c]));
  return { labels: Int32Array.from(ids, id => position.get(id)!), cells, k: cells.length, cuts };
}

/**
 * Customers among cells that were found before, by scores frozen then: index into `cells` of each. Who falls into a
 * cell that is not among them goes to the one nearest in the grid.
 *
 * @param cells ids, at least one
 */
export function assignRfm(measures: RfmMeasures, cuts: RfmCuts, cells: readonly string[]): Int32Array {
  const position = new Map(cells.map((id, c) => [id, c]));
  return Int32Array.from(
    rfmPlaces(measures, cuts),
    ({ id, recency, value }) => position.get(id) ?? nearestCell(recency, value, position),
  );
}

/** The columns that RFM looks at; zeros where the data has none. */
export function rfmMeasures(columns: ReadonlyMap<string, Float64Array>, rows: number): RfmMeasures {
  const column = (id: string) => columns.get(id) ?? new Float64Array(rows);
  return { recency: column('recency'), orders: column('orders'), revenue: column('revenue') };
}

interface RfmPlace {
  id: string;
  /** Scores, 1 to 5. */
  recency: number;
  value: number;
}

function rfmPlaces({ recency, orders, revenue }: RfmMeasures, cuts: RfmCuts): RfmPlace[] {
  return Array.from(recency, (days, i) => {
    const r = withinReason(scoreOf(-days, cuts.recency), days);
    const value = Math.round((scoreOf(orders[i]!, cuts.orders) + scoreOf(revenue[i]!, cuts.revenue)) / 2);
    return { id: cellId(r, value, orders[i]!), recency: r, value };
  });
}

/** A missing value counts as the lowest. */
function scoreOf(value: number, cuts: readonly number[]): number {
  const known = Number.isNaN(value) ? -Number.MAX_VALUE : value;
  return 1 + cuts.filter(cut => known >= cut).length;
}

/** Where the scores 2 to 5 begin: at the least value that has one, or above the greatest where none has. */
function cutsOf(values: Float64Array): number[] {
  const scores = quintiles(values);
  const beyond = values.reduce((most, value) => (value > most ? value : most), -Number.MAX_VALUE);
  return [2, 3, 4, 5].map(score => {
    let least = Infinity;
    values.forEach((value, i) => {
      if (scores[i]! >= score && (value < least || Number.isNaN(value)))
        least = Number.isNaN(value) ? -Number.MAX_VALUE : value;
    });
    return least === Infinity ? nextAbove(beyond) : least;
  });
}

/** A number greater than x by the last of its digits. */
function nextAbove(x: number): number {
  return x + Math.max(Math.abs(x) * 2 ** -52, Number.MIN_VALUE);
}

/** 1 (lowest) to 5 by the middle rank of ties; a missing value counts as the lowest. */
export function quintiles(values: Float64Array): Uint8Array {
  const known = values.map(value => (Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value));
  const sorted = known.slice().sort();
  return Uint8Array.from(known, value => {
    const below = firstAtLeast(sorted, value);
    const upTo = firstAbove(sorted, value);
    return Math.max(1, Math.ceil((5 * (below + upTo)) / 2 / sorted.length));
  });
}

function firstAtLeast(sorted: Float64Array, value: number): number {
  return bisect(sorted, element => element >= value);
}

function firstAbove(sorted: Float64Array, value: number): number {
  return bisect(sorted, element => element > value);
}

function bisect(sorted: Float64Array, reached: (element: number) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (reached(sorted[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function withinReason(score: number, recency: number): number {
  if (recency <= RECENT_DAYS) return Math.max(3, score);
  if (recency > LONG_DAYS) return Math.min(2, score);
  return score;
}

/** The cell of customers who cannot be told apart. */
const allAlike = 'alike';

/** grid[recency - 1][value - 1], value being the mean of the scores of frequency and money. */
const grid: readonly (readonly string[])[] = [
  ['lost', 'lost', 'at_risk', 'cannot_lose', 'cannot_lose'],
  ['hibernating', 'hibernating', 'at_risk', 'at_risk', 'at_risk'],
  ['about_to_sleep', 'about_to_sleep', 'need_attention', 'loyal', 'loyal'],
  ['promising', 'potential_loyalists', 'potential_loyalists', 'loyal', 'champions'],
  ['new', 'potential_loyalists', 'potential_loyalists', 'champions', 'champions'],
];

/** Only one order makes a customer new or promising, and only several make one loyal or a champion. */
function cellId(recency: number, value: number, orders: number): string {
  const id = grid[recency - 1]![value - 1]!;
  const recentNewcomer = recency === 5 ? 'new' : 'promising';
  if (orders <= 1 && (id === 'potential_loyalists' || id === 'champions')) return recentNewcomer;
  if (orders <= 1 && id === 'loyal') return recency >= 4 ? recentNewcomer : 'need_attention';
  if (orders > 1 && (id === 'new' || id === 'promising')) return 'potential_loyalists';
  return id;
}

/** By the distance of scores; of equals the one of lower recency, then of lower value. */
function nearestCell(recency: number, value: number, position: ReadonlyMap<string, number>): number {
  let nearest = Infinity;
  let found = 0;
  grid.forEach((row, r) => {
    row.forEach((id, v) => {
      const cell = position.get(id);
      const distance = (r + 1 - recency) ** 2 + (v + 1 - value) ** 2;
      if (cell === undefined || distance >= nearest) return;
      nearest = distance;
      found = cell;
    });
  });
  return found;
}
