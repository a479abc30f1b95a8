import { markdownTable } from '../../markdown.ts';
import { formatCount, formatSize } from '../../wording.ts';

/** What only a person can know. */
export function blank(what: string): string {
  return `**[ ${what}: ______ ]**`;
}

/** Rows that may each be a person. */
export const rowCount = (rows: number) => (rows === 0 ? '0' : formatSize(rows));

/** More rows than this nobody reads on paper; the stores have them all. */
const MOST_ROWS = 100;

/** Rows of cells that are Markdown already; a sentence where there are none. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[], none: string): string {
  if (rows.length === 0) return none;
  if (rows.length > MOST_ROWS)
    return `${table(heads, rows.slice(0, MOST_ROWS), none)}\n\nAnd ${formatCount(rows.length - MOST_ROWS)} more.`;
  return markdownTable(
    heads.map(head => ({ head })),
    rows,
  );
}

export function section(title: string, ...paragraphs: readonly string[]): string {
  return [`## ${title}`, ...paragraphs.filter(text => text !== '')].join('\n\n');
}
