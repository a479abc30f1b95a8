import { textOf } from './markdown-inline.ts';
import type { Part } from './markdown-parts.ts';
import type { Cell, Table } from './table.ts';

/** A table of a page; what stands right in it and begins with a number is sorted as one. */
export function tableOf(part: Extract<Part, { kind: 'table' }>, caption: string): Table {
  const { head, right, rows } = part;
  const width = Math.max(head.length, ...rows.map(row => row.length));
  return {
    caption: caption === '' ? head.map(textOf).join(', ') : caption,
    columns: Array.from({ length: width }, (_, i) => textOf(head[i] ?? '')),
    rows: rows.map(row => row.map((cell, i) => (right[i] ? number(textOf(cell)) : textOf(cell)))),
  };
}

/** "€1.2k (3% of all)" is 1,200. */
function number(text: string): Cell {
  const [, before, digits, scale] = leading.exec(text) ?? [];
  if (digits === undefined) return text;
  const value = Number(digits.replaceAll(',', '')) * scales[(scale ?? '').toLowerCase()]!;
  return { value: /[-−–]/.test(before!) ? -value : value, text };
}

const leading = /^([-−–+]?\s?(?:\p{Sc}|[A-Z]{3})?\s?[-−–+]?)(\d[\d,]*(?:\.\d+)?)(?:\s?(k|m|bn)(?!\p{L}))?/iu;
const scales: Record<string, number> = { '': 1, k: 1e3, m: 1e6, bn: 1e9 };
