import { double, entropy, flag, list, ratio, trend, variation, wholeLog } from './expressions.ts';
import { type Feature, type FeatureRows, feature } from './feature.ts';
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

const monthsKnown = `greatest(${ratio('({as_of_second} - buyers.first_second)', '2629800')}, 3)`;

/** When in the week or year somebody orders says less of what they want than what they order, and how often. */
const habit = 0.5;

export const transactionFeatures: readonly Feature[] = [
  feature('transaction', {
    id: 'orders',
    label: 'number of orders',
    high: 'has ordered many times',
    low: 'has ordered only a few times',
    unit: 'count',
    transform: 'log',
    clusters: false,
    needs: ['orders.ordered_at'],
    sql: 'buyers.orders',
  }),
  feature('transaction', {
    id: 'order_lines_bought',
    label: 'number of order lines',
    high: 'has bought many things',
    low: 'has bought few things',
    unit: 'count',
    transform: 'log',
    missing: 'zero',
    clusters: false,
    needs: ['order_lines.ordered_at'],
    sql: 'coalesce(product_sums.lines, 0)',
  }),
  feature('transaction', {
    id: 'revenue',
    label: 'revenue after returns',
    high: 'has brought in a lot of revenue',
    low: 'has brought in little revenue',
    unit: 'money',
    transform: 'log',
    clusters: false,
    needs: ['orders.total'],
    sql: ratio('buyers.net_cents', '100'),
  }),
  feature('transaction', {
    id: 'orders_per_month',
    label: 'orders per month',
    high: 'orders often',
    low: 'orders rarely',
    unit: 'per month',
    transform: 'log',
    needs: ['orders.ordered_at'],
    // Counted over at least three months, so that one order yesterday is not thirty a month.
    sql: `${double('buyers.orders')} / ${monthsKnown}`,
  }),
  feature('transaction', {
    id: 'days_between_orders',
    label: 'days between orders',
    high: 'waits long between orders',
    low: 'comes back soon after an order',
    unit: 'days',
    transform: 'log',
    needs: ['orders.ordered_at'],
    sql: ratio('gaps.total', 'gaps.gaps'),
  }),
  feature('transaction', {
    id: 'gap_variation',
    label: 'irregularity of the time between orders',
    high: 'orders at irregular times',
    low: 'orders at regular intervals',
    unit: 'ratio',
    support: 'orders',
    needs: ['orders.ordered_at'],
    // Of one gap there is no spread: missing for fewer than three buying days.
    sql: variation('gaps.gaps', 'gaps.total', 'gaps.squares'),
  }),
  feature('transaction', {
    id: 'order_value',
    label: 'order value',
    high: 'spends a lot per order',
    low: 'spends little per order',
    unit: 'money',
    transform: 'log',
    needs: ['orders.total'],
    sql: ratio('buyers.cents', '100 * buyers.orders'),
  }),
  feature('transaction', {
    id: 'order_value_variation',
    label: 'variation of the order value',
    high: 'spends very different amounts from order to order',
    low: 'spends much the same on every order',
    unit: 'ratio',
    support: 'orders',
    needs: ['orders.total'],
    sql: variation('buyers.orders', 'buyers.cents', 'order_sums.squares'),
  }),
  feature('transaction', {
    id: 'basket_items',
    label: 'items per order',
    high: 'buys many items at a time',
    low: 'buys one or two items at a time',
    unit: 'per order',
    transform: 'log',
    needs: ['order_lines.quantity'],
    sql: ratio('basket_sums.units', 'basket_sums.baskets'),
  }),
  feature('transaction', {
    id: 'basket_products',
    label: 'different products per order',
    high: 'fills the basket with different products',
    low: 'comes for one product at a time',
    unit: 'per order',
    transform: 'log',
    needs: ['order_lines.product'],
    sql: ratio('basket_sums.products', 'basket_sums.baskets'),
  }),
  feature('transaction', {
    id: 'category_entropy',
    label: 'spread over categories',
    high: 'shops across many categories',
    low: 'keeps to one category',
    unit: 'score',
    needs: ['order_lines.category'],
    sql: entropy('category_sums.lines', 'category_sums.weighted'),
  }),
  feature('transaction', {
    id: 'top_category_share',
    label: 'share of the favourite category',
    high: 'buys mostly from one category',
    low: 'has no favourite category',
    unit: 'share',
    support: 'order_lines_bought',
    counted: true,
    needs: ['order_lines.category'],
    sql: ratio('category_sums.top', 'category_sums.lines'),
  }),
  feature('transaction', {
    id: 'product_variety',
    label: 'different products per line bought',
    high: 'seldom buys the same thing twice',
    low: 'buys a few products over and over',
    unit: 'ratio',
    clusters: false,
    needs: ['order_lines.product'],
    sql: ratio('product_sums.products', 'product_sums.lines'),
  }),
  feature('transaction', {
    id: 'repeat_product_share',
    label: 'share of products bought before',
    high: 'buys the same products again',
    low: 'rarely buys the same product again',
    unit: 'share',
    support: 'order_lines_bought',
    counted: true,
    needs: ['order_lines.product'],
    sql: ratio('product_sums.repeats', 'product_sums.picks'),
  }),
  feature('transaction', {
    id: 'channel_variety',
    label: 'mix of sales channels',
    high: 'orders through several channels',
    low: 'keeps to one channel',
    unit: 'score',
    needs: ['orders.channel'],
    sql: entropy('channel_sums.orders', 'channel_sums.weighted'),
  }),
  feature('transaction', {
    id: 'offline_share',
    label: 'share of orders in a shop',
    high: 'buys in the shop',
    low: 'rarely buys in the shop',
    unit: 'share',
    support: 'orders',
    counted: true,
    needs: ['orders.channel'],
    sql: ratio('order_sums.offline', 'channel_sums.orders'),
  }),
  feature('transaction', {
    id: 'discounted_order_share',
    label: 'share of orders with a discount',
    high: 'mostly orders with a discount',
    low: 'rarely uses a discount',
    unit: 'share',
    support: 'orders',
    counted: true,
    needs: ['orders.discount'],
    sql: ratio('order_sums.discounted', 'buyers.orders'),
  }),
  feature('transaction', {
    id: 'discount_depth',
    label: 'discount as a share of the full price',
    high: 'pays well below the full price',
    low: 'pays close to the full price',
    unit: 'share',
    support: 'orders',
    weight: 0.5,
    needs: ['orders.discount'],
    sql: ratio('order_sums.discount_cents', '(buyers.cents + order_sums.discount_cents)'),
  }),
  feature('transaction', {
    id: 'coupon_share',
    label: 'share of orders with a coupon',
    high: 'mostly orders with a coupon',
    low: 'rarely uses a coupon',
    unit: 'share',
    support: 'orders',
    counted: true,
    clusters: false,
    needs: ['orders.coupon_code'],
    sql: ratio('order_sums.with_coupon', 'buyers.orders'),
  }),
  feature('transaction', {
    id: 'return_rate',
    label: 'share of orders with a return',
    high: 'often sends things back',
    low: 'rarely sends anything back',
    unit: 'share',
    support: 'orders',
    counted: true,
    needs: ['orders.refunded|order_lines.returned_quantity'],
    sql: ratio('order_sums.returned', 'buyers.orders'),
  }),
  feature('transaction', {
    id: 'evening_share',
    label: 'share of orders in the evening',
    high: 'orders in the evening',
    low: 'orders during the day',
    unit: 'share',
    support: 'orders',
    counted: true,
    weight: habit,
    needs: ['orders.time_of_day'],
    sql: ratio('order_sums.evening', 'buyers.orders'),
  }),
  feature('transaction', {
    id: 'weekend_share',
    label: 'share of orders at the weekend',
    high: 'orders at the weekend',
    low: 'orders on working days',
    unit: 'share',
    support: 'orders',
    counted: true,
    weight: habit,
    needs: ['orders.ordered_at'],
    sql: ratio('order_sums.weekend', 'buyers.orders'),
  }),
  feature('transaction', {
    id: 'seasonal_concentration',
    label: 'concentration in one season',
    high: 'orders mostly in one season',
    low: 'orders all year round',
    unit: 'share',
    support: 'orders',
    weight: 0.5,
    needs: ['orders.ordered_at'],
    // Simpson's index without bias: the chance that two orders of the customer fall in the same quarter of a year.
    sql: ratio('quarter_sums.pairs', '(quarter_sums.orders * (quarter_sums.orders - 1))'),
  }),
  feature('transaction', {
    id: 'holiday_share',
    label: 'share of orders in November and December',
    high: 'orders for the holidays',
    low: 'orders little for the holidays',
    unit: 'share',
    support: 'orders',
    counted: true,
    weight: habit,
    needs: ['orders.ordered_at'],
    sql: ratio('order_sums.holiday', 'buyers.orders'),
  }),
  feature('transaction', {
    id: 'value_trend',
    label: 'trend of the order value',
    high: 'spends more per order than before',
    low: 'spends less per order than before',
    unit: 'ratio',
    support: 'orders',
    weight: 0.5,
    missing: 'zero',
    needs: ['orders.total'],
    // Newer half of the orders against the older half, in -1..1.
    sql: trend('halves.earlier', 'halves.later'),
  }),
];
