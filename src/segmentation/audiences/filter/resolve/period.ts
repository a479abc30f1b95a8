import { type AsOf, daysAfter, startOf } from '../../../../features/as-of.ts';
import type { Period } from '../resolved.ts';
import { type Path, quoted, wrong } from './errors.ts';

export interface PeriodGiven {
  within?: number | undefined;
  since?: string | undefined;
  until?: string | undefined;
}

/**
 * The days that are meant; null where none are said.
 *
 * @param of the clause: "orders"
 * @param end the first day of which nothing is known
 */
export function resolvePeriod(
  { within, since, until }: PeriodGiven,
  of: string,
  end: AsOf,
  path: Path,
): { period: Period | null; kept: PeriodGiven } {
  if (within !== undefined) {
    if (since !== undefined || until !== undefined)
      throw wrong(
        path,
        `"${of}" says "within" and "${since === undefined ? 'until' : 'since'}" at once.`,
        'Say either within, as so many days before the as-of date, or since and until, as days of the calendar.',
      );
    return { period: { within, since: daysAfter(end, -within), until: null }, kept: { within } };
  }
  if (since === undefined && until === undefined) return { period: null, kept: {} };
  for (const [name, day] of [
    ['since', since],
    ['until', until],
  ] as const)
    if (day !== undefined && !isDay(day))
      throw wrong(
        path,
        `"${of}.${name}" is no day of the calendar: ${quoted(day)}.`,
        'Write it as 2026-11-01.',
      );
  if (since !== undefined && since >= end)
    throw wrong(
      path,
      `"${of}.since" is ${since}, and nothing is known from ${end} on.`,
      'Choose an earlier day, or say within.',
    );
  if (since !== undefined && until !== undefined && since >= until)
    throw wrong(
      path,
      `"${of}" is since ${since} and until ${until}, which holds no day.`,
      `Turn them round; for the one day write {"since":"${since}","until":"${daysAfter(since, 1)}"}.`,
    );
  return {
    period: { within: null, since: since ?? null, until: until ?? null },
    kept: { ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) },
  };
}

function isDay(text: string): boolean {
  try {
    startOf(text);
    return true;
  } catch {
    return false;
  }
}
