import { adjustedP } from '../../experiments/holm.ts';
import { type Look, lookAt } from '../../experiments/looks.ts';

/** The level that a report as a whole keeps to: a false alarm among all that it tells at most one time in twenty. */
export const LEVEL = 0.05;
export const CONFIDENCE = 0.95;
export const POWER = 0.8;
export const usualDays = 30;

/** Whether people order, and what they bring, over all who were assigned: what a campaign is judged by. */
const FOR_HEADLINES = 0.5;
const headlines = 2;

/** What one of these questions is held against at a look, where all others are open. */
export const leadingLevel = ({ level }: Pick<Look, 'level'>) => (level * FOR_HEADLINES) / headlines;

export const firstLevel = leadingLevel(lookAt(1, 1)!);

/**
 * p-values corrected for all questions of a report and for how often it is looked at, so that 0.05 is the limit at every
 * look. Half of what may go wrong is kept for the two questions that lead; the others share the rest.
 *
 * @param leads whether it is one of those two, one each
 */
export function correctedP(values: readonly number[], leads: readonly boolean[], { level }: Look): number[] {
  const others = Math.max(1, values.length - headlines);
  const weights = leads.map(lead => (lead ? FOR_HEADLINES / headlines : (1 - FOR_HEADLINES) / others));
  return adjustedP(values, weights).map(p => Math.min(1, (p * LEVEL) / level));
}
