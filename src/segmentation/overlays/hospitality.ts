import { guestArchetypes } from './archetypes-guests.ts';
import type { Overlay } from './overlay.ts';

/** Hotels, holiday homes, camp sites: an order is the booking of a stay. */
export const hospitality: Overlay = {
  id: 'hospitality',
  title: 'bookings of stays',
  adds: ['stays'],
  weights: {
    // Nights and price a night say it better.
    order_value: 0.5,
    order_value_variation: 0,
    value_trend: 0,
    // When somebody books says little beside when they come.
    weekend_share: 0,
    evening_share: 0,
    holiday_share: 0,
    seasonal_concentration: 0,
    // A house has no till.
    offline_share: 0,
    channel_variety: 0,
  },
  archetypes: guestArchetypes,
  words: { people: 'guests', order: 'booking', toOrder: 'book', ordered: 'booked' },
  told: ['orders.stay_from'],
};
