import { InputError } from '../errors.ts';

/** A day as 'YYYY-MM-DD': what happened at or after 00:00 UTC of it does not exist. */
export type AsOf = string;

const millisecondsPerDay = 86_400_000;

/** Puts the date in place of `{as_of}` and `{as_of_second}`, and the values given in place of their names. */
export function bind(sql: string, asOf: AsOf, values: Readonly<Record<string, string>> = {}): string {
  const known: Record<string, string> = {
    ...values,
    as_of: `TIMESTAMP '${asOf} 00:00:00'`,
    as_of_second: String(startOf(asOf) / 1000),
  };
  return sql.replaceAll(/\{([a-z_]+)\}/g, (_whole, name: string) => {
    const value = known[name];
    if (value === undefined) throw new Error(`Nothing is bound to {${name}}.`);
    return value;
  });
}

/** Milliseconds since 1970 of the day's start; refuses what is not a day. */
export function startOf(asOf: AsOf): number {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(asOf) ? Date.parse(`${asOf}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(at) || dayOf(at) !== asOf) {
    throw new InputError(
      `"${asOf}" is not a day.`,
      'Write the as-of date as YYYY-MM-DD, for example 2026-11-01.',
    );
  }
  return at;
}

export function dayOf(milliseconds: number): AsOf {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

export function dayAfter(asOf: AsOf): AsOf {
  return daysAfter(asOf, 1);
}

export function daysAfter(asOf: AsOf, days: number): AsOf {
  return dayOf(startOf(asOf) + days * millisecondsPerDay);
}

/** Whole days from one day to another; negative where the second comes first. */
export function daysBetween(from: AsOf, to: AsOf): number {
  return (startOf(to) - startOf(from)) / millisecondsPerDay;
}
