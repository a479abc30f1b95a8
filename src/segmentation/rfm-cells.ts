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
    avoid: 'Do not thank them with discounts, and do not send them what everybody gets.',
    neutralName: 'First to know',
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
    avoid: 'Do not show newcomers a better price than they get.',
    neutralName: 'Thank-you list',
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
    avoid: 'Do not discount the next order before you have shown what goes with the last.',
    neutralName: 'Goes well together',
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
    avoid: 'Do not send them everything at once, nor what is meant for regulars.',
    neutralName: 'Welcome letters',
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
    avoid: 'Do not let weeks pass before the first letter, and do not begin with a discount.',
    neutralName: 'First choices',
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
    avoid: 'Do not send them several offers at once.',
    neutralName: 'Something new',
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
    avoid: 'Do not pay for advertising to them.',
    neutralName: 'Seasonal letter',
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
    avoid: 'Do not begin with a discount: first hear what went wrong.',
    neutralName: 'Your opinion',
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
    avoid: 'Do not put them into a mass mailing.',
    neutralName: 'Personal service',
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
    avoid: 'Do not mail them every week, and do not pay to reach them.',
    neutralName: 'Seasonal reminders',
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
    avoid: 'Do not pay for advertising to them, and do not keep mailing those who stay silent.',
    neutralName: 'Yearly letter',
  },
  {
    id: 'alike',
    name: 'Customers all alike',
    clauses: [{ text: 'cannot be told apart by recency, frequency or spending' }],
    action: 'Treat them as one group until their orders differ.',
    avoid: 'Do not build separate campaigns on differences that the data does not show.',
    neutralName: 'General list',
  },
];
