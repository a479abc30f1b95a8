import { type Case, customer, line, order, ordersAt } from './cases.ts';

const once = '2024-06-10 10:00:00';

/** Cases of the classes that orders and order lines alone can tell: transaction and lifecycle. */
export const purchaseCases: readonly Case[] = [
  customer(
    'three plain orders',
    who => ({
      orders: [
        // Saturday evening, Sunday morning in November, Monday afternoon.
        order(who, 'plain 1', '2023-11-11 18:00:00', 20),
        order(who, 'plain 2', '2023-11-19 09:30:00', 30),
        order(who, 'plain 3', '2024-06-03 17:59:59', 40),
      ],
    }),
    {
      orders: 3,
      revenue: 90,
      order_value: 30,
      // Sample deviation of 20, 30, 40 is 10.
      order_value_variation: 0.333333,
      // From 2023-11-11 18:00 to the as-of date: 232.25 days.
      tenure: 232.25,
      orders_per_month: 3 / (232.25 / 30.4375),
      recency: 27 + (6 * 3600 + 1) / 86_400,
      // Gaps of 8 and 197 days: mean 102.5, deviation 133.643...
      days_between_orders: 102.5,
      gap_variation: 1.303836,
      days_to_second_order: 8,
      single_order: 0,
      evening_share: 1 / 3,
      weekend_share: 2 / 3,
      holiday_share: 2 / 3,
      // One of the three pairs of orders shares a quarter of the year.
      seasonal_concentration: 1 / 3,
      // Older half 20, newer half 40; the middle order counts for neither.
      value_trend: 20 / 60,
      // 40 of 90 within 90 days of the as-of date (from 2024-04-02 on).
      recent_value_share: 40 / 90,
      orders_last_90_days: 1,
      orders_last_14_days: 0,
      revenue_last_90_days: 40,
      revenue_last_year: 90,
      // November and June, of November to June.
      active_month_share: 2 / 8,
      // Lines there are none of: nothing is said.
      basket_items: Number.NaN,
      basket_products: Number.NaN,
      top_category_share: Number.NaN,
      category_entropy: Number.NaN,
      repeat_product_share: Number.NaN,
      product_variety: Number.NaN,
      order_lines_bought: 0,
      channel_variety: Number.NaN,
      offline_share: Number.NaN,
      days_to_first_order: Number.NaN,
      discounted_order_share: 0,
      coupon_share: 0,
      return_rate: 0,
    },
  ),
  customer(
    'orders at the edges of the last 365 and 90 days',
    who => ({
      orders: [
        order(who, 'edge 1', '2023-07-01 23:59:59', 1),
        order(who, 'edge 2', '2023-07-02 00:00:00', 10),
        order(who, 'edge 3', '2024-04-01 23:59:59', 100),
        order(who, 'edge 4', '2024-04-02 00:00:00', 1000, {
          refunded: 200,
          refunded_at: '2024-06-30 12:00:00',
        }),
      ],
    }),
    { orders_last_90_days: 1, revenue_last_90_days: 800, revenue_last_year: 910, revenue: 911 },
  ),
  customer(
    'orders at the edge of the last 14 days',
    who => ({ orders: ordersAt(who, ['2024-06-16 23:59:59', '2024-06-17 00:00:00', '2024-06-30 12:00:00']) }),
    { orders_last_14_days: 2, orders_last_90_days: 3 },
  ),
  customer('nothing for more than a year', who => ({ orders: ordersAt(who, ['2023-06-01 10:00:00']) }), {
    orders_last_90_days: 0,
    revenue_last_90_days: 0,
    revenue_last_year: 0,
  }),
  customer('one order', who => ({ orders: ordersAt(who, [once]) }), {
    orders: 1,
    order_value_variation: Number.NaN,
    days_between_orders: Number.NaN,
    gap_variation: Number.NaN,
    days_to_second_order: Number.NaN,
    seasonal_concentration: Number.NaN,
    value_trend: Number.NaN,
    single_order: 1,
    // Counted over three months at least.
    orders_per_month: 1 / 3,
    recent_value_share: 1,
    active_month_share: 1,
  }),
  customer(
    'an order split in two on one day',
    who => ({ orders: ordersAt(who, ['2024-06-10 10:00:00', '2024-06-10 10:05:00']) }),
    { orders: 2, single_order: 1, days_between_orders: Number.NaN, days_to_second_order: Number.NaN },
  ),
  customer(
    'as regular as a clock',
    who => ({
      orders: ordersAt(
        who,
        ['2024-03-01 08:00:00', '2024-03-31 20:00:00', '2024-04-30 08:00:00', '2024-05-30 08:00:00'],
        12.34,
      ),
    }),
    {
      days_between_orders: 30,
      gap_variation: 0,
      order_value_variation: 0,
      value_trend: 0,
      order_value: 12.34,
      days_to_second_order: 30,
    },
  ),
  customer(
    'cancelled, voided and test orders',
    who => ({
      orders: [
        order(who, 'kept', once, 10, { status: 'Paid' }),
        order(who, 'gone 1', '2024-06-01 10:00:00', 99, { status: 'Cancelled' }),
        order(who, 'gone 2', '2024-06-01 10:00:00', 99, { status: 'voided' }),
        order(who, 'gone 3', '2024-06-01 10:00:00', 99, { status: 'TEST' }),
      ],
      order_lines: [
        line(order(who, 'kept', once, 10), 'kept line', { sku: 'A', category: 'tea', quantity: 2 }),
        line(order(who, 'gone 1', '2024-06-01 10:00:00', 99), 'gone line', {
          sku: 'B',
          category: 'toys',
          quantity: 50,
        }),
      ],
    }),
    {
      orders: 1,
      revenue: 10,
      order_value: 10,
      order_lines_bought: 1,
      basket_items: 2,
      category_entropy: 0,
      top_category_share: 1,
    },
  ),
  customer(
    'refunds before, after and beyond the total',
    who => ({
      orders: [
        order(who, 'refund 1', '2024-05-01 10:00:00', 50, {
          refunded: 20,
          refunded_at: '2024-05-09 00:00:00',
        }),
        order(who, 'refund 2', '2024-05-02 10:00:00', 50, {
          refunded: 20,
          refunded_at: '2024-07-01 00:00:00',
        }),
        order(who, 'refund 3', '2024-05-03 10:00:00', 50, { refunded: 70 }),
        order(who, 'refund 4', '2024-05-04 10:00:00', 50, { refunded: 0 }),
      ],
    }),
    { revenue: 30 + 50 + 0 + 50, order_value: 50, return_rate: 2 / 4 },
  ),
  customer(
    'returned lines',
    who => {
      const [a, b, c] = ordersAt(who, ['2024-05-01 10:00:00', '2024-05-02 10:00:00', '2024-05-03 10:00:00']);
      return {
        orders: [a!, b!, c!],
        order_lines: [
          line(a!, 'back', { sku: 'A', quantity: 2, returned_quantity: 1 }),
          line(a!, 'back too', { sku: 'B', quantity: 2, returned_quantity: 2 }),
          line(b!, 'back later', { sku: 'A', returned_quantity: 1, returned_at: '2024-07-02 00:00:00' }),
          line(c!, 'kept', { sku: 'A', returned_quantity: 0 }),
        ],
      };
    },
    { return_rate: 1 / 3 },
  ),
  customer(
    'baskets',
    who => {
      const [a, b, c] = ordersAt(who, ['2024-05-01 10:00:00', '2024-05-02 10:00:00', '2024-05-03 10:00:00']);
      return {
        orders: [a!, b!, c!],
        order_lines: [
          line(a!, 'b1', { sku: 'A', category: 'tea', quantity: 3 }),
          line(a!, 'b2', { sku: 'A', category: 'tea', quantity: 1 }),
          line(a!, 'b3', { sku: 'B', category: 'tea', quantity: 2 }),
          line(b!, 'b4', { sku: 'A', category: 'tea', quantity: null }),
          line(b!, 'b5', { product: 'no sku', category: 'toys', quantity: 0 }),
        ],
      };
    },
    {
      order_lines_bought: 5,
      // Two orders have lines: 3 + 1 + 2 and 1 (unknown counts as one) + 0.
      basket_items: 3.5,
      // A, B and A, "no sku".
      basket_products: 2,
      // Three products on five lines.
      product_variety: 3 / 5,
      // Bought four times over two orders, once of them again.
      repeat_product_share: 1 / 4,
      top_category_share: 4 / 5,
      category_entropy: -(0.8 * Math.log(0.8) + 0.2 * Math.log(0.2)),
    },
  ),
  customer(
    'channels',
    who => ({
      orders: ['web', 'Web', 'POS', null].map((channel, i) =>
        order(who, `channel ${i}`, `2024-05-0${i + 1} 10:00:00`, 10, { channel }),
      ),
    }),
    {
      offline_share: 1 / 3,
      channel_variety: -((2 / 3) * Math.log(2 / 3) + (1 / 3) * Math.log(1 / 3)),
    },
  ),
  customer(
    'discounts and coupons',
    who => ({
      orders: [
        order(who, 'discount 1', '2024-05-01 10:00:00', 80, { discount: 20, coupon_code: 'SPRING' }),
        order(who, 'discount 2', '2024-05-02 10:00:00', 100, { discount: 0, coupon_code: '' }),
        order(who, 'discount 3', '2024-05-03 10:00:00', 200),
        order(who, 'discount 4', '2024-05-04 10:00:00', 100, { coupon_code: 'FREE GIFT' }),
      ],
    }),
    { discounted_order_share: 1 / 4, discount_depth: 20 / 500, coupon_share: 2 / 4 },
  ),
  customer(
    'orders of nothing',
    who => ({ orders: ordersAt(who, ['2024-05-01 10:00:00', '2024-06-01 10:00:00'], 0) }),
    {
      revenue: 0,
      order_value: 0,
      order_value_variation: Number.NaN,
      discount_depth: Number.NaN,
      recent_value_share: Number.NaN,
      value_trend: Number.NaN,
    },
  ),
  customer(
    'every cell empty',
    who => ({
      orders: [order(who, 'empty', once, null)],
      order_lines: [{ profile_id: who.profile_id!, ordered_at: once }],
      events: [{ profile_id: who.profile_id! }, { profile_id: who.profile_id!, occurred_at: once }],
      tickets: [{ profile_id: who.profile_id! }],
      customers: [{ profile_id: who.profile_id! }],
      consents: [{ profile_id: who.profile_id! }],
    }),
    {
      orders: 1,
      revenue: 0,
      order_value: 0,
      order_lines_bought: 1,
      category_entropy: Number.NaN,
      sessions: 0,
      emails: 0,
      tickets: 0,
      unsubscribed: 0,
      days_to_first_order: Number.NaN,
    },
  ),
  customer(
    'on the edge of the as-of date',
    who => ({ orders: ordersAt(who, ['2024-06-30 23:59:59', '2024-07-01 00:00:00']) }),
    { orders: 1, recency: 1 / 86_400, active_month_share: 1, evening_share: 1 },
  ),
  customer(
    'signed up twice',
    who => ({
      customers: [
        { ...who, created_at: '2024-06-08 10:00:00' },
        { ...who, created_at: '2024-06-09 10:00:00' },
      ],
      orders: ordersAt(who, [once]),
    }),
    { days_to_first_order: 2 },
  ),
  customer(
    'ordered before signing up',
    who => ({ customers: [{ ...who, created_at: '2024-06-11 10:00:00' }], orders: ordersAt(who, [once]) }),
    { days_to_first_order: 0 },
  ),
  customer(
    'signed up after the as-of date',
    who => ({ customers: [{ ...who, created_at: '2024-07-01 00:00:00' }], orders: ordersAt(who, [once]) }),
    { days_to_first_order: Number.NaN },
  ),
  customer(
    'a date in 1970',
    who => ({ orders: ordersAt(who, ['1970-01-01 00:00:00', '2024-06-01 00:00:00', '2024-06-11 00:00:00']) }),
    { orders: 3, tenure: 19_905, days_to_second_order: 19_875, gap_variation: 1.412791 },
  ),
];
