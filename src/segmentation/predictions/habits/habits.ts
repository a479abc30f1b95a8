import type { AsOf } from '../../../features/as-of.ts';
import type { Warehouse } from '../../../warehouse/port.ts';

/** What customers do again, one entry per profile in the order asked for; NaN or null where nothing can be said. */
export interface Habits {
  /** Chance that the next order uses a discount or a coupon, 0..1; NaN for all where no order of the shop does. */
  promotionShare: Float64Array;
  /** The category that the customer buys most of beyond what the shop's mix would have them buy. */
  favouriteCategory: (string | null)[];
  /** Share of it to be expected among the customer's next order lines, 0..1. */
  favouriteCategoryShare: Float64Array;
  /** The product that is due to be bought again soonest. */
  replenishProduct: (string | null)[];
  /** Days from the as-of date until it is due; negative where it is overdue. */
  replenishIn: Float64Array;
  /** Share of the money of the next order that is expected to be paid back, 0..1, for everybody; 0 where nothing ever is. */
  returnedShare: Float64Array;
}

/** @param profileIds in order of profile_id (byte order), of customers who have bought */
export async function habitsOf(_tx: Warehouse, _asOf: AsOf, profileIds: readonly string[]): Promise<Habits> {
  const unknown = () => new Float64Array(profileIds.length).fill(Number.NaN);
  const unnamed = () => profileIds.map(() => null);
  return {
    promotionShare: unknown(),
    favouriteCategory: unnamed(),
    favouriteCategoryShare: unknown(),
    replenishProduct: unnamed(),
    replenishIn: unknown(),
    returnedShare: new Float64Array(profileIds.length),
  };
}
