import { flag, list, wholeLog } from './expressions.ts';
import type { FeatureRows } from './feature.ts';
import { isCountedLine } from './purchases.ts';

const offlineChannels = [
  'store',
  'in-store',
  'in_store',
  'instore',
  'in store',
  'pos',
  'retail',
  'offline',
  'till',
  'branch',
];

export const transactionRows: FeatureRows = {
  class: 'transaction',
  perProfile: [
    'order_sums',
    'basket_sums',
    'product_sums',
    'category_sums',
    'channel_sums',
    'quarter_sums',
    'halves',
  ],
  // `bought` has a row per product of an order, so that a product split over two lines is bought once.
  ctes: `bought AS (
  SELECT profile_id, source, order_id, coalesce(sku, product) AS product,
    min(category COLLATE "C") AS category, count(*) AS lines, sum(greatest(coalesce(quantity, 1), 0)) AS units,
    max(${flag('returned_quantity > 0 AND (returned_at IS NULL OR returned_at < {as_of})')}) AS was_returned
  FROM order_lines AS line
  WHERE ${isCountedLine}
  GROUP BY profile_id, source, order_id, coalesce(sku, product)
),
baskets AS (
  SELECT profile_id, source, order_id, count(*) AS products, sum(units) AS units, max(was_returned) AS was_returned
  FROM bought GROUP BY profile_id, source, order_id
),
basket_sums AS (
  SELECT profile_id, count(*) AS baskets, sum(products) AS products, sum(units) AS units
  FROM baskets GROUP BY profile_id
),
order_sums AS (
  SELECT purchase.profile_id,
    sum(CAST(cents AS NUMERIC(19,0)) * CAST(cents AS NUMERIC(19,0))) AS squares,
    sum(discount_cents) AS discount_cents,
    sum(${flag('discount_cents > 0')}) AS discounted,
    sum(with_coupon) AS with_coupon,
    sum(${flag('was_refunded = 1 OR was_returned = 1')}) AS returned,
    sum(${flag('EXTRACT(HOUR FROM ordered_at) >= 18')}) AS evening,
    sum(${flag('EXTRACT(DOW FROM ordered_at) IN (0, 6)')}) AS weekend,
    sum(${flag('EXTRACT(MONTH FROM ordered_at) >= 11')}) AS holiday,
    sum(${flag(`channel IN ${list(offlineChannels)}`)}) AS offline
  FROM purchases AS purchase LEFT JOIN baskets AS basket
    ON basket.profile_id = purchase.profile_id AND basket.source = purchase.source
      AND basket.order_id = purchase.order_id
  GROUP BY purchase.profile_id
),
product_sums AS (
  SELECT profile_id, count(*) AS products, sum(lines) AS lines, sum(orders) AS picks, sum(orders - 1) AS repeats
  FROM (SELECT profile_id, product, count(*) AS orders, sum(lines) AS lines FROM bought GROUP BY profile_id, product)
    AS product_counts
  GROUP BY profile_id
),
category_sums AS (
  SELECT profile_id, sum(lines) AS lines, max(lines) AS top, sum(lines * ${wholeLog('lines')}) AS weighted
  FROM (SELECT profile_id, category, CAST(sum(lines) AS BIGINT) AS lines FROM bought
    WHERE category IS NOT NULL GROUP BY profile_id, category) AS category_counts
  GROUP BY profile_id
),
channel_sums AS (
  SELECT profile_id, sum(orders) AS orders, sum(orders * ${wholeLog('orders')}) AS weighted
  FROM (SELECT profile_id, channel, count(*) AS orders FROM purchases
    WHERE channel IS NOT NULL GROUP BY profile_id, channel) AS channel_counts
  GROUP BY profile_id
),
quarter_sums AS (
  SELECT profile_id, sum(orders) AS orders, sum(orders * (orders - 1)) AS pairs
  FROM (SELECT profile_id, EXTRACT(QUARTER FROM ordered_at) AS quarter, count(*) AS orders FROM purchases
    GROUP BY profile_id, EXTRACT(QUARTER FROM ordered_at)) AS quarter_counts
  GROUP BY profile_id
),
halves AS (
  SELECT profile_id,
    sum(CASE WHEN 2 * place <= orders THEN cents ELSE 0 END) AS earlier,
    sum(CASE WHEN 2 * (orders - place + 1) <= orders THEN cents ELSE 0 END) AS later
  FROM (SELECT profile_id, cents, count(*) OVER (PARTITION BY profile_id) AS orders,
      row_number() OVER (PARTITION BY profile_id ORDER BY at_second, cents) AS place
    FROM purchases) AS places
  GROUP BY profile_id
)`,
};
