import { significant } from '../../features/rounding.ts';
import { expectedOrderValue, fitSpend, type SpendModel } from '../../forecasting/gamma-gamma.ts';
import { returnedShares } from '../../forecasting/returned-share.ts';
import type { ShopHistories } from './histories.ts';

export interface OrderValues {
  /** Rounded to nine significant digits; null where too few came back to tell what customers differ by. */
  spend: SpendModel | null;
  /** Expected worth of each customer's next order after returns, in the shop's currency; NaN for all without `spend`. */
  orderValue: Float64Array;
}

/** Of fewer who came back and paid, how much a customer's orders differ from each other cannot be told. */
const leastRepeaters = 50;

/** What an order of each customer is worth by the Gamma-Gamma model, less what each is expected to get back. */
export function orderValuesOf(
  histories: Pick<ShopHistories, 'repeats' | 'occasions' | 'value' | 'paid' | 'paidBack'>,
): OrderValues {
  const { repeats, occasions, value } = histories;
  const repeaters = repeats.reduce((count, x, i) => count + (x > 0 && value[i]! > 0 ? 1 : 0), 0);
  const fitted = repeaters < leastRepeaters ? null : fitSpend({ occasions, value });
  if (!fitted) return { spend: null, orderValue: new Float64Array(value.length).fill(Number.NaN) };
  const spend = { p: significant(fitted.p), q: significant(fitted.q), v: significant(fitted.v) };
  const returned = returnedShares(histories);
  const orderValue = Float64Array.from(value, (own, i) =>
    significant(expectedOrderValue(spend, occasions[i]!, own) * (1 - returned[i]!)),
  );
  return { spend, orderValue };
}
