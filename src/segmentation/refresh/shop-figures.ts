import { bind } from '../../features/as-of.ts';
import { orderSpan } from '../../features/span.ts';
import type { Warehouse } from '../../warehouse/port.ts';
import { countCurrencies, countProfiles, monthsBetween, onlyCurrency } from '../readiness.ts';

/** What is told of a shop beside its buyers. */
export interface ShopFigures {
  profiles: number;
  /** ISO code; null where the shop has none or several. */
  currency: string | null;
  months: number;
}

export async function shopFigures(warehouse: Warehouse, asOf: string): Promise<ShopFigures> {
  const span = await orderSpan(warehouse, asOf);
  return {
    profiles: await countProfiles(warehouse, asOf),
    currency: onlyCurrency(await countCurrencies(warehouse, bind('ordered_at < {as_of}', asOf))),
    months: span ? monthsBetween(span) : 0,
  };
}
