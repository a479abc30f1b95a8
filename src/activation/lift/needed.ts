import { detectableLift, neededPerArm } from '../../experiments/power.ts';
import type { Cohort } from './cohort.ts';
import { leadingLevel, POWER } from './family.ts';
import type { GroupLift, LiftReport } from './report.ts';
import { roundUp } from './size-needed.ts';

/** More than so many times the customers there are, no shop will find. */
const MOST_TIMES = 50;

/**
 * How many more customers it would take to see the rise of the share who order that was measured. It is told where that is
 * a rise and is not seen yet; whether it is a true one is what they would tell.
 */
export function neededFor(whole: GroupLift, cohort: Cohort): LiftReport['needed'] {
  const figures = conversionOf(whole);
  if (whole.verdict !== 'cannot tell' || !figures || figures.difference <= 0) return null;
  const now = whole.treated + whole.heldOut;
  const { treated, control } = neededPerArm(figures.difference, designOf(whole, cohort));
  // By chance what would mostly be seen was not.
  const more = Math.max(treated + control - now, now / 10);
  if (!(figures.holdout > 0) || more > MOST_TIMES * now) return null;
  const customers = roundUp(more);
  return { customers, weeks: cohort.weekly >= 1 ? Math.ceil(customers / cohort.weekly) : null };
}

export function detectableNow(whole: GroupLift, cohort: Cohort): number | null {
  const figures = conversionOf(whole);
  if (!figures || figures.holdout <= 0 || figures.holdout >= 1) return null;
  return detectableLift(whole.treated + whole.heldOut, designOf(whole, { nextLook: cohort.look! }));
}

const conversionOf = ({ metrics }: GroupLift) =>
  metrics.find(({ metric }) => metric === 'conversion')?.figures;

function designOf(whole: GroupLift, { nextLook }: Pick<Cohort, 'nextLook'>) {
  const { holdout } = conversionOf(whole)!;
  const share = whole.heldOut / (whole.treated + whole.heldOut);
  return { rate: holdout, control: share, level: leadingLevel(nextLook), power: POWER };
}
