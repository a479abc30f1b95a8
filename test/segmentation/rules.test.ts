import { describe, expect, test } from 'vitest';
import type { Condition } from '../../src/clustering/rule-search.ts';
import { catalogue } from '../../src/features/catalogue.ts';
import type { Unit } from '../../src/features/feature.ts';
import { rulePhrases } from '../../src/segmentation/rule-phrases.ts';
import { ruleText } from '../../src/segmentation/rules.ts';

const features: { id: string; unit: Unit }[] = [
  { id: 'orders_per_month', unit: 'per month' },
  { id: 'discounted_order_share', unit: 'share' },
  { id: 'order_value', unit: 'money' },
  { id: 'recency', unit: 'days' },
  { id: 'single_order', unit: 'share' },
  { id: 'orders', unit: 'count' },
  { id: 'overdue_ratio', unit: 'times' },
];

const say = (...conditions: [number, Condition['op'], number][]) =>
  ruleText(
    conditions.map(([column, op, threshold]) => ({ column, op, threshold })),
    features,
    'GBP',
  );

describe('rule in words', () => {
  test('joins conditions into a sentence', () => {
    expect(say([0, 'more than', 2], [1, 'at most', 0.2])).toBe(
      'Orders more than 2 times a month and uses a discount on at most 20 % of orders.',
    );
  });

  test('two bounds of one feature stay together, the lower first', () => {
    expect(say([2, 'at most', 1500], [3, 'more than', 30], [2, 'more than', 48.5])).toBe(
      'Spends more than £48.50 and at most £1,500 an order and ordered last more than 30 days ago.',
    );
  });

  test('nothing and something have words of their own', () => {
    expect(say([1, 'at most', 0])).toBe('Never uses a discount.');
    expect(say([4, 'more than', 0])).toBe('Has ordered once.');
    expect(say([5, 'more than', 1])).toBe('Has ordered more than once.');
  });

  test('once as long is as long', () => {
    expect(say([6, 'at most', 1])).toBe('Has been away at most as long as usual.');
    expect(say([6, 'more than', 1.5])).toBe('Has been away more than 1.5 times as long as usual.');
  });

  test('no condition is said plainly', () => {
    expect(say()).toBe('No simple rule tells these customers apart.');
  });

  test('every phrase belongs to a feature and leaves room for its bound', () => {
    for (const [id, { text, none, some }] of Object.entries(rulePhrases)) {
      expect(catalogue.map(feature => feature.id)).toContain(id);
      expect(text.includes('{x}') || (none !== undefined && some !== undefined)).toBe(true);
    }
  });
});
