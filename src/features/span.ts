import type { Warehouse } from '../warehouse/port.ts';
import { type AsOf, bind, dayAfter, daysBetween } from './as-of.ts';
import { isPurchase } from './purchases.ts';

export interface OrderSpan {
  /** First and last day of orders, leaving aside those dated oddly. */
  first: string;
  last: string;
  /** Orders years away from all others (1970, 2090): they count as orders, but do not say when the shop is. */
  odd: { before: number; after: number };
}

const emptyDays = 2 * 365;
const strayShare = 0.05;

/** The days that the purchases span (before a date, where one is given); null where there are none. */
export async function orderSpan(warehouse: Warehouse, asOf?: AsOf): Promise<OrderSpan | null> {
  const seen = asOf === undefined ? '' : bind(' AND ordered_at < {as_of}', asOf);
  const days = await warehouse.query<{ day: string; orders: number }>(
    `SELECT CAST(CAST(ordered_at AS DATE) AS TEXT) AS day, count(*) AS orders FROM orders
     WHERE ordered_at IS NOT NULL AND ${isPurchase}${seen} GROUP BY CAST(ordered_at AS DATE) ORDER BY day`,
  );
  if (days.length === 0) return null;
  const total = days.reduce((sum, { orders }) => sum + orders, 0);
  const start = strays(days, total);
  const end = strays([...days].reverse(), total);
  return {
    first: days[start.days]!.day,
    last: days[days.length - 1 - end.days]!.day,
    odd: { before: start.orders, after: end.orders },
  };
}

/** The day after the last order of the store (an oddly dated one aside); null where there are no orders. */
export async function defaultAsOf(warehouse: Warehouse): Promise<string | null> {
  const span = await orderSpan(warehouse);
  return span && dayAfter(span.last);
}

/** How many days at the beginning of the list hold few orders and lie more than two empty years from the rest. */
function strays(
  days: readonly { day: string; orders: number }[],
  total: number,
): { days: number; orders: number } {
  const few = total >= 4 ? Math.max(1, strayShare * total) : 0;
  let found = { days: 0, orders: 0 };
  let orders = 0;
  for (let i = 0; i + 1 < days.length; i++) {
    orders += days[i]!.orders;
    if (orders > few) break;
    const gap = Math.abs(daysBetween(days[i]!.day, days[i + 1]!.day));
    if (gap > emptyDays) found = { days: i + 1, orders };
  }
  return found;
}
