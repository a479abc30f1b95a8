import type { WrittenWeights } from './cases.ts';
import type { WeightsMetricId } from './metrics.ts';

type Draft = NonNullable<WrittenWeights['draft']>;

/** A way to spoil a good choice of weights, and the metric that must notice. */
export interface Fault {
  id: string;
  metric: WeightsMetricId;
  /** null where this choice has nothing that could be spoilt so. */
  spoil(good: WrittenWeights): Partial<WrittenWeights> | null;
}

const changed =
  (change: (draft: Draft, good: WrittenWeights) => Partial<Draft> | null): Fault['spoil'] =>
  good => {
    const changes = good.draft && change(good.draft, good);
    return good.draft && changes ? { draft: { ...good.draft, ...changes } } : null;
  };

const added = (feature: string, weight = 2) =>
  changed(({ weights }) => ({
    weights: [...weights, { feature, weight, reason: 'It is said to serve the priority as well as others.' }],
  }));

export const faults: readonly Fault[] = [
  {
    id: 'weighs what the priority does not turn on',
    metric: 'raised',
    spoil: good =>
      good.wants.least === 0
        ? null
        : changed(() => ({
            weights: [
              {
                feature: 'evening_share',
                weight: 2,
                reason: 'Who orders in the evening is at home by then.',
              },
            ],
          }))(good),
  },
  {
    id: 'lowers what it should raise',
    metric: 'raised',
    spoil: good =>
      good.wants.least === 0
        ? null
        : changed(({ weights }) => ({ weights: weights.map(one => ({ ...one, weight: 0.1 })) }))(good),
  },
  {
    id: 'raises what has nothing to do with it',
    metric: 'kept',
    spoil: good => (good.wants.keep[0] ? added(good.wants.keep[0])(good) : null),
  },
  {
    id: 'uses what was blocked or is sensitive',
    metric: 'barred',
    spoil: good => (good.barred[0] ? added(good.barred[0])(good) : null),
  },
  { id: 'makes a feature up', metric: 'barred', spoil: added('star_sign') },
  {
    id: 'is silent about what stays out',
    metric: 'leftOut',
    spoil: good => (good.wants.leaveOut.length > 0 ? changed(() => ({ leftOut: [] }))(good) : null),
  },
  {
    id: 'is sure of a priority that says nothing',
    metric: 'unknown',
    spoil: good => (good.wants.unknown ? changed(() => ({ unsure: '' }))(good) : null),
  },
  {
    id: 'invents a number',
    metric: 'numbers',
    spoil: changed(() => ({ summary: 'It brings out the 83.7 % of customers who would take it.' })),
  },
  {
    id: 'names a trait',
    metric: 'traits',
    spoil: changed(({ weights }) => ({
      weights: weights.map(one => ({ ...one, reason: 'It finds the pregnant customers among all others.' })),
    })),
  },
  {
    id: 'drowns the rest',
    metric: 'restraint',
    spoil: changed(({ weights }) => ({
      weights: [...weights, { ...weights[0]!, feature: 'recency', weight: 0 }],
    })),
  },
  {
    id: 'gives two weights to one',
    metric: 'restraint',
    spoil: changed(({ weights }) => ({ weights: [...weights, weights[0]!] })),
  },
  {
    id: 'gives one reason for all',
    metric: 'reasons',
    spoil: changed(({ weights }) => ({
      weights: [...weights, { ...weights[0]!, feature: 'recency' }],
    })),
  },
  {
    id: 'gives a word for a reason',
    metric: 'reasons',
    spoil: changed(({ weights }) => ({
      weights: weights.map(one => ({ ...one, reason: 'Important here.' })),
    })),
  },
  { id: 'was refused', metric: 'own', spoil: () => ({ stoodIn: true }) },
];
