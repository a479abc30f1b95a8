import type { KnownBlock, RawNumberElement, RawTextElement } from '@slack/types';
import { context } from './layout.ts';
import { limits } from './limits.ts';
import { clip, plain } from './text.ts';

/** Text of any origin, or a number with how it is written. */
export type Cell = string | { value: number; text: string };

export interface Table {
  /** What it is a table of; read out by screen readers. */
  caption: string;
  columns: readonly { head: string; kind: 'text' | 'number' }[];
  rows: readonly (readonly Cell[])[];
  /** Rows shown at once; the rest is leafed through. */
  pageSize?: number;
}

/**
 * A table, cut where Slack takes no more, with a line that says how much was left out. Numbers sort as numbers and stand
 * right. No block where there are no rows or columns.
 */
export function dataTable({ caption, columns, rows, pageSize = 10 }: Table): KnownBlock[] {
  const width = Math.min(columns.length, limits.table.columns);
  if (width === 0 || rows.length === 0) return [];
  const head = columns.slice(0, width).map(column => text(column.head));
  let room = limits.table.characters - lengthOf(head);
  const kept: (RawTextElement | RawNumberElement)[][] = [];
  for (const row of rows.slice(0, limits.table.rows - 1)) {
    const cells = head.map((_, i) => cell(row[i] ?? ''));
    room -= lengthOf(cells);
    if (room < 0 && kept.length > 0) break;
    kept.push(cells);
  }
  const left = [...counted(rows.length - kept.length, 'row'), ...counted(columns.length - width, 'column')];
  return [
    {
      type: 'data_table',
      caption: plain(caption, limits.header.text),
      rows: [head, ...kept],
      page_size: Math.min(Math.max(Math.trunc(pageSize), 1), limits.table.pageSize),
    },
    ...(left.length === 0 ? [] : [context(`and ${left.join(' and ')} more`)]),
  ];
}

/** So that one row of the widest table fits with its head. */
const longestCell = 200;

const text = (held: string): RawTextElement => ({ type: 'raw_text', text: plain(held, longestCell) });

function cell(held: Cell): RawTextElement | RawNumberElement {
  if (typeof held === 'string') return text(held);
  if (!Number.isFinite(held.value)) return text(held.text);
  return { type: 'raw_number', value: held.value, text: clip(plain(held.text, longestCell), longestCell) };
}

const lengthOf = (cells: readonly { text: string }[]) =>
  cells.reduce((sum, { text }) => sum + text.length, 0);

const counted = (number: number, thing: string) =>
  number <= 0 ? [] : [`${number} ${thing}${number === 1 ? '' : 's'}`];
