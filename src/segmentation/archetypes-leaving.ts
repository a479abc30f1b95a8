import { type Archetype, least, longAbsent, longOverdue, most } from './archetype.ts';

/** Those who stay away, by what can still be done. */
export const leaving: readonly Archetype[] = [
  {
    id: 'lapsed_recoverable',
    name: 'Lapsed but recoverable',
    clauses: [
      { text: 'have stopped ordering but can still be reached' },
      { text: 'ordered last {recency} ago', when: '+recency' },
      { text: 'visited last {days_since_visit} ago', when: '-days_since_visit' },
      { text: 'open {open_rate} of e-mails', when: '+open_rate' },
      { text: 'leave a full cart behind on {cart_abandonment} of visits', when: '+cart_abandonment' },
    ],
    action:
      'Win them back while they still look: pick up the cart they left or the category they viewed, and test a time-limited reason to return against a holdout.',
    avoid: 'Do not begin with the deepest discount, and do not write as if they had done wrong.',
    neutralName: 'What is new',
    wants: {
      overdue_ratio: 1,
      recency: 0.9,
      cart_abandonment: 0.6,
      days_since_visit: -0.5,
      open_rate: 0.4,
      click_rate: 0.5,
      days_since_click: -0.5,
      unsubscribed: -0.3,
      orders: 0.3,
    },
    gates: [
      [longOverdue],
      [longAbsent],
      [least('recency', 'difference', 0.3)],
      [
        most('days_since_visit', 'difference', 0),
        least('click_rate', 'difference', 0),
        most('days_since_click', 'difference', 0),
        least('orders', 'difference', 0.2),
        least('revenue', 'difference', 0.2),
      ],
    ],
  },
  {
    id: 'churn_risk',
    name: 'Genuine churn risks',
    clauses: [
      { text: 'have stopped ordering and no longer respond' },
      { text: 'ordered last {recency} ago', when: '+recency' },
      { text: 'open {open_rate} of e-mails', when: '-open_rate' },
      { text: 'complained in {complaint_share} of their tickets', when: '+complaint_share' },
      { text: 'visited last {days_since_visit} ago', when: '+days_since_visit' },
    ],
    action:
      'Find out why before you spend: settle open complaints, ask one question, make one honest offer, then stop mailing those who stay silent.',
    avoid:
      'Do not mail more because they answer less, and do not promote anything while a complaint is open.',
    neutralName: 'Your opinion',
    wants: {
      recency: 1,
      overdue_ratio: 0.8,
      days_since_visit: 0.7,
      sessions: -0.6,
      open_rate: -0.6,
      click_rate: -0.4,
      unsubscribed: 0.4,
      complaint_share: 0.4,
      tickets_per_order: 0.3,
      satisfaction: -0.4,
    },
    gates: [
      [longOverdue],
      [longAbsent],
      [least('recency', 'difference', 0.4)],
      [
        least('days_since_visit', 'difference', 0.3),
        most('open_rate', 'difference', -0.3),
        least('unsubscribed', 'difference', 0.5),
        most('satisfaction', 'difference', -0.5),
      ],
    ],
  },
  {
    id: 'lost',
    name: 'Lost customers',
    clauses: [
      { text: 'have not ordered for a long time and never ordered much' },
      { text: 'ordered last {recency} ago', when: '+recency' },
      { text: 'have spent {revenue} in all', when: '-revenue' },
    ],
    action:
      'Spend little: one cheap, well-timed attempt a year, and learn from what they bought first and where they came from.',
    avoid: 'Do not pay for advertising to them, and do not keep mailing those who stay silent.',
    neutralName: 'Yearly letter',
    wants: { recency: 1.2, overdue_ratio: 0.8, recent_value_share: -0.6, orders: -0.7, revenue: -0.7 },
    gates: [
      [longOverdue],
      [least('recency', 'median', 120)],
      [least('recency', 'difference', 0.5)],
      [most('orders', 'difference', 0)],
    ],
  },
  {
    id: 'long_gone_one_timers',
    name: 'One-time buyers long gone',
    clauses: [
      { text: 'ordered long ago, mostly once, and did not return' },
      { text: 'ordered last {recency} ago', when: '+recency' },
      { text: 'spent {order_value} an order' },
    ],
    action:
      'Mend the second order for the next newcomers: what these bought first, where they came from, and what was sent afterwards.',
    avoid: 'Do not spend on winning them back one by one: what can be learned from them is worth more.',
    neutralName: 'First choices',
    wants: { single_order: 1.3, recency: 1, orders: -0.6, tenure: 0.3 },
    gates: [
      [least('single_order', 'mean', 0.7)],
      [least('recency', 'difference', 0.3)],
      [least('recency', 'median', 90)],
    ],
  },
  {
    id: 'at_risk_repeaters',
    name: 'At-risk repeat buyers',
    clauses: [
      { text: 'ordered repeatedly and are now overdue' },
      { text: 'ordered last {recency} ago', when: '+recency' },
      { text: 'used to return after {days_between_orders}', when: '-days_between_orders' },
      { text: 'have spent {revenue} so far', when: '+revenue' },
    ],
    action:
      'Reach out now, before the habit is gone: a reminder of what they buy, in the channel they answer, and a reason to return this month.',
    avoid: 'Do not wait for the next campaign, and do not offer a discount before a reminder has been tried.',
    neutralName: 'Favourites again',
    wants: {
      overdue_ratio: 1,
      recency: 0.6,
      orders: 0.8,
      revenue: 0.5,
      single_order: -0.4,
      recent_value_share: -0.3,
    },
    gates: [
      [longOverdue],
      [least('orders', 'difference', 0)],
      [most('single_order', 'mean', 0.3)],
      [least('recency', 'difference', 0)],
    ],
  },
  {
    id: 'fading',
    name: 'Fading customers',
    clauses: [
      { text: 'have been away for longer than usual and order seldom' },
      { text: 'ordered last {recency} ago', when: '+recency' },
      { text: 'order in {active_month_share} of months', when: '-active_month_share' },
      { text: 'spend {order_value} an order' },
    ],
    action:
      'Catch them while they remember the shop: one timely message about what they bought, what is new beside it, and an easy way back.',
    avoid: 'Do not mail them more often than before: one message that fits is worth more than a series.',
    neutralName: 'Something new',
    wants: {
      recency: 1,
      overdue_ratio: 0.7,
      active_month_share: -0.7,
      recent_value_share: -0.6,
      orders_per_month: -0.4,
    },
    gates: [
      [least('recency', 'difference', 0.3)],
      [least('overdue_ratio', 'median', 1.1)],
      [most('orders_per_month', 'difference', -0.2), most('active_month_share', 'difference', -0.2)],
    ],
  },
];
