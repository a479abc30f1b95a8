/**
 * When customers came back, one entry per customer. Times are in any one unit (days in Kindred, weeks in the literature);
 * parameters of the models are in the same.
 *
 * Fader, Hardie & Lee (2005), "Counting your customers the easy way": (x, t_x, T) suffices for all models here.
 */
export interface PurchaseHistories {
  /** x: repeat occasions, the first one not counted. Orders of one day are one occasion. */
  repeats: Float64Array;
  /** t_x: time from the first occasion to the last; 0 where x is 0. */
  recency: Float64Array;
  /** T: time from the first occasion to now. */
  age: Float64Array;
}

/** (x, t_x, T) of one customer. */
export interface PurchaseHistory {
  repeats: number;
  recency: number;
  age: number;
}

/** Of the i-th customer. */
export function historyAt({ repeats, recency, age }: PurchaseHistories, i: number): PurchaseHistory {
  return { repeats: repeats[i]!, recency: recency[i]!, age: age[i]! };
}
