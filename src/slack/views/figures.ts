import type { KnownBlock } from '@slack/types';
import type { Role } from '../../access/roles.ts';
import { roles } from '../../access/roles.ts';
import { peopleText, shareText } from '../../markdown/figures.ts';
import { formatMoneyShort, number } from '../../segmentation/wording.ts';
import type { People } from '../../tools/results/values.ts';
import { type Cell, dataTable, type Table } from '../blocks/table.ts';
import { mrkdwn } from '../blocks/text.ts';
import { ownWords } from './said.ts';

/** Figures of tool results as cells and words of blocks; blank where nothing is told. */

export const moneyShort = (amount: number | null, currency: string | null) =>
  amount === null ? '' : formatMoneyShort(amount, currency);

export const peopleCell = (people: People | null): Cell =>
  typeof people === 'number' ? { value: people, text: peopleText(people) } : (people ?? '');

export const shareCell = (share: number | null): Cell =>
  share === null ? '' : { value: share, text: shareText(share) };

export const moneyCell = (amount: number | null, currency: string | null): Cell =>
  amount === null ? '' : { value: amount, text: formatMoneyShort(amount, currency) };

export const countCell = (count: number | null): Cell =>
  count === null ? '' : { value: count, text: number(count, 0) };

const trends = { growing: '↗ growing', steady: '→ steady', shrinking: '↘ shrinking' } as const;

export const trendText = (trend: keyof typeof trends | null) => (trend === null ? '' : trends[trend]);

/** A sentence of a tool as mrkdwn. */
export const sentence = ownWords;

export const bullets = (lines: readonly string[]) => lines.map(line => `• ${line}`).join('\n');

/** "*Value at risk*\n£95k", for those that are told. */
export const facts = (told: readonly (readonly [name: string, value: string])[]) =>
  told.filter(([, value]) => value !== '').map(([name, value]) => `*${name}*\n${mrkdwn(value)}`);

/** Without columns of which every cell is blank. */
export function filledTable({ columns, rows, ...table }: Table): KnownBlock[] {
  const held = columns.flatMap((_, i) => (rows.some(row => (row[i] ?? '') !== '') ? [i] : []));
  return dataTable({
    ...table,
    columns: held.map(i => columns[i]!),
    rows: rows.map(row => held.map(i => row[i] ?? '')),
  });
}

/** Each role may do what those before it may. */
export const mayAct = (role: Role, needed: Role) => roles.indexOf(role) >= roles.indexOf(needed);
