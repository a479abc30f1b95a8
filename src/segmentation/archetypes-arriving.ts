import { type Archetype, least, most, stillBuying } from './archetype.ts';

/** Those who have only lately begun. */
export const arriving: readonly Archetype[] = [
  {
    id: 'high_potential_first_timers',
    name: 'High-potential first-timers',
    clauses: [
      { text: 'ordered lately, mostly for the first time, and look promising' },
      { text: 'spend {order_value} an order', when: '+order_value' },
      { text: 'visited {sessions} times in 180 days', when: '+sessions' },
      { text: 'click in {click_rate} of e-mails', when: '+click_rate' },
    ],
    action:
      'Win the second order within the first weeks: a welcome series, how to use what they bought, and one fitting next product.',
    avoid: 'Do not open with a deep discount: the second order should come because the first was good.',
    neutralName: 'Welcome series',
    wants: { single_order: 1, recency: -0.8, tenure: -0.8, order_value: 0.6, sessions: 0.4, click_rate: 0.4 },
    gates: [
      [least('single_order', 'mean', 0.6)],
      [most('recency', 'difference', -0.2)],
      [
        least('order_value', 'difference', 0.2),
        least('sessions', 'difference', 0.2),
        least('click_rate', 'difference', 0.2),
      ],
    ],
  },
  {
    id: 'new_customers',
    name: 'New customers',
    clauses: [
      { text: 'have only lately begun to order' },
      { text: 'first ordered {tenure} ago', when: '-tenure' },
      { text: 'spend {order_value} an order' },
    ],
    action: 'Welcome them well: what the shop stands for, what others buy next, and an easy second order.',
    avoid: 'Do not send them everything at once, nor what is meant for regulars.',
    neutralName: 'Welcome letters',
    wants: { tenure: -1.3, recency: -0.7, orders: -0.4, recent_value_share: 0.6 },
    gates: [[most('tenure', 'difference', -0.6)], [most('recency', 'difference', 0)], [stillBuying]],
  },
  {
    id: 'quick_newcomers',
    name: 'Quick-returning newcomers',
    clauses: [
      { text: 'are new and have already come back' },
      { text: 'return after {days_between_orders}', when: '-days_between_orders' },
      { text: 'first ordered {tenure} ago', when: '-tenure' },
    ],
    action:
      'Turn the good start into a habit: thank them for the second order, show the range, and offer membership before the first discount.',
    avoid: 'Do not teach them to wait for offers: no discount while they come back by themselves.',
    neutralName: 'Getting to know us',
    wants: {
      tenure: -1,
      recent_value_share: 0.7,
      orders_per_month: 0.7,
      days_between_orders: -0.7,
      days_to_second_order: -0.4,
      single_order: -0.6,
      recency: -0.4,
    },
    gates: [
      [most('tenure', 'difference', -0.5)],
      [most('single_order', 'mean', 0.3)],
      [least('orders_per_month', 'difference', 0)],
      [stillBuying],
    ],
  },
];
