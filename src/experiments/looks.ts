/** A date at which an experiment is answered, and how much of the chance of a false alarm it may use. */
export interface Look {
  /** From 1. */
  number: number;
  /** Days after the first exposure. */
  day: number;
  /** Level that its p-values are held against. */
  level: number;
}

const LEVEL = 0.05;
/** Most of the customers are there at the first look, so it gets most. */
const AT_EACH = 0.6;

/**
 * Whoever looks every week at an experiment that still takes customers in, and stops at the first good week, raises more
 * false alarms with each look: at twenty looks about one time in four. So it is answered at dates that are known before:
 * after its window, and each time that it has run twice as long. Each look has three fifths of the level that the ones
 * before it left, which together is no more than 5 %, whatever the looks have in common (Bonferroni). Between two looks
 * the answer is that of the last one.
 *
 * @param days since the first exposure
 * @param window days that a customer's outcome takes
 * @returns null before the first look
 */
export function lookAt(days: number, window: number): Look | null {
  if (days < window) return null;
  const doublings = Math.floor(Math.log2(days / window) + 1e-9);
  return {
    number: doublings + 1,
    day: window * 2 ** doublings,
    level: LEVEL * AT_EACH * (1 - AT_EACH) ** doublings,
  };
}

/** The look after this one, or the first. */
export function nextLook(look: Look | null, window: number): Look {
  return lookAt(look === null ? window : look.day * 2, window)!;
}

/** Of an experiment to which all customers were exposed at once, so that it has one answer. */
export const onlyLook = (window: number): Look => ({ number: 1, day: window, level: LEVEL });
