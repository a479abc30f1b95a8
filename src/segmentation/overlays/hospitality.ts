import { guestArchetypes } from './archetypes-guests.ts';
import type { Overlay } from './overlay.ts';

const leavesOut = [
  // Nights and the price per night say it better.
  'order_value_variation',
  'value_trend',
  // When somebody books says little beside when they come.
  'weekend_share',
  'evening_share',
  'holiday_share',
  'seasonal_concentration',
  // Whether a portal took the booking is what matters of the channel.
  'offline_share',
  'channel_variety',
];

/** Hotels, holiday homes, camp sites: an order is the booking of a stay. */
export const hospitality: Overlay = {
  id: 'hospitality',
  title: 'bookings of stays',
  adds: ['stays'],
  leavesOut,
  weights: { order_value: 0.5 },
  archetypes: guestArchetypes,
  words: {
    people: 'guests',
    who: 'who',
    order: 'booking',
    toOrder: 'book',
    ordered: 'booked',
    unsaid: leavesOut,
  },
  told: ['orders.stay_from'],
};
