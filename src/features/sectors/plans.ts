import { double, list, ratio } from '../expressions.ts';
import { type Feature, type FeatureRows, feature } from '../feature.ts';
import { isPurchase } from '../purchases.ts';

/** Event types that say that a charge did not go through, in lower case. */
export const failureTypes = ['payment failed', 'invoice payment failed', 'charge failed'];

export const planRows: FeatureRows = {
  class: 'plans',
  perProfile: ['plan_sums', 'failure_sums'],
  ctes: `plan_sums AS (
  SELECT profile_id, max(CASE WHEN place = 1 THEN plan_tier END) AS current, max(plan_tier) AS highest, min(plan_tier) AS lowest
  FROM (SELECT profile_id, plan_tier, row_number() OVER (PARTITION BY profile_id ORDER BY ordered_at DESC, plan_tier DESC) AS place
    FROM orders WHERE ordered_at < {as_of} AND ${isPurchase} AND plan_tier IS NOT NULL) AS payments
  GROUP BY profile_id
),
failure_sums AS (
  SELECT profile_id, count(*) AS failures
  FROM events WHERE occurred_at < {as_of} AND profile_id IS NOT NULL AND lower(type) IN ${list(failureTypes)}
  GROUP BY profile_id
)`,
};

export const planFeatures: readonly Feature[] = [
  feature('plans', {
    id: 'plan_tier',
    label: 'level of the plan',
    high: 'is on a high plan',
    low: 'is on a basic plan',
    unit: 'score',
    needs: ['orders.plan_tier'],
    sql: double('plan_sums.current'),
  }),
  feature('plans', {
    id: 'plan_drop',
    label: 'plan levels given up',
    high: 'has moved to a lower plan',
    low: 'is on the highest plan they ever had',
    unit: 'score',
    missing: 'zero',
    needs: ['orders.plan_tier'],
    sql: double('plan_sums.highest - plan_sums.current'),
  }),
  feature('plans', {
    id: 'plan_rise',
    label: 'plan levels gained',
    high: 'has moved to a higher plan',
    low: 'is on the lowest plan they ever had',
    unit: 'score',
    missing: 'zero',
    needs: ['orders.plan_tier'],
    sql: double('plan_sums.current - plan_sums.lowest'),
  }),
  feature('plans', {
    id: 'failed_payments',
    label: 'failed payments per payment made',
    high: 'often has a payment that fails',
    low: 'pays without trouble',
    unit: 'per order',
    transform: 'log',
    missing: 'zero',
    support: 'orders',
    counted: true,
    needs: ['events.payment_failures'],
    sql: ratio('coalesce(failure_sums.failures, 0)', 'buyers.orders'),
  }),
];
