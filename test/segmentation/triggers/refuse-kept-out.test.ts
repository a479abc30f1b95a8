import { describe, expect, test } from 'vitest';
import { keptOutOf, refuseKeptOut } from '../../../src/segmentation/triggers/refuse-kept-out.ts';
import type { TriggerCondition } from '../../../src/segmentation/triggers/trigger.ts';
import { stock } from '../../features/shop.ts';
import { stores } from '../../warehouse/stores.ts';

const condition = (change: Partial<TriggerCondition>): TriggerCondition => ({
  type: 'Product Viewed',
  withinDays: 7,
  atLeast: 1,
  ...change,
});

describe.each(stores)('in $store', ({ open }) => {
  test('a rule goes by nothing that filters refuse, by whatever name it is called', async () => {
    const warehouse = await open();
    const line = { source: 'shop', profile_id: 'p', order_id: 'o', ordered_at: '2026-01-01 10:00:00' };
    await stock(warehouse, {
      order_lines: [
        { ...line, line_id: '1', sku: 'S-1', product: 'Insulin pen', category: 'Kit' },
        { ...line, line_id: '2', sku: 'S-2', product: 'Balloons', category: 'Baby shower' },
        { ...line, line_id: '3', sku: 'S-3', product: 'Mug', category: 'Kitchen' },
      ],
    });
    const blocked = ['baby-shower', 'Quiz Taken'];
    const refusal = (change: Partial<TriggerCondition>) =>
      refuseKeptOut(warehouse, { all: [condition({}), condition(change)] }, blocked).then(
        () => null,
        (error: Error) => error.message,
      );
    expect(await refusal({ category: 'Pregnancy tests' })).toBe(
      'The rule goes by “Pregnancy tests”, which can tell of a protected trait (health), so nobody is chosen by it.',
    );
    expect(await refusal({ category: 'Baby Shower' })).toContain('“Baby Shower”, which is blocked');
    expect(await refusal({ sku: 's-1' })).toContain('“Insulin pen”, which can tell');
    expect(await refusal({ sku: 'S-2' })).toContain('“Baby shower”, which is blocked');
    expect(await refusal({ type: 'quiz taken' })).toContain('“quiz taken”, which is blocked');
    // Types of events are no goods: the lexicon is not asked about them.
    expect(await refusal({ type: 'Fingerprint Login' })).toBeNull();
    expect(await refusal({ sku: 'S-3', category: 'Kitchen' })).toBeNull();
    await warehouse.close();
  });
});

test('what was blocked after a rule was made is found by its words', () => {
  const rule = { all: [condition({ category: 'Slings' })] };
  expect(keptOutOf(rule, [], [])).toEqual([]);
  expect(keptOutOf(rule, [], ['slings']).map(({ term }) => term)).toEqual(['Slings']);
});
