import { daysAfter } from '../../features/as-of.ts';
import type { ScoredPopulation } from '../refresh/scored.ts';
import type { Finding } from './finding.ts';
import type { Suspect } from './suspect.ts';
import { daysBetween } from './view.ts';

/** Fifty-two weeks, so that a Monday is compared with a Monday. */
const year = 364;
/** A shop that had fewer tells nothing of what is usual. */
const leastCustomers = 100;

export type Explained = Omit<Finding, 'since'>;

/**
 * Looks for what makes a change nothing unusual: the same weeks a year before, or, for a change since the segments were
 * made, as many weeks before that. Other dates are only scored where something would be an alert, since each costs as
 * much as a refresh; then all changes are looked at.
 *
 * @param made as-of date of the model
 * @param scoredAt scores a date once, however often it is asked for
 */
export async function explain(
  suspects: readonly Suspect[],
  asOf: string,
  made: string,
  scoredAt: (asOf: string) => Promise<ScoredPopulation | null>,
): Promise<Explained[]> {
  const grave = suspects.some(({ finding }) => finding.severity === 'alert');
  const explained: Explained[] = [];
  for (const { finding, compare } of suspects) {
    const explainedBy = grave && compare ? await reason(compare, asOf, made, scoredAt) : null;
    explained.push({ ...finding, severity: explainedBy ? 'note' : finding.severity, explainedBy });
  }
  return explained;
}

async function reason(
  { from, usual }: NonNullable<Suspect['compare']>,
  asOf: string,
  made: string,
  scoredAt: (asOf: string) => Promise<ScoredPopulation | null>,
): Promise<Finding['explainedBy']> {
  const holds = async (start: string, end: string) => {
    const before = await scoredAt(start);
    if (!before || before.customers < leastCustomers) return false;
    const after = await scoredAt(end);
    return after !== null && usual(before, after);
  };
  if (await holds(daysAfter(from, -year), daysAfter(asOf, -year))) return 'calendar';
  const span = daysBetween(from, asOf);
  if (from === made && (await holds(daysAfter(from, -span), from))) return 'ageing';
  return null;
}
