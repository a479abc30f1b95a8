import { atMostOne, daysSince, double, list, ratio, seconds } from './expressions.ts';
import { type Feature, type FeatureRows, feature } from './feature.ts';

/** Event types of mail, in lower case. */
export const mailTypes = ['email delivered', 'email opened', 'email link clicked'];
export const farewellTypes = ['unsubscribed', 'email unsubscribed', 'email marked as spam'];
export const welcomeTypes = ['subscribed', 'email subscribed', 'resubscribed'];
const refusals = ['unsubscribed', 'denied', 'withdrawn', 'refused', 'opted_out', 'opted out', 'no', 'false'];

const recent = "occurred_at >= {as_of} - INTERVAL '90 days'";
const count = (type: string, also = '') =>
  `sum(CASE WHEN lower(type) = '${type}'${also ? ` AND ${also}` : ''} THEN 1 ELSE 0 END)`;
const half = (when: string) => ({
  sent: count('email delivered', when),
  // A click says more than an open, which mail clients do by themselves.
  interest: `${count('email opened', when)} + 3 * ${count('email link clicked', when)}`,
});
const newer = half(recent);
const older = half(`NOT ${recent}`);

export const engagementRows: FeatureRows = {
  class: 'engagement',
  perProfile: ['mail_sums', 'farewell_sums'],
  ctes: `mail_sums AS (
  SELECT profile_id,
    ${count('email delivered')} AS delivered, ${count('email opened')} AS opened, ${count('email link clicked')} AS clicked,
    max(CASE WHEN lower(type) = 'email link clicked' THEN occurred_at END) AS last_click,
    ${newer.sent} AS newer_sent, ${newer.interest} AS newer_interest,
    ${older.sent} AS older_sent, ${older.interest} AS older_interest
  FROM events
  WHERE occurred_at < {as_of} AND occurred_at >= {as_of} - INTERVAL '180 days' AND profile_id IS NOT NULL
    AND lower(type) IN ${list(mailTypes)}
  GROUP BY profile_id
),
mail_wishes AS (
  SELECT profile_id, occurred_at AS stated_at, CASE WHEN lower(type) IN ${list(farewellTypes)} THEN 1 ELSE 0 END AS leaves
  FROM events
  WHERE occurred_at < {as_of} AND profile_id IS NOT NULL AND lower(type) IN ${list([...farewellTypes, ...welcomeTypes])}
  UNION ALL
  SELECT profile_id, stated_at, CASE WHEN lower(state) IN ${list(refusals)} THEN 1 ELSE 0 END AS leaves
  FROM consents
  WHERE stated_at < {as_of} AND profile_id IS NOT NULL AND lower(channel) = 'email' AND state IS NOT NULL
),
farewell_sums AS (
  SELECT profile_id, max(CASE WHEN leaves = 1 THEN stated_at END) AS left_at, max(CASE WHEN leaves = 0 THEN stated_at END) AS joined_at
  FROM mail_wishes GROUP BY profile_id
)`,
};

const rate = (interest: string, sent: string) => `(${ratio(interest, sent)})`;
const newerRate = rate('mail_sums.newer_interest', 'mail_sums.newer_sent');
const olderRate = rate('mail_sums.older_interest', 'mail_sums.older_sent');

export const engagementFeatures: readonly Feature[] = [
  feature('engagement', {
    id: 'emails',
    label: 'e-mails received in the last 180 days',
    high: 'gets many e-mails',
    low: 'gets few e-mails',
    unit: 'count',
    transform: 'log',
    missing: 'zero',
    clusters: false,
    needs: ['events.emails'],
    sql: 'coalesce(mail_sums.delivered, 0)',
  }),
  feature('engagement', {
    id: 'open_rate',
    label: 'e-mail open rate',
    high: 'opens most e-mails',
    low: 'rarely opens e-mails',
    unit: 'share',
    support: 'emails',
    counted: true,
    weight: 0.5,
    needs: ['events.emails', 'events.opens'],
    sql: atMostOne(ratio('mail_sums.opened', 'mail_sums.delivered')),
  }),
  feature('engagement', {
    id: 'click_rate',
    label: 'e-mail click rate',
    high: 'clicks through from e-mails',
    low: 'rarely clicks in e-mails',
    unit: 'share',
    support: 'emails',
    counted: true,
    needs: ['events.emails', 'events.clicks'],
    sql: atMostOne(ratio('mail_sums.clicked', 'mail_sums.delivered')),
  }),
  feature('engagement', {
    id: 'engagement_trend',
    label: 'trend of interest in e-mails',
    high: 'shows more interest in e-mails than before',
    low: 'shows less interest in e-mails than before',
    unit: 'ratio',
    support: 'emails',
    weight: 0.5,
    missing: 'zero',
    needs: ['events.emails', 'events.opens|events.clicks'],
    // The last 90 days against the 90 before, in -1..1; an e-mail not sent cannot be opened, hence per e-mail.
    sql: `(${newerRate} - ${olderRate}) / NULLIF(${newerRate} + ${olderRate}, 0)`,
  }),
  feature('engagement', {
    id: 'days_since_click',
    label: 'days since the last click in an e-mail',
    high: 'has not clicked in an e-mail for a long time',
    low: 'clicked in an e-mail lately',
    unit: 'days',
    transform: 'log',
    missing: 'max',
    needs: ['events.clicks'],
    sql: daysSince(seconds('mail_sums.last_click')),
  }),
  feature('engagement', {
    id: 'unsubscribed',
    label: 'share who unsubscribed from e-mails',
    high: 'has unsubscribed from e-mails',
    low: 'still accepts e-mails',
    unit: 'share',
    missing: 'zero',
    needs: ['events.farewells|consents.email'],
    sql: double(
      `CASE WHEN farewell_sums.left_at >= coalesce(farewell_sums.joined_at, farewell_sums.left_at) THEN 1 ELSE 0 END`,
    ),
  }),
];
