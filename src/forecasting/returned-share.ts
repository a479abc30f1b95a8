import { shrunkShares } from './shrinkage.ts';

/** What customers paid and got back, one entry per customer. */
export interface Returns {
  /** How many times they bought. */
  occasions: Float64Array;
  /** In all, and what of it was paid back; in any unit of money. */
  paid: Float64Array;
  paidBack: Float64Array;
}

/**
 * The share of the money of the next order that each customer is expected to get back, 0..1: their own share, shrunk to
 * that of the shop's customers as if each occasion were one observation, of which a part went back. 0 for all where
 * nothing ever did. Parts vary less than observations that are all or nothing, so this shrinks rather much, which foretold
 * the next returns better than shrinking less, on Online Retail and on a made shop.
 */
export function returnedShares({ occasions, paid, paidBack }: Returns): Float64Array {
  // Who paid nothing tells nothing.
  const told = occasions.map((times, i) => (paid[i]! > 0 ? times : 0));
  const returned = told.map((times, i) => (times > 0 ? (times * paidBack[i]!) / paid[i]! : 0));
  if (returned.every(share => share === 0)) return returned;
  return shrunkShares(returned, told);
}
