import { type AsOf, daysAfter, daysBetween } from '../../../features/as-of.ts';
import { expectedPurchasesAt } from '../../../forecasting/expected-purchases.ts';
import { fitPurchases } from '../../../forecasting/fit-purchases.ts';
import type { PurchaseModelName } from '../../../forecasting/purchase-model.ts';
import { purchaseModels } from '../../../forecasting/purchase-models.ts';
import type { Warehouse } from '../../../warehouse/port.ts';
import { readHistories, readOutcomes } from '../histories.ts';
import { countRepeaters, leastPeriods, leastRepeaters } from './least-history.ts';

/** In whole weeks, so that the same weekdays are compared. */
const year = 364;
/**
 * Standard deviations of a Poisson count that chance may make. Orders come in clusters, as customers differ, which about
 * doubles what they vary by.
 */
const byChance = 4;

export interface SeasonRequest {
  from: AsOf;
  to: AsOf;
  /** The first day of orders that count. */
  since: AsOf;
  part: number;
  /** The purchase model of the shop. */
  model: PurchaseModelName;
}

/**
 * What the calendar of a year before says of a period: how many times as many orders came in it as the model, knowing
 * only what came before it, would have foretold then. So neither a shop that grows nor customers who leave make a season.
 * 1 where chance may have made the difference; null where orders do not go back far enough.
 */
export async function seasonOf(
  warehouse: Warehouse,
  { from, to, since, part, model }: SeasonRequest,
): Promise<number | null> {
  const days = daysBetween(from, to);
  const start = daysAfter(from, -year);
  if (days > year || daysBetween(since, start) < leastPeriods * days) return null;
  const histories = await readHistories(warehouse, { asOf: start, part, since });
  if (countRepeaters(histories) < leastRepeaters) return null;
  const { parameters } = fitPurchases(purchaseModels[model], histories);
  const expected = sum(expectedPurchasesAt(purchaseModels[model], parameters, histories, [days])[0]!);
  const { profileIds } = histories;
  const came = sum(
    (await readOutcomes(warehouse, { from: start, to: daysAfter(start, days), part, profileIds })).orders,
  );
  return Math.abs(came - expected) <= byChance * Math.sqrt(Math.max(came, expected)) ? 1 : came / expected;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
