import { cents, dayNumber, flag, list, seconds } from './expressions.ts';

/** Orders with one of these states were never a purchase. */
const notPurchases = ['cancelled', 'canceled', 'voided', 'test'];

/** The condition under which a row of `orders` counts as a purchase, whenever it was. */
export const isPurchase = `profile_id IS NOT NULL AND lower(coalesce(status, '')) NOT IN ${list(notPurchases)}`;

/** The condition under which a row of `order_lines AS line` counts: it was bought before the as-of date. */
export const isCountedLine = `line.ordered_at < {as_of} AND line.profile_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM orders AS void
    WHERE void.profile_id = line.profile_id AND void.source = line.source AND void.order_id = line.order_id
      AND lower(void.status) IN ${list(notPurchases)})`;

/**
 * The orders that `isCountedLine` looks for, for a query that joins them once: where all lines are read to a table, to ask
 * of each takes twice as long.
 */
export const voidedOrders = `SELECT profile_id, source, order_id FROM orders WHERE lower(status) IN ${list(notPurchases)}`;

/** What was paid back by the as-of date; a refund without a date counts. */
const refunded = 'CASE WHEN refunded_at IS NULL OR refunded_at < {as_of} THEN refunded END';

/**
 * CTEs that every class may read: `purchases` (a row per order), `buyers` (a row per profile) and `gaps` (a row per
 * profile: the time between buying days). Gaps are between days, so that an order split in two is one occasion.
 */
export const purchaseRows = `purchases AS (
  SELECT profile_id, source, order_id, ordered_at,
    ${seconds('ordered_at')} AS at_second,
    ${dayNumber('ordered_at')} AS day,
    ${cents('total')} AS cents,
    greatest(${cents('total')} - ${cents(refunded)}, 0) AS net_cents,
    ${cents('discount')} AS discount_cents,
    ${flag(`${cents(refunded)} > 0`)} AS was_refunded,
    ${flag("coupon_code <> ''")} AS with_coupon,
    lower(channel) AS channel
  FROM orders
  WHERE ordered_at < {as_of} AND ${isPurchase}
),
buyers AS (
  SELECT profile_id, count(*) AS orders,
    min(at_second) AS first_second, max(at_second) AS last_second,
    sum(cents) AS cents, sum(net_cents) AS net_cents
  FROM purchases GROUP BY profile_id
),
buying_days AS (
  SELECT profile_id, day, lag(day) OVER (PARTITION BY profile_id ORDER BY day) AS previous
  FROM (SELECT DISTINCT profile_id, day FROM purchases) AS days
),
gaps AS (
  SELECT profile_id, count(*) AS days, count(previous) AS gaps,
    sum(day - previous) AS total, sum((day - previous) * (day - previous)) AS squares,
    min(CASE WHEN previous IS NOT NULL THEN day END) - min(day) AS to_second
  FROM buying_days GROUP BY profile_id
)`;
