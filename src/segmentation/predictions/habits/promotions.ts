import { type AsOf, bind } from '../../../features/as-of.ts';
import { flag } from '../../../features/expressions.ts';
import { purchaseRows } from '../../../features/purchases.ts';
import { shrunkShares } from '../../../forecasting/shrinkage.ts';
import type { Warehouse } from '../../../warehouse/port.ts';
import { habitProfiles, numbersOf } from './habit-tables.ts';

/**
 * Chance that the next order of each profile of `habitProfiles`, by place, uses a discount or a coupon: their own share of
 * orders that did, shrunk to the shop's. NaN for all where no order did.
 */
export async function readPromotionShares(
  tx: Warehouse,
  asOf: AsOf,
  profiles: number,
): Promise<Float64Array> {
  const counts = `FROM (WITH ${purchaseRows}
  SELECT place, count(*) AS orders, sum(${flag('discount_cents > 0 OR with_coupon = 1')}) AS promoted
  FROM purchases JOIN ${habitProfiles} AS profile ON profile.profile_id = purchases.profile_id
  GROUP BY place) AS counts`;
  const [places, orders, promoted] = (await numbersOf(
    tx,
    ['place', 'orders', 'promoted'],
    bind(counts, asOf),
  )) as [Float64Array, Float64Array, Float64Array];
  if (promoted.every(count => count === 0)) return new Float64Array(profiles).fill(Number.NaN);
  const [of, count] = [new Float64Array(profiles), new Float64Array(profiles)];
  places.forEach((place, row) => {
    of[place] = orders[row]!;
    count[place] = promoted[row]!;
  });
  return shrunkShares(count, of);
}
