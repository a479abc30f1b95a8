import { formatCount, formatMoneyShort, formatValue, listed } from '../../../segmentation/wording.ts';
import type { People } from '../../../tools/results/values.ts';

/** What tools tell of a segment; null where it is withheld or not known. */
export interface SegmentFigures {
  key: string;
  name: string;
  customers: People;
  share: number | null;
  revenue: number | null;
  valueAtRisk: number | null;
  sentence: string | null;
}

export const sizeText = (customers: People) =>
  typeof customers === 'number' ? formatCount(customers) : customers;

export const customersText = (customers: People) => `${sizeText(customers)} customers`;

export const shareText = (share: number) => formatValue(share, 'share', null);

/** A part of an answer, and the action that follows from it. */
export interface Part {
  text: string;
  next: string | null;
}

export const bullets = (lines: readonly string[]) => lines.map(line => `- ${line}`).join('\n');

export const paragraphs = (parts: readonly (string | null)[]) =>
  parts.filter(part => part !== null && part !== '').join('\n\n');

/** "**At risk**: 533 customers (12 %), £182k of revenue, £95k at risk. They …" */
export function segmentLine(segment: SegmentFigures, currency: string | null): string {
  const { name, customers, share, revenue, valueAtRisk, sentence } = segment;
  const money = [
    revenue === null ? null : `${formatMoneyShort(revenue, currency)} of revenue`,
    valueAtRisk === null ? null : `${formatMoneyShort(valueAtRisk, currency)} at risk`,
  ].filter(part => part !== null);
  const size = `${customersText(customers)}${share === null ? '' : ` (${shareText(share)})`}`;
  return `**${name}**: ${[size, ...money].join(', ')}.${sentence === null ? '' : ` ${sentence}`}`;
}

/** "£410k of revenue, £182k of it in the last year" */
export function moneyText(parts: readonly [number | null, string][], currency: string | null): string {
  return listed(
    parts.flatMap(([value, of]) => (value === null ? [] : [`${formatMoneyShort(value, currency)} ${of}`])),
  );
}
