import type { WrittenDigest } from './cases.ts';
import type { DigestMetricId } from './metrics.ts';

/** A way to spoil a good digest, and the metric that must notice. */
export interface Fault {
  id: string;
  metric: DigestMetricId;
  /** null where this digest has nothing that could be spoilt so. */
  spoil(good: WrittenDigest): Partial<WrittenDigest> | null;
}

const explanations =
  (text: string | null) =>
  ({ findings, wants }: WrittenDigest): Partial<WrittenDigest> | null =>
    wants.explained.length === 0
      ? null
      : { findings: findings.map(finding => ({ ...finding, explanation: text })) };

const firstAction =
  (action: string) =>
  ({ todo }: WrittenDigest): Partial<WrittenDigest> => ({
    todo: todo.map((item, i) => (i === 0 ? { ...item, action } : item)),
  });

const headline = (text: string) => () => ({ headline: text });

export const faults: readonly Fault[] = [
  { id: 'says something beside the point', metric: 'headline', spoil: headline('A week in October.') },
  {
    id: 'sounds an alarm',
    metric: 'alarm',
    spoil: ({ wants }) => (wants.alarm ? null : { headline: 'An urgent week for the whole shop.' }),
  },
  { id: 'explains nothing', metric: 'explained', spoil: explanations(null) },
  {
    id: 'explains it by the weather',
    metric: 'explained',
    spoil: explanations('It may be the warm weather of these weeks.'),
  },
  {
    id: 'tells a cause as a fact',
    metric: 'apart',
    spoil: explanations('A competitor took them with a promotion.'),
  },
  {
    id: 'tells a cause in the headline',
    metric: 'apart',
    spoil: headline('Loyal regulars order less because of the new prices.'),
  },
  { id: 'has nothing done', metric: 'todo', spoil: () => ({ todo: [] }) },
  {
    id: 'turns round what is to be done',
    metric: 'todo',
    spoil: ({ todo, wants }) =>
      wants.todo[0] === null && todo.at(-1)!.segment !== null ? { todo: todo.toReversed() } : null,
  },
  {
    id: 'invents a share',
    metric: 'numbers',
    spoil: headline('The shop found 63.8 % fewer orders in a quiet week.'),
  },
  { id: 'invents money', metric: 'numbers', spoil: firstAction('Win back the £98,765 that are missing.') },
  {
    id: 'names a trait',
    metric: 'traits',
    spoil: firstAction('Write to the pregnant customers among them.'),
  },
  { id: 'numbers a segment', metric: 'names', spoil: headline('Segment 2 is what was found this week.') },
  { id: 'shows a label', metric: 'names', spoil: firstAction('Do what F1 calls for, before Friday.') },
  { id: 'shows an id', metric: 'names', spoil: firstAction('Look at orders_per_month before Friday.') },
  {
    id: 'does as a name says',
    metric: 'invented',
    spoil: firstAction('Offer them 90 % off, as the category says.'),
  },
  {
    id: 'claims to have done it',
    metric: 'invented',
    spoil: firstAction('We have sent the campaign to all of them.'),
  },
  {
    id: 'writes at length',
    metric: 'length',
    spoil: ({ headline: said }) => ({ headline: Array.from({ length: 12 }, () => said).join(' ') }),
  },
  {
    id: 'has too much done',
    metric: 'length',
    spoil: ({ todo }) => ({ todo: Array.from({ length: 6 }, () => todo[0]!) }),
  },
  { id: 'was refused', metric: 'own', spoil: () => ({ stoodIn: true }) },
];
