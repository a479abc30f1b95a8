import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayNumber, dayTicks, dayWords } from '../../src/charts/time-ticks.ts';

test('days are told in words', () => {
  expect(dayWords(dayNumber('2026-01-05'))).toBe('5 Jan 2026');
});

test('ticks are days of records, the first and the last among them, with room between', () => {
  expect(dayTicks([7], 5)).toEqual([7]);
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 0, max: 4000 }), { minLength: 2, maxLength: 60 }),
      fc.integer({ min: 2, max: 6 }),
      (unordered, most) => {
        const days = unordered.toSorted((a, b) => a - b);
        const ticks = dayTicks(days, most);
        expect([ticks[0], ticks.at(-1)]).toEqual([days[0], days.at(-1)]);
        expect(ticks.length).toBeLessThanOrEqual(most);
        for (const tick of ticks) expect(days).toContain(tick);
        const room = (0.8 * (days.at(-1)! - days[0]!)) / (most - 1) - 1e-9;
        ticks.slice(1).forEach((tick, i) => {
          expect(tick - ticks[i]!).toBeGreaterThanOrEqual(room);
        });
      },
    ),
  );
});
