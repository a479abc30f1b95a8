import { accountArchetypes } from './archetypes-accounts.ts';
import type { Overlay } from './overlay.ts';

/** Companies order in working hours, and when their year begins. */
const leavesOut = ['weekend_share', 'evening_share', 'holiday_share', 'seasonal_concentration'];

/** Companies that sell to companies: a customer is an account, an order may open a contract. */
export const b2b: Overlay = {
  id: 'b2b',
  title: 'orders and contracts of accounts',
  adds: ['accounts', 'usage'],
  leavesOut,
  weights: {},
  archetypes: accountArchetypes,
  words: {
    people: 'accounts',
    who: 'that',
    order: 'order',
    toOrder: 'order',
    ordered: 'ordered',
    unsaid: leavesOut,
  },
  told: ['orders.renews_at', 'customers.account_size'],
};
