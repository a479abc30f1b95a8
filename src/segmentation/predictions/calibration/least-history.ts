import type { PurchaseHistories } from '../../../forecasting/purchase-history.ts';

/** Of fewer who came back, the parameters of a model are guesses. */
export const leastRepeaters = 100;
/** Days of orders before a period that is predicted, in lengths of the period. */
export const leastPeriods = 2;

export function countRepeaters({ repeats }: PurchaseHistories): number {
  return repeats.reduce((count, x) => count + (x > 0 ? 1 : 0), 0);
}
