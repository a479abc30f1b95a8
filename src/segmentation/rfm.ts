import type { FeatureTable } from '../features/feature.ts';
import { type RfmCell, rfmCells } from './rfm-cells.ts';

/** Frozen: the four values between the five scores of each measure, ascending. */
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
}

/** Nobody who ordered this lately is called lost, and nobody who has been away a year is called recent. */
const RECENT_DAYS = 30;
const LONG_DAYS = 365;

/**
 * Classical RFM (Hughes 1994): quintile scores of recency, frequency and money, 5 the best, combined into named
 * cells. Ties share the score of their middle rank, so the result does not depend on the order of rows.
 */
export function rfmSegments(table: FeatureTable): RfmSegments {
  const rows = table.profileIds.length;
  const column = (id: string) =>
    table.values[table.features.findIndex(feature => feature.id === id)] ?? new Float64Array(rows);
  const recency = column('recency');
  const orders = column('orders');
  const revenue = column('revenue');
  const alike = [recency, orders, revenue].every(values => values.every(value => value === values[0]));
  const recencyScores = quintiles(recency.map(days => -days));
  const frequencyScores = quintiles(orders);
  const moneyScores = quintiles(revenue);
  const ids = Array.from({ length: rows }, (_, i) => {
    if (alike) return 'alike';
    const r = withinReason(recencyScores[i]!, recency[i]!);
    const value = Math.round((frequencyScores[i]! + moneyScores[i]!) / 2);
    return cellId(r, value, orders[i]!);
  });
  const present = new Set(ids);
  const cells = rfmCells.filter(({ id }) => present.has(id));
  const position = new Map(cells.map(({ id }, c) => [id, c]));
  return { labels: Int32Array.from(ids, id => position.get(id)!), cells, k: cells.length };
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
