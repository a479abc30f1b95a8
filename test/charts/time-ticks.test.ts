import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayNumber, dayTicks, dayWords } from '../../src/charts/time-ticks.ts';

test('days are told in words', () => {
  expect(dayWords(dayNumber('2026-01-05'))).toBe('5 Jan 2026');
});

test('of weeks with room for every other, every other is a tick', () => {
  expect(dayTicks([0, 7, 14, 21, 28], 14)).toEqual([0, 14, 28]);
  expect(dayTicks([0, 7, 14, 21, 28], 7)).toEqual([0, 7, 14, 21, 28]);
  expect(dayTicks([0, 7, 14, 21, 28], 20)).toEqual([0, 28]);
});

test('ticks are days of records, the first and the last among them, with room between', () => {
  expect(dayTicks([7], 5)).toEqual([7]);
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 0, max: 4000 }), { minLength: 2, maxLength: 60 }),
      fc.integer({ min: 1, max: 3000 }),
      (unordered, between) => {
        const days = unordered.toSorted((a, b) => a - b);
        const ticks = dayTicks(days, between);
        expect([ticks[0], ticks.at(-1)]).toEqual([days[0], days.at(-1)]);
        for (const tick of ticks) expect(days).toContain(tick);
        // The first and the last are told however near they lie.
        if (ticks.length > 2)
          ticks.slice(1).forEach((tick, i) => {
            expect(tick - ticks[i]!).toBeGreaterThanOrEqual(between);
          });
      },
    ),
  );
});
