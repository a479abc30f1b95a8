import { expect, test } from 'vitest';
import { z } from 'zod';
import { peopleTold } from '../../../src/agent/answer/people-told.ts';
import { count, few, money, people } from '../../../src/tools/results/values.ts';

test('tells counts of customers from other counts, however they are wrapped', () => {
  const schema = z.object({
    plain: people,
    said: people.describe('of all'),
    none: people.nullable().optional(),
    withheld: people,
    orders: count,
    money,
    list: z.array(z.object({ customers: people.nullable() })),
    text: z.string(),
  });
  const value = {
    plain: 11,
    said: 12,
    none: 13,
    withheld: few,
    orders: 99,
    money: 98,
    list: [{ customers: 14 }, { customers: null }],
    text: 'Of 15 customers 97 orders came.',
  };
  expect(peopleTold(schema, value)).toEqual([11, 12, 13, 14, 15]);
});
