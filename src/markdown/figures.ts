import type { Unit } from '../features/feature.ts';
import { dateText } from '../report/dates.ts';
import { plain } from '../segmentation/markdown.ts';
import { formatCount, formatMoney, formatValue } from '../segmentation/wording.ts';
import type { People } from '../tools/results/values.ts';

/** Figures of tool results as cells and words of a page; blank where nothing is told. */

export function peopleText(people: People | null): string {
  return typeof people === 'number' ? formatCount(people) : (people ?? '');
}

/** "1,234 customers", "1 customer". */
export function counted(number: People, thing: string): string {
  return `${peopleText(number)} ${thing}${number === 1 ? '' : 's'}`;
}

export function moneyText(amount: number | null, currency: string | null): string {
  return amount === null ? '' : plain(formatMoney(amount, currency));
}

export function valueText(value: number | null, unit: Unit): string {
  return value === null ? '' : formatValue(value, unit, null);
}

export const shareText = (share: number | null) => valueText(share, 'share');

/** "1 November 2026". */
export const dayText = (day: string) => dateText(day, 'long');
