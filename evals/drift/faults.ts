import type { WrittenDrift } from './cases.ts';
import type { DriftMetricId } from './metrics.ts';

type Explanation = WrittenDrift['explanation'];

/** A way to spoil a good explanation, and the metric that must notice. */
export interface Fault {
  id: string;
  metric: DriftMetricId;
  /** null where this explanation has nothing that could be spoilt so. */
  spoil(good: WrittenDrift): Partial<WrittenDrift> | null;
}

const changed =
  (change: (explanation: Explanation, good: WrittenDrift) => Partial<Explanation> | null): Fault['spoil'] =>
  good => {
    const changes = change(good.explanation, good);
    return changes && { explanation: { ...good.explanation, ...changes } };
  };

const headline = (text: string) => changed(() => ({ headline: text }));
const whereItMatters =
  (spoil: Fault['spoil']): Fault['spoil'] =>
  good =>
    good.wants.matters.length > 0 ? spoil(good) : null;

/** A finding that explains itself. */
const explained = ({ findings }: WrittenDrift) => findings.find(one => one.explained)?.label;

export const faults: readonly Fault[] = [
  {
    id: 'leaves out what matters',
    metric: 'matters',
    spoil: whereItMatters(changed(() => ({ matters: [] }))),
  },
  {
    id: 'begins with what matters less',
    metric: 'matters',
    spoil: changed(({ matters }) => (matters.length > 1 ? { matters: matters.toReversed() } : null)),
  },
  {
    id: 'alarms where nothing matters',
    metric: 'matters',
    spoil: good =>
      good.wants.matters.length === 0
        ? changed(() => ({ matters: [{ finding: 'F1', why: 'It changed more than anything else here.' }] }))(
            good,
          )
        : null,
  },
  {
    id: 'alarms for what explains itself',
    metric: 'alarm',
    spoil: good => {
      const label = explained(good);
      return label === undefined
        ? null
        : changed(({ matters }) => ({
            matters: [...matters, { finding: label, why: 'It is a large change and needs an answer.' }],
          }))(good);
    },
  },
  {
    id: 'gives another cause',
    metric: 'cause',
    spoil: whereItMatters(
      changed(({ causes }) => ({
        causes: causes.map(one => ({ ...one, cause: 'Perhaps the weather was too warm.' })),
      })),
    ),
  },
  { id: 'gives no cause', metric: 'cause', spoil: whereItMatters(changed(() => ({ causes: [] }))) },
  {
    id: 'tells a cause as a fact',
    metric: 'apart',
    spoil: whereItMatters(
      changed(({ causes }) => ({
        causes: causes.map(one => ({ ...one, cause: 'A competitor took them with a promotion.' })),
      })),
    ),
  },
  {
    id: 'tells a cause in the headline',
    metric: 'apart',
    spoil: headline('They order less because of the new prices in the shop.'),
  },
  {
    id: 'tells a cause among what matters',
    metric: 'apart',
    spoil: whereItMatters(
      changed(({ matters }) => ({
        matters: matters.map(one => ({ ...one, why: 'It is due to the campaign of a competitor.' })),
      })),
    ),
  },
  {
    id: 'turns round whether to rethink',
    metric: 'rethink',
    spoil: changed(({ rethink }) => ({ rethink: { ...rethink, needed: !rethink.needed } })),
  },
  {
    id: 'is silent about the feed',
    metric: 'feed',
    spoil: good =>
      good.wants.matters.includes('feed-stopped')
        ? headline('The Active repeat buyers shrank, and should be looked after at once.')(good)
        : null,
  },
  {
    id: 'invents a number',
    metric: 'numbers',
    spoil: headline('They bring 63.8 % less than they did before.'),
  },
  {
    id: 'invents money',
    metric: 'numbers',
    spoil: changed(({ check }) => ({ check: [...check, 'Look where the £98,765 went that are missing.'] })),
  },
  {
    id: 'names a trait',
    metric: 'traits',
    spoil: changed(({ check }) => ({ check: [...check, 'Look whether they are pregnant customers.'] })),
  },
  {
    id: 'numbers the segments',
    metric: 'names',
    spoil: headline('Segment 2 orders less than it did before.'),
  },
  {
    id: 'shows keys',
    metric: 'names',
    spoil: headline('The active-repeat-buyers order less than they did before.'),
  },
  {
    id: 'shows labels',
    metric: 'names',
    spoil: headline('F1 is what should be looked at before anything else.'),
  },
  { id: 'names nothing to check', metric: 'check', spoil: whereItMatters(changed(() => ({ check: [] }))) },
  {
    id: 'rests on what was not found',
    metric: 'labels',
    spoil: changed(({ causes }) => ({
      causes: [...causes, { cause: 'It may be something else as well.', because: ['F9'] }],
    })),
  },
  { id: 'was refused', metric: 'own', spoil: () => ({ stoodIn: true }) },
];
