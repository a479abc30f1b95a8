import { daysSince, flag, list, ratio, seconds } from './expressions.ts';
import { type Feature, type FeatureRows, feature } from './feature.ts';

const views = ['product viewed', 'product list viewed', 'page viewed'];
export const cartTypes = ['product added', 'checkout started'];
const others = ['products searched', 'product clicked', 'product removed', 'cart viewed', 'order completed'];
/** Event types that say that somebody was on the site, in lower case. */
export const visitTypes = [...views, ...cartTypes, ...others];

const paidOrigins = [
  'paid',
  'cpc',
  'ppc',
  'ads',
  'ad',
  'paid_social',
  'paid_search',
  'paid social',
  'paid search',
  'display',
];

/** Behaviour on the site is looked at over this many days: older visits say little of today's habits. */
const window = "{as_of} - INTERVAL '180 days'";

/** An order at midnight to the second carries a date alone: it may have been placed at any moment of that day. */
const latestMoment = `CASE WHEN purchase.ordered_at = date_trunc('day', purchase.ordered_at)
      THEN purchase.ordered_at + INTERVAL '1 day' ELSE purchase.ordered_at END`;

export const browseRows: FeatureRows = {
  class: 'browse',
  perProfile: ['visit_sums', 'view_sums', 'recent_order_sums'],
  // Events without a session id are one visit a day; a visit is paid where its first event came from an advertisement.
  ctes: `visits AS (
  SELECT profile_id, coalesce(session_id, 'day ' || CAST(CAST(occurred_at AS DATE) AS TEXT)) AS session,
    min(occurred_at) AS started, max(occurred_at) AS ended,
    sum(${flag(`lower(type) IN ${list(views)}`)}) AS views,
    max(CASE WHEN lower(type) IN ${list(cartTypes)} THEN occurred_at END) AS carted,
    max(${flag("lower(type) = 'order completed'")}) AS completed,
    ${flag(`min(CASE WHEN lower(origin) IN ${list(paidOrigins)} THEN occurred_at END) = min(occurred_at)`)} AS paid
  FROM events
  WHERE occurred_at < {as_of} AND occurred_at >= ${window} AND profile_id IS NOT NULL
    AND lower(type) IN ${list(visitTypes)}
  GROUP BY profile_id, coalesce(session_id, 'day ' || CAST(CAST(occurred_at AS DATE) AS TEXT))
),
abandoned_sums AS (
  SELECT profile_id, count(*) AS visits FROM visits AS visit
  WHERE carted IS NOT NULL AND completed = 0 AND NOT EXISTS (
    SELECT 1 FROM purchases AS purchase
    WHERE purchase.profile_id = visit.profile_id AND ${latestMoment} >= visit.started
      AND purchase.ordered_at <= visit.carted + INTERVAL '24 hours')
  GROUP BY profile_id
),
visit_sums AS (
  SELECT visit.profile_id, count(*) AS visits, sum(views) AS views, max(ended) AS last, max(abandoned.visits) AS abandoned,
    sum(${flag('EXTRACT(HOUR FROM started) >= 18')}) AS evening, sum(paid) AS paid
  FROM visits AS visit LEFT JOIN abandoned_sums AS abandoned ON abandoned.profile_id = visit.profile_id
  GROUP BY visit.profile_id
),
view_sums AS (
  SELECT profile_id, count(*) AS categories
  FROM (SELECT DISTINCT profile_id, category FROM events
    WHERE occurred_at < {as_of} AND occurred_at >= ${window} AND profile_id IS NOT NULL AND category IS NOT NULL
      AND lower(type) IN ${list(visitTypes)}) AS categories_seen
  GROUP BY profile_id
),
recent_order_sums AS (
  SELECT profile_id, count(*) AS orders FROM purchases WHERE ordered_at >= ${window} GROUP BY profile_id
)`,
};

export const browseFeatures: readonly Feature[] = [
  feature('browse', {
    id: 'sessions',
    label: 'visits in the last 180 days',
    high: 'visits the site often',
    low: 'seldom visits the site',
    unit: 'count',
    transform: 'log',
    missing: 'zero',
    needs: ['events.visits'],
    sql: 'coalesce(visit_sums.visits, 0)',
  }),
  feature('browse', {
    id: 'session_depth',
    label: 'pages viewed per visit',
    high: 'looks at many pages per visit',
    low: 'looks at few pages per visit',
    unit: 'count',
    transform: 'log',
    missing: 'median',
    needs: ['events.visits'],
    sql: ratio('visit_sums.views', 'visit_sums.visits'),
  }),
  feature('browse', {
    id: 'browse_breadth',
    label: 'categories viewed',
    high: 'looks around many categories',
    low: 'looks at few categories',
    unit: 'count',
    transform: 'log',
    missing: 'zero',
    needs: ['events.visits', 'events.category'],
    sql: 'coalesce(view_sums.categories, 0)',
  }),
  feature('browse', {
    id: 'cart_abandonment',
    label: 'share of visits with an abandoned cart',
    high: 'often leaves a full cart behind',
    low: 'rarely leaves a full cart behind',
    unit: 'share',
    support: 'sessions',
    counted: true,
    needs: ['events.carts'],
    // No order of the same profile from the start of the visit until 24 hours after the cart was last touched.
    sql: ratio('coalesce(visit_sums.abandoned, 0)', 'visit_sums.visits'),
  }),
  feature('browse', {
    id: 'browse_to_buy',
    label: 'share of visits that lead to an order',
    high: 'orders on most visits',
    low: 'visits far more often than orders',
    unit: 'share',
    needs: ['events.visits'],
    // An order without a recorded visit was a visit too, so that this stays within 0..1.
    sql: ratio(
      'coalesce(recent_order_sums.orders, 0)',
      'greatest(coalesce(visit_sums.visits, 0), coalesce(recent_order_sums.orders, 0))',
    ),
  }),
  feature('browse', {
    id: 'days_since_visit',
    label: 'days since the last visit',
    high: 'has not visited for a long time',
    low: 'visited lately',
    unit: 'days',
    transform: 'log',
    missing: 'max',
    needs: ['events.visits'],
    sql: daysSince(seconds('visit_sums.last')),
  }),
  feature('browse', {
    id: 'paid_visit_share',
    label: 'share of visits from paid advertising',
    high: 'comes through paid advertising',
    low: 'finds the shop without advertising',
    unit: 'share',
    support: 'sessions',
    counted: true,
    needs: ['events.visits', 'events.origin'],
    sql: ratio('visit_sums.paid', 'visit_sums.visits'),
  }),
  feature('browse', {
    id: 'evening_visit_share',
    label: 'share of visits in the evening',
    high: 'browses in the evening',
    low: 'browses during the day',
    unit: 'share',
    support: 'sessions',
    counted: true,
    clusters: false,
    needs: ['events.visits'],
    sql: ratio('visit_sums.evening', 'visit_sums.visits'),
  }),
];
