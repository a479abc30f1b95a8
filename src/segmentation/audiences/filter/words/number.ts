import type { Unit } from '../../../../features/feature.ts';
import type { Range } from '../resolved.ts';
import { rangeInWords, timesInWords } from './range.ts';

/**
 * What is counted comes after its number, as people say it: "at least 3 orders", "at most 60 days since the last visit",
 * but "chance of an order in the next 30 days above 50 %".
 */
export function numberInWords(label: string, range: Range, unit: Unit, currency: string | null): string {
  const [, days] = /^days (.+)$/.exec(label) ?? [];
  if (unit === 'days' && days) return `${timesInWords(range, unit)} ${days}`;
  const [, time, usual] = /^(.+) against (the .+)$/.exec(label) ?? [];
  if (unit === 'times' && usual) return `${time} ${timesInWords(range, unit)} ${usual}`;
  const counted = label.replace(/^number of /, '');
  const times = timesInWords(range, 'count');
  if (unit === 'count' && (counted !== label || /^[a-z-]+s\b/.test(label))) {
    if (!/\b1$/.test(times)) return `${times} ${counted}`;
    const [, one, when = ''] = /^([a-z]+)s( in the .+)?$/.exec(counted) ?? [];
    if (one) return `${times} ${one}${when}`;
  }
  return `${label} ${rangeInWords(range, unit, currency)}`;
}

/** The range of all numbers outside of a range with one bound; null where it has two. */
export function outside({ atLeast, atMost, above, below }: Range): Range | null {
  const bounds: Range[] = [
    ...(atLeast === undefined ? [] : [{ below: atLeast }]),
    ...(atMost === undefined ? [] : [{ above: atMost }]),
    ...(above === undefined ? [] : [{ atMost: above }]),
    ...(below === undefined ? [] : [{ atLeast: below }]),
  ];
  return bounds.length === 1 ? bounds[0]! : null;
}
