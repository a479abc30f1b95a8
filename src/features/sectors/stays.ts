import { cents, dayNumber, double, flag, list, ratio } from '../expressions.ts';
import { type Feature, type FeatureRows, feature } from '../feature.ts';
import { isPurchase } from '../purchases.ts';

/** Channels in which somebody else takes the booking. */
export const portals = [
  'ota',
  'portal',
  'agency',
  'agent',
  'travel agency',
  'travel_agency',
  'tour operator',
  'tour_operator',
  'wholesaler',
  'booking.com',
  'expedia',
  'airbnb',
  'agoda',
  'hotels.com',
  'hrs',
];
const cancelled = ['cancelled', 'canceled'];
/** The condition that a row of `orders` is a booking that was called off. */
export const isCancelled = `profile_id IS NOT NULL AND lower(status) IN ${list(cancelled)}`;

/** Friday and Saturday nights before a day, which is whole days since 1970; that began on a Thursday. */
const weekendNightsBefore = (day: string) =>
  `(floor(${double(`${day} + 5`)} / 7) + floor(${double(`${day} + 4`)} / 7))`;

export const stayRows: FeatureRows = {
  class: 'stays',
  perProfile: ['stay_sums', 'booking_sums'],
  // A booking that was called off is no purchase, so that it is counted here alone. A stay may lie ahead of the as-of
  // date: it is known from the day of its booking on.
  ctes: `stays AS (
  SELECT profile_id, party_size, ${cents('total')} AS cents,
    greatest(${dayNumber('stay_from')} - ${dayNumber('ordered_at')}, 0) AS lead,
    ${dayNumber('stay_from')} AS first_day, ${dayNumber('stay_to')} AS last_day
  FROM orders
  WHERE ordered_at < {as_of} AND ${isPurchase} AND stay_from IS NOT NULL
),
stay_sums AS (
  SELECT profile_id, count(*) AS stays, sum(lead) AS lead,
    count(CASE WHEN last_day >= first_day THEN 1 END) AS ended,
    sum(CASE WHEN last_day >= first_day THEN last_day - first_day END) AS nights,
    sum(CASE WHEN last_day > first_day THEN cents END) AS night_cents,
    CAST(sum(CASE WHEN last_day >= first_day
      THEN ${weekendNightsBefore('last_day')} - ${weekendNightsBefore('first_day')} END) AS BIGINT) AS weekend_nights,
    count(CASE WHEN party_size > 0 THEN 1 END) AS parties, sum(CASE WHEN party_size > 0 THEN party_size END) AS guests
  FROM stays GROUP BY profile_id
),
booking_sums AS (
  SELECT profile_id, count(*) AS bookings, sum(${flag(isCancelled)}) AS cancelled,
    sum(${flag(`${isPurchase} AND channel <> ''`)}) AS placed,
    sum(${flag(`${isPurchase} AND lower(channel) IN ${list(portals)}`)}) AS through_portals
  FROM orders
  WHERE ordered_at < {as_of} AND ((${isPurchase}) OR (${isCancelled}))
  GROUP BY profile_id
)`,
};

export const stayFeatures: readonly Feature[] = [
  feature('stays', {
    id: 'stays',
    label: 'number of stays',
    high: 'has stayed many times',
    low: 'has stayed only a few times',
    unit: 'count',
    transform: 'log',
    missing: 'zero',
    clusters: false,
    needs: ['orders.stay_from'],
    sql: 'coalesce(stay_sums.stays, 0)',
  }),
  feature('stays', {
    id: 'bookings_made',
    label: 'bookings made, cancelled ones included',
    high: 'has booked many times',
    low: 'has booked only a few times',
    unit: 'count',
    transform: 'log',
    missing: 'zero',
    clusters: false,
    needs: ['orders.stay_from'],
    sql: 'booking_sums.bookings',
  }),
  feature('stays', {
    id: 'nights_per_stay',
    label: 'nights per stay',
    high: 'stays for long',
    low: 'stays a night or two',
    unit: 'per order',
    transform: 'log',
    needs: ['orders.stay_to'],
    sql: ratio('stay_sums.nights', 'stay_sums.ended'),
  }),
  feature('stays', {
    id: 'price_per_night',
    label: 'price per night',
    high: 'pays a lot per night',
    low: 'pays little per night',
    unit: 'money',
    transform: 'log',
    needs: ['orders.stay_to', 'orders.total'],
    sql: ratio('stay_sums.night_cents', '100 * stay_sums.nights'),
  }),
  feature('stays', {
    id: 'lead_time',
    label: 'days from booking to arrival',
    high: 'books long ahead',
    low: 'books at the last moment',
    unit: 'days',
    transform: 'log',
    needs: ['orders.stay_from'],
    sql: ratio('stay_sums.lead', 'stay_sums.stays'),
  }),
  feature('stays', {
    id: 'party_size',
    label: 'people per stay',
    high: 'comes with many others',
    low: 'comes alone',
    unit: 'per order',
    transform: 'log',
    needs: ['orders.party_size'],
    sql: ratio('stay_sums.guests', 'stay_sums.parties'),
  }),
  feature('stays', {
    id: 'weekend_night_share',
    label: 'share of nights at the weekend',
    high: 'stays at the weekend',
    low: 'stays on working days',
    unit: 'share',
    support: 'stays',
    needs: ['orders.stay_to'],
    sql: ratio('stay_sums.weekend_nights', 'stay_sums.nights'),
  }),
  feature('stays', {
    id: 'cancellation_share',
    label: 'share of bookings cancelled',
    high: 'often cancels',
    low: 'rarely cancels',
    unit: 'share',
    support: 'bookings_made',
    counted: true,
    needs: ['orders.stay_from', 'orders.cancelled'],
    sql: ratio('booking_sums.cancelled', 'booking_sums.bookings'),
  }),
  feature('stays', {
    id: 'portal_share',
    label: 'share of bookings through a portal or agency',
    high: 'books through portals and agencies',
    low: 'books with the house itself',
    unit: 'share',
    support: 'orders',
    counted: true,
    needs: ['orders.stay_from', 'orders.portal'],
    sql: ratio('booking_sums.through_portals', 'booking_sums.placed'),
  }),
];
