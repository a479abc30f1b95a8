import { accountArchetypes } from './archetypes-accounts.ts';
import type { Overlay } from './overlay.ts';

/** Companies that sell to companies: a customer is an account, an order may open a contract. */
export const b2b: Overlay = {
  id: 'b2b',
  title: 'orders and contracts of accounts',
  adds: ['accounts', 'usage'],
  weights: {
    // Companies order in working hours.
    weekend_share: 0,
    evening_share: 0,
    holiday_share: 0,
    seasonal_concentration: 0,
  },
  archetypes: accountArchetypes,
  words: { people: 'accounts', order: 'order', toOrder: 'order', ordered: 'ordered' },
  told: ['orders.renews_at', 'customers.account_size'],
};
