import { double, flag, list, ratio, seconds } from '../expressions.ts';
import { type Feature, type FeatureRows, feature } from '../feature.ts';
import { isPurchase } from '../purchases.ts';

/** Event types that say that people of both sides met, in lower case. */
export const meetingTypes = ['meeting held', 'call held', 'demo held', 'webinar attended', 'review held'];

/** A contract that is renewed this long after it ran out is still renewed. */
const grace = "INTERVAL '30 days'";
const wasRenewed = `next_at <= renews_at + ${grace}`;

/** NULL where a is: greatest() itself would pass over it. */
const atLeastZero = (a: string) => `CASE WHEN ${a} < 0 THEN 0 ELSE ${a} END`;

export const accountRows: FeatureRows = {
  class: 'accounts',
  perProfile: ['account_sums', 'contract_sums', 'meeting_sums'],
  // What runs out at the same time is one contract, so that one of several orders is not taken for its own renewal.
  ctes: `account_sums AS (
  SELECT profile_id, max(account_size) AS size
  FROM customers
  WHERE account_size > 0 AND profile_id IS NOT NULL AND (created_at IS NULL OR created_at < {as_of})
  GROUP BY profile_id
),
contract_sums AS (
  SELECT profile_id, count(*) AS contracts, sum(length) AS length, max(renews_second) AS renews_second,
    sum(${flag(`renews_at < {as_of} AND (${wasRenewed} OR renews_at + ${grace} < {as_of})`)}) AS due,
    sum(${flag(`renews_at < {as_of} AND ${wasRenewed}`)}) AS renewed
  FROM (SELECT profile_id, renews_at, ${seconds('renews_at')} AS renews_second,
      ${seconds('renews_at')} - ${seconds('min(ordered_at)')} AS length,
      lead(min(ordered_at)) OVER (PARTITION BY profile_id ORDER BY renews_at) AS next_at
    FROM orders
    WHERE ordered_at < {as_of} AND ${isPurchase} AND renews_at > ordered_at
    GROUP BY profile_id, renews_at) AS contracts
  GROUP BY profile_id
),
meeting_sums AS (
  SELECT profile_id, count(*) AS meetings
  FROM events
  WHERE occurred_at < {as_of} AND occurred_at >= {as_of} - INTERVAL '180 days' AND profile_id IS NOT NULL
    AND lower(type) IN ${list(meetingTypes)}
  GROUP BY profile_id
)`,
};

export const accountFeatures: readonly Feature[] = [
  feature('accounts', {
    id: 'account_size',
    label: 'size of the account',
    high: 'is a large account',
    low: 'is a small account',
    unit: 'count',
    transform: 'log',
    needs: ['customers.account_size'],
    sql: double('account_sums.size'),
  }),
  feature('accounts', {
    id: 'meetings',
    label: 'meetings and calls in the last 180 days',
    high: 'meets us often',
    low: 'rarely meets us',
    unit: 'count',
    transform: 'log',
    missing: 'zero',
    needs: ['events.meetings'],
    sql: 'coalesce(meeting_sums.meetings, 0)',
  }),
  feature('accounts', {
    id: 'contract_days',
    label: 'length of the contracts',
    high: 'signs for long',
    low: 'signs for short terms',
    unit: 'days',
    transform: 'log',
    needs: ['orders.renews_at'],
    sql: ratio('contract_sums.length', '86400 * contract_sums.contracts'),
  }),
  feature('accounts', {
    id: 'renewals_due',
    label: 'contracts that came up for renewal',
    high: 'has come up for renewal many times',
    low: 'has hardly come up for renewal',
    unit: 'count',
    missing: 'zero',
    clusters: false,
    needs: ['orders.renews_at'],
    sql: 'coalesce(contract_sums.due, 0)',
  }),
  feature('accounts', {
    id: 'renewal_rate',
    label: 'share of contracts renewed',
    high: 'renews when the time comes',
    low: 'lets contracts run out',
    unit: 'share',
    support: 'renewals_due',
    counted: true,
    needs: ['orders.renews_at'],
    sql: ratio('contract_sums.renewed', 'contract_sums.due'),
  }),
  feature('accounts', {
    id: 'days_to_renewal',
    label: 'days to the next renewal',
    high: 'is bound for long',
    low: 'comes up for renewal soon',
    unit: 'days',
    transform: 'log',
    needs: ['orders.renews_at'],
    sql: ratio(atLeastZero('contract_sums.renews_second - {as_of_second}'), '86400'),
  }),
  feature('accounts', {
    id: 'days_out_of_contract',
    label: 'days since the last contract ran out',
    high: 'has had no contract for long',
    low: 'has a contract or had one lately',
    unit: 'days',
    transform: 'log',
    missing: 'zero',
    needs: ['orders.renews_at'],
    sql: ratio(atLeastZero('{as_of_second} - contract_sums.renews_second'), '86400'),
  }),
];
