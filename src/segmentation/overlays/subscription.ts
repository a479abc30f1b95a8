import { subscriberArchetypes } from './archetypes-subscribers.ts';
import type { Overlay } from './overlay.ts';

/** Software, media, boxes, clubs: an order is a payment for a plan. */
export const subscription: Overlay = {
  id: 'subscription',
  title: 'payments for plans',
  adds: ['plans', 'usage'],
  weights: {
    // How long somebody has stayed is what a subscription is about.
    tenure: 1.4,
    // The day of a payment is the provider's choice.
    weekend_share: 0,
    evening_share: 0,
    holiday_share: 0,
    seasonal_concentration: 0,
  },
  archetypes: subscriberArchetypes,
  words: { people: 'subscribers', order: 'payment', toOrder: 'pay', ordered: 'paid' },
  told: ['orders.plan_tier'],
};
