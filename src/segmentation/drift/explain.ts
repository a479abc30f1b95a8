import { daysAfter, daysBetween } from '../../features/as-of.ts';
import type { ScoredPopulation } from '../refresh/scored.ts';
import type { Finding } from './finding.ts';
import type { Suspect } from './suspect.ts';

/** Fifty-two weeks, so that a Monday is compared with a Monday. */
const year = 364;
/** A shop that had fewer tells nothing of what is usual. */
const leastCustomers = 100;
/** Days after which what was found of a lasting change is looked at again. */
const again = 28;

const inWords = {
  calendar: ' It was so in the same weeks a year ago.',
  ageing: ' It goes on as in the weeks before the segments were made.',
} as const;

type Reason = keyof typeof inWords;

interface Dates {
  asOf: string;
  /** As-of date of the model. */
  made: string;
  /** Scores a date once, however often it is asked for. */
  scoredAt: (asOf: string) => Promise<ScoredPopulation | null>;
}

/**
 * Dates the changes, and looks for what makes one nothing unusual: the same weeks a year before, or, for a change since
 * the segments were made, as many weeks before that. To score another date costs as much as a refresh, so a change that
 * is only to be watched is looked at in the week in which it begins and then every four weeks, an alert always.
 *
 * @param before findings of the refresh before
 */
export async function explain(
  suspects: readonly Suspect[],
  before: readonly Finding[],
  dates: Dates,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { finding, compare } of suspects) {
    const known = before.find(({ kind, subject }) => kind === finding.kind && subject === finding.subject);
    const since = known?.since ?? dates.asOf;
    const due = finding.severity === 'alert' || daysBetween(since, dates.asOf) % again < 7;
    const looked = due && compare ? await reason(compare, dates) : null;
    const explainedBy = due ? looked : reasonOf(known?.explainedBy);
    findings.push(
      explainedBy
        ? {
            ...finding,
            severity: 'note',
            sentence: finding.sentence + inWords[explainedBy],
            explainedBy,
            since,
          }
        : { ...finding, explainedBy, since },
    );
  }
  return findings;
}

const reasonOf = (value: Finding['explainedBy'] | undefined): Reason | null =>
  value === 'calendar' || value === 'ageing' ? value : null;

async function reason(
  { from, usual }: NonNullable<Suspect['compare']>,
  { asOf, made, scoredAt }: Dates,
): Promise<Reason | null> {
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
