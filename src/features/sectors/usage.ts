import { daysSince, flag, list, seconds, trend } from '../expressions.ts';
import { type Feature, type FeatureRows, feature } from '../feature.ts';

/** Event types that say that what is paid for was used, in lower case. */
export const usageTypes = [
  'logged in',
  'signed in',
  'session started',
  'app opened',
  'application opened',
  'feature used',
  'content played',
];

const recent = "day >= CAST({as_of} - INTERVAL '28 days' AS DATE)";
const before = "day >= CAST({as_of} - INTERVAL '56 days' AS DATE)";

export const usageRows: FeatureRows = {
  class: 'usage',
  perProfile: ['usage_sums'],
  ctes: `usage_sums AS (
  SELECT profile_id, max(last) AS last, sum(${flag(recent)}) AS newer, sum(${flag(`${before} AND NOT ${recent}`)}) AS older
  FROM (SELECT profile_id, CAST(occurred_at AS DATE) AS day, max(occurred_at) AS last FROM events
    WHERE occurred_at < {as_of} AND profile_id IS NOT NULL AND lower(type) IN ${list(usageTypes)}
    GROUP BY profile_id, CAST(occurred_at AS DATE)) AS usage_days
  GROUP BY profile_id
)`,
};

export const usageFeatures: readonly Feature[] = [
  feature('usage', {
    id: 'usage_days',
    label: 'days of use in the last 28 days',
    high: 'uses it on most days',
    low: 'hardly uses it',
    unit: 'count',
    missing: 'zero',
    needs: ['events.usage'],
    sql: 'coalesce(usage_sums.newer, 0)',
  }),
  feature('usage', {
    id: 'usage_trend',
    label: 'trend of use',
    high: 'uses it more than before',
    low: 'uses it less than before',
    unit: 'ratio',
    missing: 'zero',
    needs: ['events.usage'],
    // The last 28 days against the 28 before, in -1..1.
    sql: trend('usage_sums.older', 'usage_sums.newer'),
  }),
  feature('usage', {
    id: 'days_since_use',
    label: 'days since the last use',
    high: 'has not used it for a long time',
    low: 'used it lately',
    unit: 'days',
    transform: 'log',
    missing: 'max',
    needs: ['events.usage'],
    sql: daysSince(seconds('usage_sums.last')),
  }),
];
