import type { FactSheet } from '../../../src/agent/tasks/naming/fact-sheet.ts';
import type { Fault } from './fault.ts';

/** Says of the strongest feature that words exist for the contrary of what its figures show. */
const reversed =
  (id: string, high: string, low: string): Fault['spoil'] =>
  ({ draft, sheet }) => {
    const feature = clear(sheet, id);
    if (!feature) return null;
    return { ...draft, paragraph: `${draft.paragraph} They ${feature.difference > 0 ? low : high}.` };
  };

const clear = ({ features }: FactSheet, id: string) =>
  features.find(feature => feature.id === id && Math.abs(feature.difference) >= 0.5);

/** Comparisons that point the wrong way, in evidence and in words. */
export const directionFaults: readonly Fault[] = [
  {
    id: 'evidence turned round',
    metric: 'direction',
    spoil: ({ draft }) => ({
      ...draft,
      evidence: draft.evidence.map((one, i) =>
        i === 0 ? { ...one, direction: one.direction === 'above' ? 'below' : 'above' } : one,
      ),
    }),
  },
  {
    id: 'evidence without a difference',
    metric: 'direction',
    spoil: ({ draft, sheet }) => {
      const same = sheet.features.find(({ difference }) => Math.abs(difference) < 0.2);
      if (!same) return null;
      const direction = same.difference > 0 ? 'above' : 'below';
      return { ...draft, evidence: [...draft.evidence, { feature: same.id, direction, says: same.label }] };
    },
  },
  {
    id: 'evidence on an unknown feature',
    metric: 'direction',
    spoil: ({ draft }) => ({
      ...draft,
      evidence: [...draft.evidence, { feature: 'shoe_size', direction: 'above', says: 'large shoes' }],
    }),
  },
  {
    id: 'frequency reversed',
    metric: 'direction',
    spoil: reversed('orders_per_month', 'order often', 'order rarely'),
  },
  {
    id: 'order value reversed',
    metric: 'direction',
    spoil: reversed('order_value', 'spend a lot per order', 'spend little per order'),
  },
  {
    id: 'basket reversed',
    metric: 'direction',
    spoil: reversed('basket_items', 'fill their baskets', 'buy one or two items at a time'),
  },
  {
    id: 'discounts reversed',
    metric: 'direction',
    spoil: reversed('discounted_order_share', 'mostly buy with a discount', 'pay the full price'),
  },
  {
    id: 'recency reversed',
    metric: 'direction',
    spoil: reversed('recency', 'have not ordered for a long time', 'ordered lately'),
  },
  {
    id: 'tenure reversed',
    metric: 'direction',
    spoil: reversed('tenure', 'have been customers for long', 'are new customers'),
  },
  {
    id: 'visits reversed',
    metric: 'direction',
    spoil: reversed('sessions', 'visit the site often', 'seldom visit the site'),
  },
  {
    id: 'repeat purchases reversed',
    metric: 'direction',
    spoil: reversed(
      'repeat_product_share',
      'buy the same products again',
      'seldom buy the same product twice',
    ),
  },
  {
    id: 'comparative reversed',
    metric: 'direction',
    spoil: reversed(
      'days_between_orders',
      'leave longer gaps between orders than all customers',
      'leave shorter gaps between orders than all customers',
    ),
  },
  {
    id: 'carts reversed',
    metric: 'direction',
    spoil: reversed('cart_abandonment', 'often leave full carts behind', 'rarely leave a full cart behind'),
  },
  {
    id: 'share of revenue reversed',
    metric: 'direction',
    spoil: ({ draft, sheet }) => {
      const [share, brought] = [sheet.share, sheet.revenueShare].map(Number.parseFloat);
      const word = brought! > share! ? 'less' : 'more';
      return { ...draft, paragraph: `${draft.paragraph} They bring ${word} than their share of customers.` };
    },
  },
  {
    id: 'superlative of another segment',
    metric: 'direction',
    spoil: ({ draft, sheet }, others) => {
      const own = clear(sheet, 'order_value')?.difference ?? 0;
      const topped = others.some(other => (clear(other.sheet, 'order_value')?.difference ?? 0) > own);
      return own > 0 && topped
        ? { ...draft, paragraph: `${draft.paragraph} They place the largest orders of all segments.` }
        : null;
    },
  },
];
