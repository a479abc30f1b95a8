import { describe, expect, test } from 'vitest';
import { InputError } from '../../../src/errors.ts';
import { parseRule, ruleId } from '../../../src/segmentation/triggers/rule.ts';
import { ruleWords } from '../../../src/segmentation/triggers/rule-words.ts';

const rule = (...all: object[]) => parseRule(JSON.stringify({ all }));
const viewed = { type: 'Product Viewed', category: 'Outerwear', atLeast: 3, withinDays: 7 };
const noOrder = { type: 'Order Completed', atMost: 0, withinDays: 7 };

describe('a rule', () => {
  test('is known by what it asks, not by how it is written', () => {
    const one = ruleId(rule(viewed, noOrder));
    expect(one).toMatch(/^t-[0-9a-f]{8}$/);
    expect(ruleId(rule(noOrder, { ...viewed, type: 'product viewed', category: ' OUTERWEAR ' }))).toBe(one);
    expect(ruleId(rule(viewed, noOrder, viewed))).toBe(one);
    expect(ruleId(rule({ ...viewed, withinDays: 8 }, noOrder))).not.toBe(one);
    expect(ruleId(rule({ ...viewed, category: undefined, sku: 'Outerwear' }, noOrder))).not.toBe(one);
  });

  test.each([
    ['{', 'The rule is not JSON'],
    ['[]', 'expected object'],
    ['{"all":[]}', 'all: needs a condition'],
    ['{"all":[{"type":"x","atMost":0,"withinDays":7}]}', 'all: needs a condition with atLeast'],
    ['{"all":[{"type":"x","withinDays":7}]}', 'all[0]: needs either atLeast or atMost'],
    [
      '{"all":[{"type":"x","atLeast":1,"atMost":2,"withinDays":7}]}',
      'all[0]: needs either atLeast or atMost',
    ],
    ['{"all":[{"type":" ","atLeast":1,"withinDays":7}]}', 'all[0].type: must not be blank'],
    ['{"all":[{"type":"x","atLeast":0,"withinDays":7}]}', 'all[0].atLeast'],
    ['{"all":[{"type":"x","atLeast":1,"withinDays":0.5}]}', 'all[0].withinDays'],
    ['{"all":[{"type":"x","atLeast":1,"withinDays":400}]}', 'all[0].withinDays'],
    [
      '{"all":[{"type":"x","atLeast":1,"withinDays":7,"colour":"red"}]}',
      'all[0]: Unrecognized key: "colour"',
    ],
    ['{"any":[]}', 'Unrecognized key: "any"'],
  ])('%s is refused: %s', (text, says) => {
    const error = (() => {
      try {
        return parseRule(text);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).message).toContain(says);
    expect((error as InputError).next).toContain('"withinDays":7');
  });
});

test.each([
  [[viewed, noOrder], 'viewed Outerwear at least 3 times in 7 days, and did not order in 7 days'],
  [[{ type: 'email opened', atLeast: 1, withinDays: 1 }], 'opened an e-mail at least once in a day'],
  [[{ ...viewed, category: undefined, sku: 'S1', atLeast: 2 }], 'viewed product S1 at least twice in 7 days'],
  [[{ ...viewed, sku: 'S1' }], 'viewed product S1 of Outerwear at least 3 times in 7 days'],
  [
    [
      { type: 'Product Added', atLeast: 1, withinDays: 2 },
      { type: 'Product Viewed', atMost: 4, withinDays: 2 },
    ],
    'put products into the cart at least once in 2 days, and viewed products at most 4 times in 2 days',
  ],
  [[{ type: 'Order Completed', atLeast: 2, withinDays: 30 }], 'ordered on at least 2 days in 30 days'],
  [
    [{ type: 'Order Completed', category: 'Shoes', atLeast: 1, withinDays: 30 }],
    'ordered Shoes at least once in 30 days',
  ],
  [
    [viewed, { type: 'Quiz Ended', category: 'Shoes', atMost: 0, withinDays: 3 }],
    'viewed Outerwear at least 3 times in 7 days, and did not have "Quiz Ended" (Shoes) in 3 days',
  ],
])('in words: %j', (all, words) => {
  expect(ruleWords(rule(...all))).toBe(words);
});
