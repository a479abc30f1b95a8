import type { Unit } from '../../../../features/feature.ts';
import type { RangeGiven } from '../filter.ts';
import type { Range } from '../resolved.ts';
import { type Path, wrong } from './errors.ts';

export const boundNames = ['atLeast', 'atMost', 'above', 'below'] as const;

/** The bounds of what was given, in one order; null where it has none. */
export function boundsOf(given: Partial<RangeGiven>): Range | null {
  const range: Range = {};
  for (const name of boundNames) if (given[name] !== undefined) range[name] = given[name];
  return Object.keys(range).length > 0 ? range : null;
}

/**
 * Refuses a range that says nothing, or that nothing lies in.
 *
 * @param of what the range is of: "churn_probability", "orders.count"
 */
export function checkRange(range: Range | null, of: string, path: Path): asserts range is Range {
  if (!range) throw wrong(path, `"${of}" says no bound.`, 'Say atLeast, atMost, above or below.');
  const { atLeast, atMost, above, below } = range;
  for (const [including, without, names] of [
    [atLeast, above, 'atLeast and above'],
    [atMost, below, 'atMost and below'],
  ] as const)
    if (including !== undefined && without !== undefined)
      throw wrong(
        path,
        `"${of}" says both ${names}.`,
        'Say one of the two: above and below leave the bound out.',
      );
  const low = atLeast ?? above;
  const high = atMost ?? below;
  if (low === undefined || high === undefined) return;
  const touching = atLeast !== undefined && atMost !== undefined;
  if (low > high || (low === high && !touching))
    throw wrong(
      path,
      `Nothing is ${atLeast === undefined ? 'above' : 'at least'} ${low} and ${atMost === undefined ? 'below' : 'at most'} ${high}.`,
      `Turn the bounds of "${of}" round, or put them into {"any":[…]} if either will do.`,
    );
}

/** Refuses bounds that no value of the unit can have: percentages where shares are, amounts below nothing. */
export function checkUnit(range: Range, unit: Unit | null, of: string, path: Path): void {
  for (const name of boundNames) {
    const bound = range[name];
    if (bound === undefined) continue;
    if (unit === 'share' && (bound < 0 || bound > 1))
      throw wrong(
        path,
        `"${of}" is a share from 0 to 1, not ${bound}.`,
        bound > 1 && bound <= 100
          ? `For ${bound} % write ${Number((bound / 100).toPrecision(12))}.`
          : 'For 60 % write 0.6.',
      );
    if (unit === 'count' && bound < 0)
      throw wrong(path, `"${of}" is a number from 0 on, not ${bound}.`, 'Write a bound of 0 or more.');
  }
}
