import { dateOf, dayOf } from '../../../src/demo/calendar.ts';
import type { Random } from '../../../src/demo/random.ts';

/**
 * A clock on which customers live: it runs faster before Christmas, and in a busy week, so that what is steady on it comes
 * thicker then. Days are counted from 1970-01-01, fractions included.
 */
export interface ShopClock {
  clockOf(day: number): number;
  dayOf(clock: number): number;
  isFestive(day: number): boolean;
}

const pace = 1.8;
const from = '11-14';
const to = '12-21';

/**
 * @param festive false for a shop that knows no Christmas
 * @param unrest coefficient of variation of the pace from week to week, as weather and campaigns have it
 */
export function shopClock(
  first: number,
  end: number,
  { festive, unrest, random }: { festive: boolean; unrest: number; random: Random },
): ShopClock {
  if (!festive && unrest === 0) return { clockOf: day => day, dayOf: clock => clock, isFestive: () => false };
  const clocks = new Float64Array(end - first + 2);
  const isFestive = (day: number) => {
    const date = dateOf(Math.floor(day)).slice(5);
    return festive && date >= from && date <= to;
  };
  clocks[0] = first;
  let mood = 1;
  for (let i = 1; i < clocks.length; i++) {
    if (unrest > 0 && i % 7 === 1) mood = random.gamma(unrest);
    clocks[i] = clocks[i - 1]! + mood * (isFestive(first + i - 1) ? pace : 1);
  }
  return {
    isFestive,
    clockOf(day) {
      const whole = Math.min(Math.max(Math.floor(day) - first, 0), clocks.length - 2);
      return clocks[whole]! + (day - first - whole) * (clocks[whole + 1]! - clocks[whole]!);
    },
    dayOf(clock) {
      let low = 0;
      let high = clocks.length - 2;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (clocks[middle]! <= clock) low = middle;
        else high = middle - 1;
      }
      return first + low + (clock - clocks[low]!) / (clocks[low + 1]! - clocks[low]!);
    },
  };
}

/** The day that is `week` weeks after a date. */
export const dayAt = (start: string, week: number): number => dayOf(start) + 7 * week;
