import { type Case, customer, event, order, ordersAt } from './cases.ts';

/** Cases of the classes that overlays of sectors add. */
export const sectorCases: readonly Case[] = [
  customer(
    'stays of all kinds',
    who => ({
      orders: [
        // Friday to Sunday, booked ten days ahead, by two.
        order(who, 's1', '2024-02-06 20:00:00', 200, {
          stay_from: '2024-02-16 15:00:00',
          stay_to: '2024-02-18 10:00:00',
          party_size: 2,
          channel: 'Booking.com',
        }),
        // Thursday to Thursday, booked on the day; how many came is not told.
        order(who, 's2', '2024-03-07 09:00:00', 700, {
          stay_from: '2024-03-07 00:00:00',
          stay_to: '2024-03-14 00:00:00',
          channel: 'website',
        }),
        // A day without a night, and a stay whose end is not told.
        order(who, 's3', '2024-04-01 09:00:00', 60, {
          stay_from: '2024-04-03 00:00:00',
          stay_to: '2024-04-03 00:00:00',
          party_size: 4,
          channel: null,
        }),
        order(who, 's4', '2024-05-01 09:00:00', 90, { stay_from: '2024-08-01 00:00:00', party_size: 0 }),
        // Called off: no stay, but a booking.
        order(who, 's5', '2024-05-02 09:00:00', 900, {
          stay_from: '2024-05-03 00:00:00',
          stay_to: '2024-05-30 00:00:00',
          party_size: 9,
          channel: 'expedia',
          status: 'Cancelled',
        }),
        // Never booked, not yet booked, and bought without a stay.
        order(who, 's6', '2024-05-02 09:00:00', 1, { stay_from: '2024-05-03 00:00:00', status: 'test' }),
        order(who, 's7', '2024-07-01 00:00:00', 1, { stay_from: '2024-07-02 00:00:00', status: 'cancelled' }),
        order(who, 's8', '2024-05-05 09:00:00', 25, { channel: 'shop' }),
      ],
    }),
    {
      stays: 4,
      bookings_made: 6,
      nights_per_stay: 9 / 3,
      price_per_night: 900 / 9,
      lead_time: (10 + 0 + 2 + 92) / 4,
      party_size: 3,
      // Friday and Saturday of each of the two stays.
      weekend_night_share: 4 / 9,
      cancellation_share: 1 / 6,
      portal_share: 1 / 3,
    },
  ),
  customer('no stays', who => ({ orders: ordersAt(who, ['2024-06-10 10:00:00']) }), {
    stays: 0,
    bookings_made: 1,
    nights_per_stay: Number.NaN,
    lead_time: Number.NaN,
    party_size: Number.NaN,
    weekend_night_share: Number.NaN,
    cancellation_share: 0,
    portal_share: Number.NaN,
    plan_tier: Number.NaN,
    plan_drop: Number.NaN,
    plan_rise: Number.NaN,
    failed_payments: 0,
    usage_days: 0,
    usage_trend: Number.NaN,
    days_since_use: Number.NaN,
    account_size: Number.NaN,
    meetings: 0,
    contract_days: Number.NaN,
    renewals_due: 0,
    renewal_rate: Number.NaN,
    days_to_renewal: Number.NaN,
    days_out_of_contract: Number.NaN,
  }),
  customer(
    'booked after arriving',
    who => ({
      orders: [
        order(who, 'walked in', '2024-06-02 09:00:00', 80, {
          stay_from: '2024-06-01 00:00:00',
          stay_to: '2024-06-03 00:00:00',
        }),
      ],
    }),
    // Saturday and Sunday night.
    { lead_time: 0, nights_per_stay: 2, weekend_night_share: 1 / 2 },
  ),
  customer(
    'up and down the plans',
    (who, id) => ({
      orders: [
        order(who, id('p'), '2024-01-01 00:00:00', 10, { plan_tier: 2 }),
        order(who, id('p'), '2024-02-01 00:00:00', 30, { plan_tier: 4 }),
        order(who, id('p'), '2024-03-01 00:00:00', 90, { plan_tier: 9, status: 'voided' }),
        order(who, id('p'), '2024-04-01 00:00:00', 20, { plan_tier: 3 }),
        order(who, id('p'), '2024-05-01 00:00:00', 20),
      ],
      events: [
        event(who, id('e'), '2024-03-01 00:00:00', 'Payment Failed'),
        event(who, id('e'), '2024-07-01 00:00:00', 'Payment Failed'),
        // Two days of use in the last 28, one of them twice, and three in the 28 before.
        event(who, id('e'), '2024-06-03 00:00:00', 'Logged In'),
        event(who, id('e'), '2024-06-03 12:00:00', 'Feature Used'),
        event(who, id('e'), '2024-06-30 12:00:00', 'App Opened'),
        event(who, id('e'), '2024-06-02 23:59:59', 'Logged In'),
        event(who, id('e'), '2024-05-20 10:00:00', 'Logged In'),
        event(who, id('e'), '2024-05-06 00:00:00', 'logged in'),
        event(who, id('e'), '2024-05-05 23:59:59', 'Logged In'),
        event(who, id('e'), '2024-06-30 13:00:00', 'Product Viewed'),
      ],
    }),
    {
      plan_tier: 3,
      plan_drop: 1,
      plan_rise: 1,
      failed_payments: 1 / 4,
      usage_days: 2,
      usage_trend: -1 / 5,
      days_since_use: 0.5,
    },
  ),
  customer(
    'two plans at once',
    (who, id) => ({
      orders: [
        order(who, id('p'), '2024-05-01 00:00:00', 10, { plan_tier: 1 }),
        order(who, id('p'), '2024-05-01 00:00:00', 30, { plan_tier: 3 }),
      ],
    }),
    { plan_tier: 3, plan_drop: 0, plan_rise: 2 },
  ),
  customer(
    'renewed twice',
    (who, id) => ({
      customers: [
        { ...who, account_size: 40, created_at: '2023-01-01 00:00:00' },
        { ...who, customer_id: 'branch', account_size: 250.5 },
        { ...who, customer_id: 'later', account_size: 9000, created_at: '2024-07-01 00:00:00' },
      ],
      orders: [
        order(who, id('c'), '2022-05-01 00:00:00', 100, { renews_at: '2023-05-01 00:00:00' }),
        // An addition that runs out with the contract is part of it.
        order(who, id('c'), '2022-11-01 00:00:00', 20, { renews_at: '2023-05-01 00:00:00' }),
        // Thirty days late is in time.
        order(who, id('c'), '2023-05-31 00:00:00', 100, { renews_at: '2024-05-30 00:00:00' }),
        order(who, id('c'), '2024-05-20 00:00:00', 100, { renews_at: '2024-08-30 00:00:00' }),
        order(who, id('c'), '2024-05-21 00:00:00', 100, {
          renews_at: '2030-01-01 00:00:00',
          status: 'cancelled',
        }),
        order(who, id('c'), '2024-05-22 00:00:00', 15),
      ],
      events: [
        event(who, id('e'), '2024-01-03 00:00:00', 'Meeting Held'),
        event(who, id('e'), '2024-06-03 00:00:00', 'call held'),
        event(who, id('e'), '2024-01-02 23:59:59', 'Meeting Held'),
        event(who, id('e'), '2024-07-01 00:00:00', 'Meeting Held'),
      ],
    }),
    {
      account_size: 250.5,
      meetings: 2,
      contract_days: (365 + 365 + 102) / 3,
      renewals_due: 2,
      renewal_rate: 1,
      days_to_renewal: 60,
      days_out_of_contract: 0,
    },
  ),
  customer(
    'ran out for long',
    (who, id) => ({
      orders: [order(who, id('c'), '2023-05-01 00:00:00', 100, { renews_at: '2024-05-01 12:00:00' })],
    }),
    {
      contract_days: 366.5,
      renewals_due: 1,
      renewal_rate: 0,
      days_to_renewal: 0,
      days_out_of_contract: 60.5,
    },
  ),
  customer(
    'ran out lately',
    (who, id) => ({
      orders: [order(who, id('c'), '2023-06-10 00:00:00', 100, { renews_at: '2024-06-10 00:00:00' })],
    }),
    // It may still be renewed in time: nothing is said of it yet.
    { renewals_due: 0, renewal_rate: Number.NaN, days_to_renewal: 0, days_out_of_contract: 21 },
  ),
  customer(
    'came back too late',
    (who, id) => ({
      orders: [
        order(who, id('c'), '2022-01-01 00:00:00', 100, { renews_at: '2023-01-01 00:00:00' }),
        order(who, id('c'), '2023-02-01 00:00:00', 100, { renews_at: '2025-02-01 00:00:00' }),
      ],
    }),
    { renewals_due: 1, renewal_rate: 0, days_to_renewal: 215, days_out_of_contract: 0 },
  ),
];
