import { type Archetype, least, most, stillBuying } from '../archetype.ts';

const inContract = most('days_out_of_contract', 'median', 0);

/** Accounts, by their size, by how much both sides have to do with each other, and by where the contract stands. */
export const accountArchetypes: readonly Archetype[] = [
  {
    id: 'engaged_giants',
    name: 'Large engaged accounts',
    clauses: [
      { text: 'are large and much in touch' },
      { text: 'held {meetings} meetings and calls in 180 days', when: '+meetings' },
      { text: 'spend {order_value} an order', when: '+order_value' },
    ],
    action:
      'Plan the year with them: a sponsor on both sides, a review each quarter, and the next department to win.',
    avoid: 'Do not let everything hang on one contact on either side.',
    neutralName: 'Annual planning',
    wants: { account_size: 1.2, meetings: 0.9, order_value: 0.6, usage_days: 0.3 },
    gates: [[least('account_size', 'difference', 0.6)], [least('meetings', 'difference', 0.3)]],
  },
  {
    id: 'quiet_giants',
    name: 'Large but quiet accounts',
    clauses: [
      { text: 'are large and hardly in touch' },
      { text: 'hardly meet us ({meetings} meetings and calls in 180 days)', when: '-meetings' },
      { text: 'spend {order_value} an order', when: '+order_value' },
    ],
    action: 'Find out who decides and who uses, and meet both before the contract comes up.',
    avoid: 'Do not take silence for content, and do not first write when the contract ends.',
    neutralName: 'Getting acquainted',
    wants: { account_size: 1.2, meetings: -0.9, usage_days: -0.4, order_value: 0.3 },
    gates: [[least('account_size', 'difference', 0.6)], [most('meetings', 'difference', -0.1)]],
  },
  {
    id: 'renewals_at_risk',
    name: 'Renewals at risk',
    clauses: [
      { text: 'come up for renewal soon and show signs of leaving' },
      { text: 'are {days_to_renewal} from renewal', when: '-days_to_renewal' },
      { text: 'use it on {usage_days} of 28 days', when: '-usage_days' },
      { text: 'hardly meet us ({meetings} meetings and calls in 180 days)', when: '-meetings' },
    ],
    action:
      'Call before the contract ends: what they wanted from it, what they got, and what it would take to stay.',
    avoid: 'Do not send the renewal as a bill, and do not open with a lower price.',
    neutralName: 'Review talks',
    wants: { days_to_renewal: -1, usage_trend: -1, usage_days: -0.7, meetings: -0.5 },
    gates: [
      [inContract],
      [most('days_to_renewal', 'median', 120)],
      [most('days_to_renewal', 'difference', -0.2)],
      [
        most('usage_trend', 'difference', -0.4),
        most('usage_days', 'difference', -0.4),
        most('meetings', 'difference', -0.4),
      ],
    ],
  },
  {
    id: 'out_of_contract',
    name: 'Accounts out of contract',
    clauses: [
      { text: 'have let their contract run out' },
      { text: 'have been without one for {days_out_of_contract}', when: '+days_out_of_contract' },
      { text: 'ordered last {recency} ago', when: '+recency' },
    ],
    action: 'Ask what they use instead, keep one contact warm, and come back when their new contract ends.',
    avoid: 'Do not call every month, and do not name a price before you know what they use instead.',
    neutralName: 'Staying in touch',
    wants: {
      days_out_of_contract: 1.3,
      recency: 0.8,
      overdue_ratio: 0.6,
      renewal_rate: -0.6,
      usage_days: -0.4,
    },
    gates: [
      [least('days_out_of_contract', 'median', 30)],
      [least('days_out_of_contract', 'difference', 0.5)],
    ],
  },
  {
    id: 'reliable_renewers',
    name: 'Reliable renewers',
    clauses: [
      { text: 'renew when the time comes' },
      { text: 'have renewed {renewal_rate} of their contracts', when: '+renewal_rate' },
      { text: 'first ordered {tenure} ago', when: '+tenure' },
    ],
    action: 'Make renewing a formality: early, at the known price, with a thank-you and one idea for more.',
    avoid: 'Do not haggle where nobody asked for it, and do not change terms at the renewal.',
    neutralName: 'Renewal calendar',
    wants: { renewal_rate: 1, renewals_due: 1, tenure: 0.6, recency: -0.3 },
    gates: [[least('renewal_rate', 'mean', 0.8)], [least('renewals_due', 'difference', 0.3)], [inContract]],
  },
  {
    id: 'long_contracts',
    name: 'Long-term contract holders',
    clauses: [
      { text: 'sign for years' },
      { text: 'sign for {contract_days} at a time', when: '+contract_days' },
      { text: 'are {days_to_renewal} from renewal', when: '+days_to_renewal' },
    ],
    action:
      'Use the calm years: widen the use, meet the next decision-maker, and start on the renewal a year ahead.',
    avoid: 'Do not go quiet until the contract ends.',
    neutralName: 'Long view',
    wants: { contract_days: 1.2, days_to_renewal: 0.9 },
    gates: [
      [least('contract_days', 'median', 500)],
      [least('contract_days', 'difference', 0.5)],
      [inContract],
    ],
  },
  {
    id: 'new_accounts',
    name: 'New accounts',
    clauses: [
      { text: 'have only lately signed' },
      { text: 'first ordered {tenure} ago', when: '-tenure' },
      { text: 'use it on {usage_days} of 28 days', when: '+usage_days' },
    ],
    action:
      'Get the first users to their first success, and name the goal that the renewal will be judged by.',
    avoid: 'Do not leave them alone after the sale, and do not sell more before the first success.',
    neutralName: 'First steps',
    wants: { tenure: -1.3, recent_value_share: 0.6, recency: -0.5 },
    gates: [[most('tenure', 'difference', -0.6)], [most('recency', 'difference', 0)], [stillBuying]],
  },
  {
    id: 'growing_accounts',
    name: 'Growing accounts',
    clauses: [
      { text: 'order for more than before' },
      { text: 'spend {order_value} an order', when: '+order_value' },
      { text: 'use it on {usage_days} of 28 days', when: '+usage_days' },
    ],
    action:
      'Ask where else in the house it would serve, and put the terms for growing into the next contract.',
    avoid: 'Do not make growing dearer by surprise.',
    neutralName: 'Further teams',
    wants: { value_trend: 1.3, usage_trend: 0.5, usage_days: 0.3 },
    gates: [[least('value_trend', 'difference', 0.5)], [least('value_trend', 'mean', 0.05)], [stillBuying]],
  },
  {
    id: 'keen_users',
    name: 'Accounts that use it daily',
    clauses: [
      { text: 'use what they pay for on most working days' },
      { text: 'use it on {usage_days} of 28 days', when: '+usage_days' },
      { text: 'spend {order_value} an order' },
    ],
    action: 'Collect what they say, make them a reference, and look for the team next door.',
    avoid: 'Do not ask for a reference before what they reported is mended.',
    neutralName: 'Product panel',
    wants: { usage_days: 1.3, days_since_use: -0.6, usage_trend: 0.2 },
    gates: [[least('usage_days', 'mean', 12)], [least('usage_days', 'difference', 0.5)]],
  },
  {
    id: 'small_self_serve',
    name: 'Small self-serve accounts',
    clauses: [
      { text: 'are small and help themselves' },
      { text: 'spend {order_value} an order', when: '-order_value' },
      { text: 'hardly meet us ({meetings} meetings and calls in 180 days)', when: '-meetings' },
    ],
    action: 'Serve them by good pages and mails, not by people, and notice the few that begin to grow.',
    avoid: 'Do not put them on a calling list.',
    neutralName: 'Guides and pages',
    wants: { account_size: -1.1, meetings: -0.7, order_value: -0.7 },
    gates: [[most('account_size', 'difference', -0.3)], [most('meetings', 'difference', -0.1)]],
  },
];
