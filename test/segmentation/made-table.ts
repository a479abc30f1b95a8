import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { createMatrix } from '../../src/clustering/matrix.ts';
import { applyTransforms, fitTransforms } from '../../src/clustering/scaling.ts';
import { catalogue } from '../../src/features/catalogue.ts';
import type { Feature, FeatureTable } from '../../src/features/feature.ts';
import type { SummaryInput } from '../../src/segmentation/summary.ts';

/** What an ordinary customer of the made shop looks like; features not listed are absent. */
export const ordinary: Readonly<Record<string, number>> = {
  orders: 6,
  order_lines_bought: 12,
  revenue: 240,
  orders_per_month: 0.5,
  days_between_orders: 60,
  gap_variation: 0.8,
  order_value: 40,
  order_value_variation: 0.4,
  basket_items: 3,
  category_entropy: 0.9,
  top_category_share: 0.5,
  repeat_product_share: 0.15,
  discounted_order_share: 0.3,
  return_rate: 0.05,
  evening_share: 0.35,
  weekend_share: 0.28,
  sessions: 10,
  session_depth: 3,
  cart_abandonment: 0.2,
  days_since_visit: 20,
  open_rate: 0.3,
  click_rate: 0.1,
  tickets_per_order: 0.05,
  tenure: 300,
  recency: 40,
  overdue_ratio: 0.8,
  recent_value_share: 0.3,
  single_order: 0.2,
};

/** The part of it that a shop with orders alone has. */
export const transactionsOnly = Object.fromEntries(
  Object.entries(ordinary).filter(([id]) =>
    catalogue.some(feature => feature.id === id && ['transaction', 'lifecycle'].includes(feature.class)),
  ),
);

export interface Group {
  size: number;
  /** Where it differs from the ordinary customer. */
  traits?: Readonly<Record<string, number>>;
}

/** Rows of the groups in turn, each value spread by up to a fifth; label i is the index of its group. */
export function madeShop(
  groups: readonly Group[],
  base: Readonly<Record<string, number>> = ordinary,
  seed = 1,
): SummaryInput {
  const random = xoroshiro128plus(seed);
  const features = Object.keys(base).map(id => catalogue.find(feature => feature.id === id)!);
  const labels = Int32Array.from(groups.flatMap(({ size }, group) => new Array<number>(size).fill(group)));
  const values = features.map(({ id, unit }) =>
    Float64Array.from(labels, label => {
      const value = (groups[label]!.traits?.[id] ?? base[id]!) * (0.8 + 0.4 * uniformFloat64(random));
      if (id === 'single_order') return uniformFloat64(random) < value ? 1 : 0;
      return unit === 'share' ? Math.min(1, value) : id === 'orders' ? Math.max(1, Math.round(value)) : value;
    }),
  );
  return inputOf(features, values, labels, groups.length);
}

export function inputOf(
  features: readonly Feature[],
  values: Float64Array[],
  labels: Int32Array,
  k: number,
): SummaryInput {
  const profileIds = Array.from(labels, (_, i) => `shop/${String(i).padStart(5, '0')}`);
  const table: FeatureTable = { asOf: '2026-01-01', profileIds, features, values };
  const { transforms } = fitTransforms(
    features
      .map((feature, j) => ({ feature, j }))
      .filter(({ feature }) => feature.clusters)
      .map(({ feature, j }) => ({
        feature: feature.id,
        values: values[j]!,
        log: feature.transform === 'log',
        missing: feature.missing,
        support: null,
        weight: feature.weight,
      })),
  );
  const columns = new Map(features.map((feature, j) => [feature.id, values[j]!]));
  const revenue = columns.get('revenue') ?? new Float64Array(labels.length).fill(1);
  return {
    table,
    matrix: transforms.length > 0 ? applyTransforms(columns, transforms) : createMatrix(labels.length, 0),
    transforms,
    rowOf: Int32Array.from(labels.keys()),
    labels,
    k,
    confidence: new Float64Array(labels.length).fill(0.6),
    revenue,
    currency: 'GBP',
  };
}
