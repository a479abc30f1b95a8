import { describeSegments } from '../../../../src/segmentation/describe.ts';
import type { Model } from '../../../../src/segmentation/model.ts';
import { type Group, madeShop } from '../../../segmentation/made-table.ts';
import { exampleModel } from '../../../state/example-model.ts';

export const regulars: Group = {
  size: 300,
  traits: {
    orders_per_month: 1.6,
    days_between_orders: 20,
    recency: 12,
    top_category_share: 0.95,
    category_entropy: 0.1,
  },
};
export const bargains: Group = {
  size: 500,
  traits: { discounted_order_share: 0.9, orders_per_month: 0.15, days_between_orders: 140, order_value: 22 },
};
export const absent: Group = {
  size: 200,
  traits: {
    overdue_ratio: 5,
    recency: 240,
    recent_value_share: 0,
    cart_abandonment: 0.7,
    days_since_visit: 6,
  },
};

/** A model whose segments have the figures, rules and texts that such groups get. */
export function madeModel(groups: readonly Group[] = [regulars, bargains, absent]): Model {
  const input = madeShop(groups);
  const { segments, carrying } = describeSegments({
    ...input,
    rowOf: Int32Array.from(input.rowOf),
    transforms: [...input.transforms],
    overlay: 'ecommerce',
  });
  const { population } = exampleModel();
  const total = groups.reduce((sum, { size }) => sum + size, 0);
  return exampleModel({
    segments,
    carrying,
    centroids: groups.map(() => [0]),
    population: { ...population, customers: total, setAside: { ...population.setAside, count: 0 } },
  });
}
