import { dateOf, dayOf } from '../../../src/demo/calendar.ts';

/**
 * A clock on which customers live: it runs faster before Christmas, so that everything that is steady on it comes
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

/** @param festive false for a shop that knows no seasons */
export function shopClock(first: number, end: number, festive: boolean): ShopClock {
  if (!festive) return { clockOf: day => day, dayOf: clock => clock, isFestive: () => false };
  const clocks = new Float64Array(end - first + 2);
  const isFestive = (day: number) => {
    const date = dateOf(Math.floor(day)).slice(5);
    return date >= from && date <= to;
  };
  clocks[0] = first;
  for (let i = 1; i < clocks.length; i++) clocks[i] = clocks[i - 1]! + (isFestive(first + i - 1) ? pace : 1);
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
