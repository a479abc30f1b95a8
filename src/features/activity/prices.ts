import type { Warehouse } from '../../warehouse/port.ts';
import { type AsOf, bind } from '../as-of.ts';

/** Products that were sold in both of two windows before a date; product i stands at place i of each array. */
export interface MatchedPrices {
  /** Order lines of the later window. */
  lines: Float64Array;
  /** Median unit prices of the earlier and of the later window. */
  before: Float64Array;
  now: Float64Array;
}

/** The later window is the last `days`; the earlier one the `daysBefore` before it. */
export async function readMatchedPrices(
  warehouse: Warehouse,
  asOf: AsOf,
  { days, daysBefore }: { days: number; daysBefore: number },
): Promise<MatchedPrices> {
  const isLater = `ordered_at >= {as_of} - INTERVAL '${days} days'`;
  // Medians: a few lines with a price of their own (a bundle, a slip of the keyboard) are no change of price.
  const median = (condition: string) =>
    `percentile_disc(0.5) WITHIN GROUP (ORDER BY CASE WHEN ${condition} THEN unit_price END)`;
  const sql = `SELECT product, CAST(lines AS DOUBLE PRECISION) AS lines, CAST(before AS DOUBLE PRECISION) AS before,
  CAST(now AS DOUBLE PRECISION) AS now
FROM (SELECT source, coalesce(sku, product) AS product, sum(CASE WHEN ${isLater} THEN 1 ELSE 0 END) AS lines,
    ${median(`NOT ${isLater}`)} AS before, ${median(isLater)} AS now
  FROM order_lines
  WHERE ordered_at < {as_of} AND ordered_at >= {as_of} - INTERVAL '${days + daysBefore} days'
    AND unit_price > 0 AND quantity > 0 AND coalesce(sku, product) IS NOT NULL
  GROUP BY source, coalesce(sku, product)) AS products
WHERE before IS NOT NULL AND now IS NOT NULL
ORDER BY product COLLATE "C", source COLLATE "C"`;
  const { values } = await warehouse.columns(bind(sql, asOf));
  const [lines, before, now] = values as [Float64Array, Float64Array, Float64Array];
  return { lines, before, now };
}
