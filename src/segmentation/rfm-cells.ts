import type { PersonaTemplate } from './archetype.ts';

export type RfmCell = PersonaTemplate;

/** The usual RFM cells, best first. Recency, frequency and money are judged against the shop's other customers. */
export const rfmCells: readonly RfmCell[] = [
  {
    id: 'champions',
    name: 'Champions',
    clauses: [
      { text: 'ordered lately, often and for the most money' },
      { text: 'have ordered {orders} times' },
      { text: 'ordered last {recency} ago' },
    ],
    action:
      'Keep them close: early access, thanks that are not a discount, and a request for reviews and referrals.',
  },
  {
    id: 'loyal',
    name: 'Loyal customers',
    clauses: [
      { text: 'order often and spend well' },
      { text: 'have ordered {orders} times' },
      { text: 'ordered last {recency} ago' },
    ],
    action: 'Reward staying: loyalty points, refills on time, and something beyond what they usually buy.',
  },
  {
    id: 'potential_loyalists',
    name: 'Potential loyalists',
    clauses: [
      { text: 'ordered lately and are on the way to coming back regularly' },
      { text: 'have ordered {orders} times' },
      { text: 'have spent {revenue} so far' },
    ],
    action:
      'Make the next order easy: recommendations from what they bought, and membership if there is one.',
  },
  {
    id: 'new',
    name: 'New customers',
    clauses: [
      { text: 'placed their one order very lately' },
      { text: 'spent {order_value} on it' },
      { text: 'ordered {recency} ago' },
    ],
    action: 'Welcome them well and win the second order within the first weeks.',
  },
  {
    id: 'promising',
    name: 'Promising',
    clauses: [
      { text: 'placed their one order fairly lately' },
      { text: 'spent {order_value} on it' },
      { text: 'ordered {recency} ago' },
    ],
    action: 'Remind them of the shop with what goes with their first order, before they forget it.',
  },
  {
    id: 'need_attention',
    name: 'Need attention',
    clauses: [
      { text: 'are in the middle in recency, frequency and spending' },
      { text: 'ordered last {recency} ago' },
      { text: 'have spent {revenue} so far' },
    ],
    action: 'Tip the balance now: one timely, relevant offer in what they bought before.',
  },
  {
    id: 'about_to_sleep',
    name: 'About to sleep',
    clauses: [
      { text: 'have ordered and spent little and are drifting away' },
      { text: 'ordered last {recency} ago' },
      { text: 'have spent {revenue} so far' },
    ],
    action: 'Try one reason to return, such as what is new in what they bought; do not spend much.',
  },
  {
    id: 'at_risk',
    name: 'At risk',
    clauses: [
      { text: 'used to order and spend well but have stayed away' },
      { text: 'ordered last {recency} ago' },
      { text: 'have spent {revenue} so far' },
    ],
    action: 'Write to them in person, ask what went wrong, and bring back what they used to buy.',
  },
  {
    id: 'cannot_lose',
    name: 'Cannot lose them',
    clauses: [
      { text: 'were among the best and have been away longest' },
      { text: 'ordered last {recency} ago' },
      { text: 'have spent {revenue} so far' },
    ],
    action: 'Call rather than mail: find out why they left, and make a personal offer.',
  },
  {
    id: 'hibernating',
    name: 'Hibernating',
    clauses: [
      { text: 'ordered little, some time ago' },
      { text: 'ordered last {recency} ago' },
      { text: 'have spent {revenue} so far' },
    ],
    action: 'Include them in cheap, seasonal reminders only.',
  },
  {
    id: 'lost',
    name: 'Lost',
    clauses: [
      { text: 'ordered little and longest ago' },
      { text: 'ordered last {recency} ago' },
      { text: 'spent {revenue} in all' },
    ],
    action: 'Make one cheap attempt a year, and learn from what they bought first.',
  },
  {
    id: 'alike',
    name: 'Customers all alike',
    clauses: [{ text: 'cannot be told apart by recency, frequency or spending' }],
    action: 'Treat them as one group until their orders differ.',
  },
];
