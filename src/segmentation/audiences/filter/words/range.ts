import type { Unit } from '../../../../features/feature.ts';
import { currencyPrefix, formatCount } from '../../../wording.ts';
import type { Range } from '../resolved.ts';

/** "below 60 %", "at least £50", "between 3 and 5", "exactly 1". Bounds are written in full, never rounded to look nice. */
export function rangeInWords(
  range: Range,
  unit: Unit,
  currency: string | null,
  [over, under] = ['above', 'below'],
): string {
  const { atLeast, atMost, above, below } = range;
  const value = (bound: number) => inFull(bound, unit, currency);
  if (atLeast !== undefined && atMost !== undefined)
    return atLeast === atMost
      ? `exactly ${value(atLeast)}`
      : `between ${value(atLeast)} and ${value(atMost)}`;
  const low = atLeast === undefined ? above : atLeast;
  const high = atMost === undefined ? below : atMost;
  return [
    ...(low === undefined ? [] : [`${atLeast === undefined ? over : 'at least'} ${value(low)}`]),
    ...(high === undefined ? [] : [`${atMost === undefined ? under : 'at most'} ${value(high)}`]),
  ].join(' and ');
}

/** How often or how long: "more than 2", "at least 3 times", "fewer than 30 days". */
export function timesInWords(range: Range, unit: 'count' | 'days' | 'times'): string {
  return rangeInWords(range, unit, null, ['more than', 'fewer than']);
}

function inFull(value: number, unit: Unit, currency: string | null): string {
  switch (unit) {
    case 'share':
      return `${digits(value * 100)} %`;
    case 'money':
      return `${value < 0 ? '-' : ''}${currencyPrefix(currency)}${money(Math.abs(value))}`;
    case 'days':
      return value === 1 ? '1 day' : `${digits(value)} days`;
    case 'times':
      return value === 1 ? '1 time' : `${digits(value)} times`;
    case 'per month':
      return `${digits(value)} a month`;
    default:
      return digits(value);
  }
}

function money(value: number): string {
  return Number.isInteger(value)
    ? formatCount(value)
    : value.toLocaleString('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 6 });
}

/** Up to twelve significant digits: what lies below is the machine's. */
function digits(value: number): string {
  return Number(value.toPrecision(12)).toLocaleString('en-GB', { maximumSignificantDigits: 12 });
}
