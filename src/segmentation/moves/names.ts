import type { RefreshRecord } from '../refresh/record.ts';
import { gone, newcomer, setAsideKey } from '../refresh/record.ts';

/** Names by key, as they were last; and of what stands beside segments in moves, in words that no archetype is called by. */
export function namesOf(records: readonly Pick<RefreshRecord, 'segments'>[]): ReadonlyMap<string, string> {
  const names = new Map([
    [newcomer, 'First-time buyers'],
    [gone, 'Gone'],
    [setAsideKey, 'Set aside'],
  ]);
  for (const { segments } of records) for (const { key, name } of segments) names.set(key, name);
  return names;
}

/**
 * The name as it stands within a sentence: "Price-driven occasional buyers" as "price-driven occasional buyers"; null
 * where it is not a plural that can follow a number ("Lapsed but recoverable", "At risk").
 */
export function asNoun(name: string): string | null {
  if (!/^[\p{L} -]+$/u.test(name)) return null;
  const head = name.split(/ (?:in|with|without|who|that|long|outside|out|on|of|bound|near|at|for) /)[0]!;
  if (!/[^siu]s$/.test(head)) return null;
  return /^\p{Lu}\p{Ll}|^E-/u.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}

/** "“Lapsed but recoverable”" */
export const quoted = (name: string) => `“${name}”`;
