import { expect, test } from 'vitest';
import { prepare } from '../../src/segmentation/prepare.ts';
import { madeShop } from './made-table.ts';

const { table } = madeShop([{ size: 2000 }]);
const recipe = {
  features: table.features.filter(({ clusters }) => clusters).map(({ id }) => ({ id, weight: 1 })),
  classWeights: {},
  k: 3,
  seed: 1,
  overlay: 'ecommerce' as const,
};

/** The made shop, in which customer 7 is changed. */
function setAside(changed: Record<string, number>): number[] {
  const values = table.features.map(({ id }, j) => {
    const column = table.values[j]!.slice();
    if (changed[id] !== undefined) column[7] = changed[id];
    return column;
  });
  return prepare({ ...table, values }, recipe, []).setAside;
}

test('nobody is set aside among ordinary customers', () => {
  expect(setAside({})).toEqual([]);
});

test('who buys or looks far more than all others is set aside', () => {
  expect(setAside({ basket_items: 400, order_value: 4000 })).toEqual([7]);
  expect(setAside({ sessions: 90, session_depth: 25, orders_per_month: 4 })).toEqual([7]);
});

test('who differs in shares, waits or need of help is a customer like others', () => {
  expect(
    setAside({ evening_share: 1, order_value_variation: 5, recency: 2, days_between_orders: 1 }),
  ).toEqual([]);
  expect(setAside({ tickets_per_order: 4 })).toEqual([]);
  expect(setAside({ sessions: 0, orders_per_month: 0.01 })).toEqual([]);
});
