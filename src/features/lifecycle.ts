import { daysSince, double, flag, ratio, seconds } from './expressions.ts';
import { type Feature, type FeatureRows, feature } from './feature.ts';

const month = (time: string) => `(EXTRACT(YEAR FROM ${time}) * 12 + EXTRACT(MONTH FROM ${time}))`;
/** The last moment that the as-of date sees, so that the first of a month does not open a new month. */
const lastMoment = "({as_of} - INTERVAL '1 day')";

const lately = "ordered_at >= {as_of} - INTERVAL '90 days'";
const fortnight = "ordered_at >= {as_of} - INTERVAL '14 days'";

export const lifecycleRows: FeatureRows = {
  class: 'lifecycle',
  perProfile: ['month_sums', 'late_sums', 'arrivals'],
  ctes: `month_sums AS (
  SELECT profile_id, count(*) AS active, ${month(lastMoment)} - min(month) + 1 AS passed
  FROM (SELECT DISTINCT profile_id, ${month('ordered_at')} AS month FROM purchases) AS months
  GROUP BY profile_id
),
late_sums AS (
  SELECT profile_id, sum(net_cents) AS year_cents,
    sum(${flag(lately)}) AS orders, sum(${flag(fortnight)}) AS newest, sum(CASE WHEN ${lately} THEN net_cents ELSE 0 END) AS net_cents
  FROM purchases WHERE ordered_at >= {as_of} - INTERVAL '365 days' GROUP BY profile_id
),
arrivals AS (
  SELECT profile_id, ${seconds('min(created_at)')} AS at_second
  FROM customers WHERE created_at < {as_of} AND profile_id IS NOT NULL GROUP BY profile_id
)`,
};

export const lifecycleFeatures: readonly Feature[] = [
  feature('lifecycle', {
    id: 'tenure',
    label: 'days since the first order',
    high: 'has been a customer for long',
    low: 'is a new customer',
    unit: 'days',
    transform: 'log',
    // An age, not a habit: at full weight every kind of customer falls into its new and its old ones.
    weight: 0.7,
    needs: ['orders.ordered_at'],
    sql: daysSince('buyers.first_second'),
  }),
  feature('lifecycle', {
    id: 'recency',
    label: 'days since the last order',
    high: 'has not ordered for a long time',
    low: 'ordered lately',
    unit: 'days',
    transform: 'log',
    needs: ['orders.ordered_at'],
    sql: daysSince('buyers.last_second'),
  }),
  feature('lifecycle', {
    id: 'overdue_ratio',
    label: 'time since the last order against the usual gap',
    high: 'is long overdue for an order',
    low: 'is not yet due for an order',
    unit: 'times',
    transform: 'log',
    needs: ['orders.ordered_at'],
    // One gap of the shop's usual length is added to the customer's own: with none it stands alone, with one or two
    // it keeps a chance pair of orders from making everybody overdue.
    sql: `${daysSince('buyers.last_second')} / NULLIF((coalesce(gaps.total, 0) + {usual_gap}) / (gaps.gaps + 1), 0)`,
  }),
  feature('lifecycle', {
    id: 'recent_value_share',
    label: 'share of revenue in the last 90 days',
    high: 'has spent mostly in the last 90 days',
    low: 'has spent little in the last 90 days',
    unit: 'share',
    support: 'orders',
    weight: 0.5,
    needs: ['orders.total'],
    sql: ratio('coalesce(late_sums.net_cents, 0)', 'buyers.net_cents'),
  }),
  feature('lifecycle', {
    id: 'orders_last_90_days',
    label: 'orders in the last 90 days',
    high: 'has ordered often in the last 90 days',
    low: 'has ordered little in the last 90 days',
    unit: 'count',
    transform: 'log',
    missing: 'zero',
    clusters: false,
    needs: ['orders.ordered_at'],
    sql: 'coalesce(late_sums.orders, 0)',
  }),
  feature('lifecycle', {
    id: 'orders_last_14_days',
    label: 'orders in the last 14 days',
    high: 'has ordered often in the last 14 days',
    low: 'has not ordered in the last 14 days',
    unit: 'count',
    transform: 'log',
    missing: 'zero',
    clusters: false,
    needs: ['orders.ordered_at'],
    sql: 'coalesce(late_sums.newest, 0)',
  }),
  feature('lifecycle', {
    id: 'revenue_last_90_days',
    label: 'revenue in the last 90 days',
    high: 'has spent much in the last 90 days',
    low: 'has spent little in the last 90 days',
    unit: 'money',
    transform: 'log',
    missing: 'zero',
    clusters: false,
    needs: ['orders.total'],
    sql: ratio('coalesce(late_sums.net_cents, 0)', '100'),
  }),
  feature('lifecycle', {
    id: 'revenue_last_year',
    label: 'revenue in the last 365 days',
    high: 'has spent much in the last year',
    low: 'has spent little in the last year',
    unit: 'money',
    transform: 'log',
    missing: 'zero',
    clusters: false,
    needs: ['orders.total'],
    sql: ratio('coalesce(late_sums.year_cents, 0)', '100'),
  }),
  feature('lifecycle', {
    id: 'active_month_share',
    label: 'share of months with an order',
    high: 'orders in most months',
    low: 'orders in few months',
    unit: 'share',
    needs: ['orders.ordered_at'],
    sql: ratio('month_sums.active', 'month_sums.passed'),
  }),
  feature('lifecycle', {
    id: 'days_to_first_order',
    label: 'days from signing up to the first order',
    high: 'took long to place a first order',
    low: 'ordered soon after signing up',
    unit: 'days',
    transform: 'log',
    needs: ['customers.created_at'],
    sql: ratio(
      'CASE WHEN arrivals.at_second > buyers.first_second THEN 0 ELSE buyers.first_second - arrivals.at_second END',
      '86400',
    ),
  }),
  feature('lifecycle', {
    id: 'days_to_second_order',
    label: 'days from the first to the second order',
    high: 'took long to order again',
    low: 'ordered again soon',
    unit: 'days',
    transform: 'log',
    missing: 'max',
    clusters: false,
    needs: ['orders.ordered_at'],
    sql: double('gaps.to_second'),
  }),
  feature('lifecycle', {
    id: 'single_order',
    label: 'share who ordered once only',
    high: 'has ordered once only',
    low: 'has ordered more than once',
    unit: 'share',
    clusters: false,
    needs: ['orders.ordered_at'],
    sql: double(flag('gaps.gaps = 0')),
  }),
];
