import { subscriberArchetypes } from './archetypes-subscribers.ts';
import type { Overlay } from './overlay.ts';

const leavesOut = [
  // The day of a payment is the provider's choice.
  'weekend_share',
  'evening_share',
  'holiday_share',
  'seasonal_concentration',
  // Of steady payments it says nothing but how long they have gone on.
  'recent_value_share',
];

/** Software, media, boxes, clubs: an order is a payment for a plan. */
export const subscription: Overlay = {
  id: 'subscription',
  title: 'payments for plans',
  adds: ['plans', 'usage'],
  leavesOut,
  weights: {},
  archetypes: subscriberArchetypes,
  words: {
    people: 'subscribers',
    who: 'who',
    order: 'payment',
    toOrder: 'pay',
    ordered: 'paid',
    unsaid: leavesOut,
  },
  told: ['orders.plan_tier'],
};
