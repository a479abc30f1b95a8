import type { FeatureTraits } from './traits.ts';

/** By feature id: those that the overlays of sectors add. */
export const sectorTraits: Readonly<Record<string, FeatureTraits>> = {
  stays: {
    concept: 'frequency',
    high: { head: 'Returning guests', with: 'many stays' },
    low: { head: 'Guests of a few stays', with: 'few stays' },
  },
  bookings_made: { concept: 'frequency', high: null, low: null },
  nights_per_stay: {
    concept: 'length of stay',
    high: { head: 'Long-stay guests', with: 'long stays', atLeast: 4 },
    low: { head: 'Short-stay guests', with: 'short stays', atMost: 3 },
  },
  price_per_night: {
    concept: 'rate',
    high: { head: 'High-rate guests', with: 'a high price per night' },
    low: { head: 'Low-rate guests', with: 'a low price per night' },
  },
  lead_time: {
    concept: 'lead time',
    high: { head: 'Early bookers', with: 'early bookings', atLeast: 30 },
    low: { head: 'Late bookers', with: 'late bookings', atMost: 14 },
  },
  party_size: {
    concept: 'party',
    high: { head: 'Guests in company', with: 'large parties', atLeast: 2.5 },
    low: { head: 'Guests who come alone', with: 'small parties', atMost: 1.5 },
  },
  weekend_night_share: {
    concept: 'nights of the week',
    high: { head: 'Weekend guests', with: 'nights at the weekend', atLeast: 0.45 },
    low: { head: 'Working-week guests', with: 'nights in the working week', atMost: 0.2 },
  },
  cancellation_share: {
    concept: 'cancellations',
    high: { head: 'Frequent cancellers', with: 'many cancelled bookings', atLeast: 0.2 },
    low: { head: 'Guests who come as booked', with: 'few cancelled bookings', atMost: 0.1 },
  },
  portal_share: {
    concept: 'channel',
    high: { head: 'Portal bookers', with: 'bookings through portals', atLeast: 0.5 },
    low: { head: 'Direct bookers', with: 'direct bookings', atMost: 0.3 },
  },
  plan_tier: {
    concept: 'plan',
    high: { head: 'High-plan subscribers', with: 'high plans' },
    low: { head: 'Basic-plan subscribers', with: 'basic plans' },
  },
  plan_drop: {
    concept: 'change of plan',
    high: { head: 'Downgraders', with: 'moves to lower plans', atLeast: 0.3 },
    low: null,
  },
  plan_rise: {
    concept: 'change of plan',
    high: { head: 'Upgraders', with: 'moves to higher plans', atLeast: 0.3 },
    low: null,
  },
  failed_payments: {
    concept: 'failed payments',
    high: { head: 'Subscribers with failing payments', with: 'failed payments', atLeast: 0.05 },
    low: null,
  },
  usage_days: {
    concept: 'use',
    high: { head: 'Heavy users', with: 'many days of use', atLeast: 10 },
    low: { head: 'Light users', with: 'few days of use', atMost: 8 },
  },
  usage_trend: {
    concept: 'trend of use',
    high: { head: 'Users of growing interest', with: 'growing use', atLeast: 0.02 },
    low: { head: 'Users of fading interest', with: 'fading use', atMost: -0.02 },
  },
  days_since_use: {
    concept: 'use',
    high: { head: 'Sleeping users', with: 'no recent use' },
    low: { head: 'Current users', with: 'recent use' },
  },
  account_size: {
    concept: 'size of account',
    high: { head: 'Large accounts', with: 'a large house' },
    low: { head: 'Small accounts', with: 'a small house' },
  },
  meetings: {
    concept: 'meetings',
    high: { head: 'Close accounts', with: 'many meetings' },
    low: { head: 'Distant accounts', with: 'few meetings' },
  },
  contract_days: {
    concept: 'contract',
    high: { head: 'Long-contract accounts', with: 'long contracts', atLeast: 400 },
    low: { head: 'Short-contract accounts', with: 'short contracts', atMost: 200 },
  },
  renewals_due: { concept: 'renewal', high: null, low: null },
  renewal_rate: {
    concept: 'renewal',
    high: { head: 'Renewing accounts', with: 'contracts renewed', atLeast: 0.6 },
    low: { head: 'Accounts that do not renew', with: 'contracts run out', atMost: 0.5 },
  },
  days_to_renewal: {
    concept: 'time to renewal',
    high: { head: 'Accounts bound for long', with: 'a renewal far away', atLeast: 180 },
    low: { head: 'Accounts near renewal', with: 'a renewal close by', atMost: 120 },
  },
  days_out_of_contract: {
    concept: 'renewal',
    high: { head: 'Accounts out of contract', with: 'no contract for long', atLeast: 14 },
    low: null,
  },
};
