import type { AsOf } from '../../../features/as-of.ts';
import { significant } from '../../../features/rounding.ts';
import type { Warehouse } from '../../../warehouse/port.ts';
import { readDueAgain } from './due-again.ts';
import { readFavourites } from './favourites.ts';
import { dropHabitTables, writeHabitTables } from './habit-tables.ts';
import { readPromotionShares } from './promotions.ts';

/**
 * What customers do again, one entry per profile in the order asked for; NaN or null where nothing can be said. Numbers
 * carry nine significant digits.
 */
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
}

/**
 * Reads the habits of customers as of a date. What others do says what is usual, so all customers are to be asked about,
 * or a part that was chosen by chance.
 *
 * @param profileIds of customers who have bought, in order of profile_id (byte order)
 * @param blockedTerms names of categories and products that no habit is told of
 */
export async function habitsOf(
  tx: Warehouse,
  asOf: AsOf,
  profileIds: readonly string[],
  blockedTerms: readonly string[],
): Promise<Habits> {
  const profiles = profileIds.length;
  await writeHabitTables(tx, asOf, profileIds);
  const promotionShare = await readPromotionShares(tx, asOf, profiles);
  const favourites = await readFavourites(tx, profiles, blockedTerms);
  const due = await readDueAgain(tx, asOf, profiles, blockedTerms);
  await dropHabitTables(tx);
  return {
    promotionShare: promotionShare.map(significant),
    favouriteCategory: favourites.category,
    favouriteCategoryShare: favourites.share.map(significant),
    replenishProduct: due.product,
    replenishIn: due.dueIn.map(significant),
  };
}
