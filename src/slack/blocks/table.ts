import type { KnownBlock, RawNumberElement, RawTextElement } from '@slack/types';
import { context } from './layout.ts';
import { limits } from './limits.ts';
import { plain } from './text.ts';

/** Text of any origin, or a number with how it is written. */
export type Cell = string | { value: number; text: string };

export interface Table {
  /** What it is a table of; read out by screen readers. */
  caption: string;
  /** Their heads; the cells say what is text and what a number. */
  columns: readonly string[];
  rows: readonly (readonly Cell[])[];
  /** Rows shown at once; the rest is leafed through. */
  pageSize?: number;
}

type RawCell = RawTextElement | RawNumberElement;

/**
 * A table, cut where Slack takes no more, with a line that says how much was left out. Numbers sort as numbers and stand
 * right. In messages only. No block where there are no rows or columns.
 */
export function dataTable({ caption, columns, rows, pageSize = 10 }: Table): KnownBlock[] {
  const width = Math.min(columns.length, limits.table.columns);
  if (width === 0 || rows.length === 0) return [];
  // So that a row fits beside the head, however long their texts.
  const longest = Math.min(Math.floor((0.4 * limits.table.characters) / width), limits.table.cell);
  const head = columns.slice(0, width).map(column => textCell(column, longest));
  let room = limits.table.characters - lengthOf(head);
  const kept: RawCell[][] = [];
  for (const row of rows.slice(0, limits.table.rows - 1)) {
    const cells = head.map((_, i) => cellOf(row[i] ?? '', longest));
    room -= lengthOf(cells);
    if (room < 0) break;
    kept.push(cells);
  }
  const left = [...counted(rows.length - kept.length, 'row'), ...counted(columns.length - width, 'column')];
  return [
    {
      type: 'data_table',
      caption: plain(caption, limits.table.caption),
      rows: [head, ...kept],
      page_size: Math.min(Math.max(Math.trunc(pageSize), 1), limits.table.pageSize),
    },
    ...(left.length === 0 ? [] : [context(`and ${left.join(' and ')} more`)]),
  ];
}

const textCell = (text: string, most: number): RawTextElement => ({
  type: 'raw_text',
  text: plain(text, most),
});

function cellOf(cell: Cell, most: number): RawCell {
  if (typeof cell === 'string') return textCell(cell, most);
  if (!Number.isFinite(cell.value)) return textCell(cell.text, most);
  return { type: 'raw_number', value: cell.value, text: plain(cell.text, most) };
}

const lengthOf = (cells: readonly RawCell[]) => cells.reduce((sum, { text }) => sum + text.length, 0);

const counted = (number: number, thing: string) =>
  number <= 0 ? [] : [`${number} ${thing}${number === 1 ? '' : 's'}`];
