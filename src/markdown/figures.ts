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

/** A text of a tool as a line of a page: dates as people write them, commands of ours as code, all else as text. */
export function sentenceText(text: string): string {
  return text
    .split(command)
    .map((part, i) => (i % 2 === 1 ? part : textBetween(withDays(part))))
    .join('');
}

/** A text in which dates are as people write them. */
export const withDays = (text: string) => text.replaceAll(isoDay, dayText);

const command = /(`kindred [\w -]+`)/;
const isoDay = /\b\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b/g;

/** Spaces at the ends hold a command apart. */
function textBetween(text: string): string {
  const [start, end] = [/^\s/.test(text) ? ' ' : '', /\s$/.test(text) ? ' ' : ''];
  return text.trim() === '' ? start : `${start}${plain(text)}${end}`;
}
