import { bind, dayAfter } from '../features/as-of.ts';
import { type OrderSpan, orderSpan } from '../features/span.ts';
import type { Warehouse } from '../warehouse/port.ts';
import type { Model } from './model.ts';
import {
  type ClassReadiness,
  classesOf,
  countBuyers,
  countCurrencies,
  countOrders,
  monthsBetween,
  onlyCurrency,
} from './readiness.ts';

/** What can be said of a shop at once: `readiness` without what it takes a look through every row to know. */
export interface ShopStanding {
  /** Of the segments' figures where there are segments; else the day after the last order, null without orders. */
  asOf: string | null;
  currency: string | null;
  buyers: number;
  /** null where nothing was segmented yet: only then were they counted. */
  withoutOrders: number | null;
  purchases: number;
  /** Of all orders that came, those after `asOf` as well: they tell whether segments are behind the data. */
  span: OrderSpan | null;
  months: number;
  classes: ClassReadiness[];
}

export async function shopStanding(warehouse: Warehouse, model: Model | undefined): Promise<ShopStanding> {
  const span = await orderSpan(warehouse);
  const asOf = model?.describedAsOf ?? (span && dayAfter(span.last));
  const seen = asOf === null ? 'TRUE' : bind('ordered_at < {as_of}', asOf);
  const { purchases } = await countOrders(warehouse, seen);
  const buyers = model?.population.customers ?? (await countBuyers(warehouse, seen));
  const months = model?.population.months ?? (span ? monthsBetween(span) : 0);
  const currency = model ? model.population.currency : onlyCurrency(await countCurrencies(warehouse, seen));
  return {
    asOf,
    currency,
    buyers,
    withoutOrders: model?.population.withoutOrders ?? null,
    purchases,
    span,
    months,
    classes: await classesOf(warehouse, asOf ?? undefined, model?.recipe.overlay ?? 'ecommerce'),
  };
}
