import { daysSince, flag, ratio, seconds } from './expressions.ts';
import { type Feature, type FeatureRows, feature } from './feature.ts';

// The word for a complaint in the languages that shops here write in.
const complaintStems = ['complain', 'reklam', 'reclam', 'réclam', 'beschwerde', 'klacht', 'plainte', 'queja'];
const isComplaint = complaintStems.map(stem => `lower(kind) LIKE '%${stem}%'`).join(' OR ');
/** NaN compares as greater than every number in both stores, so that this keeps it and infinities out. */
const csat = 'CASE WHEN csat > -1000000 AND csat < 1000000 THEN csat END';

export const serviceRows: FeatureRows = {
  class: 'service',
  perProfile: ['ticket_sums'],
  ctes: `ticket_sums AS (
  SELECT profile_id, count(*) AS tickets, sum(${flag(isComplaint)}) AS complaints, max(opened_at) AS last,
    count(${csat}) AS scored, sum(CAST(floor(${csat} * 1000000 + 0.5) AS BIGINT)) AS csat_millionths
  FROM tickets WHERE opened_at < {as_of} AND profile_id IS NOT NULL
  GROUP BY profile_id
)`,
};

export const serviceFeatures: readonly Feature[] = [
  feature('service', {
    id: 'tickets',
    label: 'support tickets',
    high: 'has contacted support many times',
    low: 'has rarely contacted support',
    unit: 'count',
    transform: 'log',
    missing: 'zero',
    clusters: false,
    needs: ['tickets.opened_at'],
    sql: 'coalesce(ticket_sums.tickets, 0)',
  }),
  feature('service', {
    id: 'tickets_per_order',
    label: 'support tickets per order',
    high: 'often needs support',
    low: 'rarely needs support',
    unit: 'per order',
    transform: 'log',
    missing: 'zero',
    support: 'orders',
    counted: true,
    needs: ['tickets.opened_at'],
    sql: ratio('coalesce(ticket_sums.tickets, 0)', 'buyers.orders'),
  }),
  feature('service', {
    id: 'complaint_share',
    label: 'share of tickets that are complaints',
    high: 'mostly writes to complain',
    low: 'rarely complains',
    unit: 'share',
    support: 'tickets',
    counted: true,
    needs: ['tickets.kind'],
    sql: ratio('ticket_sums.complaints', 'ticket_sums.tickets'),
  }),
  feature('service', {
    id: 'satisfaction',
    label: 'satisfaction with support',
    high: 'is pleased with support',
    low: 'is unhappy with support',
    unit: 'score',
    needs: ['tickets.csat'],
    sql: ratio('ticket_sums.csat_millionths', '(1000000 * ticket_sums.scored)'),
  }),
  feature('service', {
    id: 'days_since_ticket',
    label: 'days since the last ticket',
    high: 'has not needed support for a long time',
    low: 'needed support lately',
    unit: 'days',
    transform: 'log',
    missing: 'max',
    needs: ['tickets.opened_at'],
    sql: daysSince(seconds('ticket_sums.last')),
  }),
];
