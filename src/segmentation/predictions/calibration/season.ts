import { type AsOf, bind, daysAfter, daysBetween } from '../../../features/as-of.ts';
import { isPurchase } from '../../../features/purchases.ts';
import type { Warehouse } from '../../../warehouse/port.ts';

/** In whole weeks, so that the same weekdays are compared. */
const year = 364;
/** What fewer customers did a year before tells of no season. */
const leastCustomers = 100;

/**
 * What the calendar of a year before says of a period: how many times as often its customers ordered in it as in the
 * period before it, each counted from the customers known at its start, so that a shop that grows shows no season; null
 * where there were not enough of them to tell.
 */
export async function seasonOf(warehouse: Warehouse, from: AsOf, to: AsOf): Promise<number | null> {
  const days = daysBetween(from, to);
  if (days > year) return null;
  const rate = async (start: AsOf) => {
    const end = bind('{as_of}', daysAfter(start, days));
    const [row] = await warehouse.query<{ known: number; orders: number | null }>(
      bind(
        `SELECT count(*) AS known, sum(orders) AS orders FROM (
           SELECT sum(CASE WHEN ordered_at >= {as_of} AND ordered_at < ${end} THEN 1 ELSE 0 END) AS orders
           FROM orders WHERE ${isPurchase} GROUP BY profile_id HAVING min(ordered_at) < {as_of}
         ) AS customers`,
        start,
      ),
    );
    return row && row.known >= leastCustomers ? (row.orders ?? 0) / row.known : 0;
  };
  const before = await rate(daysAfter(from, -days - year));
  return before === 0 ? null : (await rate(daysAfter(from, -year))) / before;
}
