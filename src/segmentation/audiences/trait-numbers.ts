import type { Unit } from '../../features/feature.ts';
import { overlayOf } from '../overlays/overlays.ts';
import { inWords, saidOf } from '../overlays/words.ts';
import { type ScoreId, scores } from '../predictions/scores.ts';
import { traits } from '../traits.ts';
import { fence } from '../wording.ts';
import type { ResolvedNode } from './filter/resolved.ts';
import type { FilterShop } from './filter/shop.ts';

/** A number by which members may stand out: a feature or a score. */
export interface TraitNumber {
  id: string;
  of: 'feature' | 'score';
  label: string;
  unit: Unit;
  /** Numbers of one concept say the same thing. */
  concept: string;
  /** Its figure means nothing by itself: another number of the concept is told where one stands out as well. */
  abstract: boolean;
  /** The values have a long tail. */
  log: boolean;
  /** SQL over a feature row `f` and a row `k` of what else is known. */
  sql: string;
}

/** What each numeric score is about; with the concept of a feature where it says the same as one. */
const scoreConcepts: Partial<Record<ScoreId, string>> = {
  expected_orders_90: 'prospects',
  expected_orders_365: 'prospects',
  order_probability_30: 'prospects',
  churn_probability: 'prospects',
  alive_probability: 'prospects',
  expected_order_value: 'order value',
  lifetime_value: 'worth',
  value_at_risk: 'value at risk',
  next_order_in: 'prospects',
  days_overdue: 'absence',
  promotion_share: 'discounts',
  favourite_category_share: 'range',
};

/** The features and scores that may be told of members, in a fixed order; sensitive ones may not. */
export function traitNumbers({ model, features: { table, features } }: FilterShop): TraitNumber[] {
  const { words } = overlayOf(model.recipe.overlay);
  const used = new Set(model.recipe.features.map(({ id }) => id));
  const told = features.filter(
    ({ id, sensitivity }) => !traits[id]?.quiet && (sensitivity === 'none' || used.has(id)),
  );
  return [
    ...saidOf(told, words).map(({ id, label, unit, transform, missing, clusters }): TraitNumber => {
      const most = `(SELECT max(${id}) FROM ${table})`;
      const stands = missing === 'zero' ? '0' : missing === 'max' && clusters ? most : null;
      return {
        id,
        of: 'feature',
        label: inWords(traits[id] ? label : fence(label), words),
        unit,
        concept: traits[id]?.concept ?? id,
        abstract: traits[id]?.abstract === true,
        log: transform === 'log',
        sql: stands === null ? `f.${id}` : `coalesce(f.${id}, ${stands})`,
      };
    }),
    ...scores.flatMap(({ id, label, unit }): TraitNumber[] => {
      const concept = scoreConcepts[id];
      if (concept === undefined || unit === 'text') return [];
      const log = unit === 'money' || unit === 'count' || id === 'next_order_in';
      const told = inWords(label, words);
      return [{ id, of: 'score', label: told, unit, concept, abstract: false, log, sql: `k.${id}` }];
    }),
  ];
}

/** What a filter itself settles, so that it is no news of its members. */
export function settledBy(node: ResolvedNode): ReadonlySet<string> {
  switch (node.kind) {
    case 'all':
    case 'any':
      return new Set(node.of.flatMap(part => [...settledBy(part)]));
    case 'not':
      return settledBy(node.of);
    case 'number':
    case 'text':
    case 'yes-no':
    case 'known': {
      const { id } = node.field;
      return new Set([id, traits[id]?.concept ?? scoreConcepts[id as ScoreId] ?? id]);
    }
    case 'orders':
      return new Set([
        ...(node.period ? ['absence'] : []),
        ...(node.count ? ['frequency'] : []),
        ...(node.discounted !== null || node.coupon ? ['discounts'] : []),
      ]);
    case 'events':
      return new Set([/^email|unsubscribed/i.test(node.type.values[0] ?? '') ? 'e-mail' : 'visits']);
    case 'segment':
    case 'moved':
      return new Set();
  }
}
