import { InputError } from '../errors.ts';
import { startOf } from '../features/as-of.ts';

export const defaultExpiry = '90d';
/** A year with its leap day. */
const longest = 366;
const dayMs = 86_400_000;

/**
 * When a token ends, as ISO time: "30d" counts days from now, a date is its last day (UTC).
 *
 * @throws InputError where it is neither, lies in the past or more than a year ahead
 */
export function expiryOf(text: string, now: Date): string {
  const expiresAt = momentOf(text.trim(), now);
  if (expiresAt.getTime() <= now.getTime())
    throw new InputError(`A token cannot end on ${text}: that is past.`, howTo);
  if (expiresAt.getTime() > now.getTime() + longest * dayMs)
    throw new InputError(`A token lasts a year at most, and ${text} is later than that.`, howTo);
  return expiresAt.toISOString();
}

const howTo = 'Give a number of days, such as 90d, or its last day, such as 2027-03-31.';

function momentOf(text: string, now: Date): Date {
  const days = /^(\d{1,6})d$/.exec(text)?.[1];
  if (days !== undefined) return new Date(now.getTime() + Number(days) * dayMs);
  try {
    return new Date(startOf(text) + dayMs - 1);
  } catch (error) {
    throw new InputError(`A token cannot end on "${text}": that is no date.`, howTo, { cause: error });
  }
}
