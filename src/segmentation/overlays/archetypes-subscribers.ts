import { type Archetype, least, longOverdue, most, stillBuying } from '../archetype.ts';

/** Subscribers, by what they pay for, what they use, and what threatens it. */
export const subscriberArchetypes: readonly Archetype[] = [
  {
    id: 'power_users',
    name: 'Power users on high plans',
    clauses: [
      { text: 'use what they pay for and pay for a lot' },
      { text: 'use it on {usage_days} of 28 days', when: '+usage_days' },
      { text: 'pay {order_value} a time', when: '+order_value' },
    ],
    action:
      'Learn from them: invite them to try what is new, ask for a reference, and make sure that a named person answers.',
    avoid:
      'Do not see only the next upgrade in them, and do not change what they use without telling them first.',
    neutralName: 'Try it first',
    wants: { usage_days: 1.1, plan_tier: 1, order_value: 0.5, days_since_use: -0.3 },
    gates: [[least('usage_days', 'difference', 0.4)], [least('plan_tier', 'difference', 0.4)], [stillBuying]],
  },
  {
    id: 'upgraders',
    name: 'Upgraders',
    clauses: [
      { text: 'have moved to a higher plan since they began' },
      { text: 'have gained {plan_rise} plan levels', when: '+plan_rise' },
      { text: 'use it on {usage_days} of 28 days', when: '+usage_days' },
      { text: 'pay {order_value} a time', when: '+order_value' },
    ],
    action: 'Show them what the new level holds, so that it is used before the next bill comes.',
    avoid: 'Do not sell the level after the next before this one is in use.',
    neutralName: 'What is in the plan',
    wants: { plan_rise: 1.4, value_trend: 0.6, usage_trend: 0.3 },
    gates: [[least('plan_rise', 'mean', 0.5)], [least('plan_rise', 'difference', 0.6)], [stillBuying]],
  },
  {
    id: 'downgraders',
    name: 'Downgraders',
    clauses: [
      { text: 'have moved to a lower plan' },
      { text: 'have given up {plan_drop} plan levels', when: '+plan_drop' },
      { text: 'pay {order_value} a time', when: '-order_value' },
      { text: 'use it on {usage_days} of 28 days', when: '-usage_days' },
    ],
    action:
      'Ask what they no longer needed, before they need nothing: fit the plan to what they use, and do not sell them the old one again.',
    avoid: 'Do not offer the old plan again, and do not make the smaller one feel like a punishment.',
    neutralName: 'A plan that fits',
    wants: { plan_drop: 1.4, value_trend: -0.6, usage_trend: -0.3 },
    gates: [[least('plan_drop', 'mean', 0.5)], [least('plan_drop', 'difference', 0.6)]],
  },
  {
    id: 'failing_payments',
    name: 'Subscribers with failing payments',
    clauses: [
      { text: 'keep their subscription, though payments often fail' },
      { text: 'pay {order_value} a time' },
      { text: 'use it on {usage_days} of 28 days', when: '+usage_days' },
    ],
    action:
      'Mend the payment, not the customer: retry on another day, ask for a new card before the old one ends, offer a second way to pay.',
    avoid: 'Do not lock them out at the first failure, and do not write as if they did not want to pay.',
    neutralName: 'Service notes',
    wants: { failed_payments: 1.6, gap_variation: 0.4 },
    gates: [
      [least('failed_payments', 'mean', 0.1)],
      [least('failed_payments', 'difference', 0.7)],
      [stillBuying],
    ],
  },
  {
    id: 'sleeping_payers',
    name: 'Payers who hardly use it',
    clauses: [
      { text: 'keep paying and hardly use it' },
      { text: 'use it on {usage_days} of 28 days', when: '-usage_days' },
      { text: 'used it last {days_since_use} ago', when: '+days_since_use' },
    ],
    action:
      'Bring back one use that they liked, with a person’s help if need be. They leave as soon as they look at the bill.',
    avoid:
      'Do not write about the bill without something that helps them use it, and do not hide the way out.',
    neutralName: 'Ways to use it',
    wants: { usage_days: -1.1, days_since_use: 1.1, overdue_ratio: -0.3 },
    gates: [[most('usage_days', 'mean', 5)], [most('usage_days', 'difference', -0.4)], [stillBuying]],
  },
  {
    id: 'fading_users',
    name: 'Fading users',
    clauses: [
      { text: 'use it less than they did' },
      { text: 'use it on {usage_days} of 28 days', when: '-usage_days' },
      { text: 'pay {order_value} a time' },
    ],
    action: 'Ask within the week what changed, and show the one thing that others in their place use most.',
    avoid: 'Do not offer a discount before you know what changed.',
    neutralName: 'Useful hints',
    wants: { usage_trend: -1.4, usage_days: -0.5, days_since_use: 0.4 },
    gates: [[most('usage_trend', 'mean', -0.1)], [most('usage_trend', 'difference', -0.5)], [stillBuying]],
  },
  {
    id: 'lapsed_subscribers',
    name: 'Lapsed subscribers',
    clauses: [
      { text: 'have stopped paying' },
      { text: 'paid last {recency} ago', when: '+recency' },
      { text: 'used it last {days_since_use} ago', when: '+days_since_use' },
    ],
    action:
      'Ask why they left, keep what they made ready for their return, and write when the reason is mended.',
    avoid: 'Do not offer the same at a lower price before the reason is known.',
    neutralName: 'What is new',
    wants: { recency: 1.1, overdue_ratio: 1, recent_value_share: -0.6, usage_days: -0.4 },
    gates: [[longOverdue], [least('recency', 'median', 45)], [least('recency', 'difference', 0.3)]],
  },
  {
    id: 'new_subscribers',
    name: 'New subscribers',
    clauses: [
      { text: 'have only lately begun to pay' },
      { text: 'first paid {tenure} ago', when: '-tenure' },
      { text: 'use it on {usage_days} of 28 days', when: '+usage_days' },
    ],
    action: 'Lead them to the first success in the first week: one task, one reminder, one person to ask.',
    avoid: 'Do not show them everything, and do not sell the next level in the first weeks.',
    neutralName: 'First steps',
    wants: { tenure: -1.4, recent_value_share: 0.7, orders: -0.5 },
    gates: [[most('tenure', 'difference', -0.6)], [most('tenure', 'median', 150)], [stillBuying]],
  },
  {
    id: 'pay_ahead',
    name: 'Pay-ahead subscribers',
    clauses: [
      { text: 'pay for long at a time' },
      { text: 'leave {days_between_orders} between payments', when: '+days_between_orders' },
      { text: 'pay {order_value} a time', when: '+order_value' },
    ],
    action:
      'Look after them through the year: show before the renewal what they got for it, and do not surprise them with the bill.',
    avoid: 'Do not let the renewal be the first that they hear of you.',
    neutralName: 'The year in review',
    wants: { days_between_orders: 1.3, order_value: 0.7, orders_per_month: -0.7 },
    gates: [
      [least('days_between_orders', 'median', 80)],
      [least('days_between_orders', 'difference', 0.5)],
      [stillBuying],
    ],
  },
  {
    id: 'long_standing',
    name: 'Long-standing subscribers',
    clauses: [
      { text: 'have paid for long and still do' },
      { text: 'first paid {tenure} ago', when: '+tenure' },
      { text: 'use it on {usage_days} of 28 days', when: '+usage_days' },
    ],
    action:
      'Thank them for staying, and keep the price that they know: nothing about the plan should surprise.',
    avoid: 'Do not give newcomers the better terms.',
    neutralName: 'Thank-you list',
    wants: { tenure: 1.2, orders: 1, recency: -0.3 },
    gates: [[least('tenure', 'difference', 0.3)], [least('orders', 'difference', 0.2)], [stillBuying]],
  },
  {
    id: 'light_basic',
    name: 'Light users on basic plans',
    clauses: [
      { text: 'pay little and use little' },
      { text: 'use it on {usage_days} of 28 days', when: '-usage_days' },
      { text: 'pay {order_value} a time', when: '-order_value' },
    ],
    action: 'Keep it simple and cheap to serve them; show one use more, not a higher plan.',
    avoid: 'Do not push them to a higher plan, nor spend more on serving them than they pay.',
    neutralName: 'One thing more',
    wants: { plan_tier: -0.9, usage_days: -0.8, order_value: -0.6 },
    gates: [[most('plan_tier', 'difference', -0.2)], [most('usage_days', 'difference', -0.2)], [stillBuying]],
  },
  {
    id: 'basic_plan',
    name: 'Basic-plan subscribers',
    clauses: [
      { text: 'pay for the simplest plan and stay with it' },
      { text: 'pay {order_value} a time', when: '-order_value' },
      { text: 'use it on {usage_days} of 28 days' },
    ],
    action:
      'Leave them the plan that fits; show what the next one adds only where they reach the limits of theirs.',
    avoid: 'Do not send offers to upgrade by the calendar.',
    neutralName: 'Good to know',
    wants: { plan_tier: -1.1, order_value: -0.8 },
    gates: [
      [most('plan_tier', 'difference', -0.4)],
      [most('plan_drop', 'mean', 0.3)],
      [most('plan_rise', 'mean', 0.3)],
      [stillBuying],
    ],
  },
  {
    id: 'keen_basic',
    name: 'Keen users on basic plans',
    clauses: [
      { text: 'pay little and use it a lot' },
      { text: 'use it on {usage_days} of 28 days', when: '+usage_days' },
      { text: 'pay {order_value} a time', when: '-order_value' },
    ],
    action: 'Offer the next level where they reach the limits of theirs, with what they would use there.',
    avoid: 'Do not block what they use before you have offered the next level.',
    neutralName: 'Further uses',
    wants: { plan_tier: -0.9, usage_days: 1, order_value: -0.5 },
    gates: [[most('plan_tier', 'difference', -0.2)], [least('usage_days', 'difference', 0.2)], [stillBuying]],
  },
];
