import fc from 'fast-check';
import { expect, test } from 'vitest';
import { coarsePeople, coarseSum, isFew, partOf, wholeOf } from '../../../src/tools/results/coarse.ts';
import { few } from '../../../src/tools/results/values.ts';

const size = fc.integer({ min: 0, max: 100_000 });

test('a count is of tens, within five of what it is, or of a few', () => {
  fc.assert(
    fc.property(size, customers => {
      const told = coarsePeople(customers);
      expect(told === few).toBe(customers < 10);
      if (typeof told === 'number') expect([told % 10, Math.abs(told - customers) <= 5]).toEqual([0, true]);
    }),
  );
});

test('a sum keeps three digits, also below nothing', () => {
  expect([182_345.67, -1234.5, 0.123456, 0].map(coarseSum)).toEqual([182_000, -1230, 0.123, 0]);
});

test('a part is told as a share unless it, or the rest, is of a few', () => {
  expect(partOf(0.5, 200)).toBe(0.5);
  expect(partOf(0.03, 200)).toBeNull();
  expect(partOf(0.97, 200)).toBeNull();
  expect([partOf(0, 200), partOf(1, 200)]).toEqual([0, 1]);
});

test('a part that is told, and its share of a coarse whole, are those of many wholes', () => {
  const whole = wholeOf([3]);
  fc.assert(
    fc.property(fc.integer({ min: 10, max: 400 }), fc.integer({ min: 0, max: 400 }), (part, rest) => {
      const told = whole.shareOf(part, part + rest);
      const tens = 10 * Math.round((part + rest) / 10);
      for (let all = tens - 5; all < tens + 5; all++)
        if (all >= 10) expect(whole.shareOf(part, all)).toBe(told);
    }),
  );
});

test('few are one to nine', () => {
  expect([0, 1, 9, 10].map(isFew)).toEqual([false, true, true, false]);
});
