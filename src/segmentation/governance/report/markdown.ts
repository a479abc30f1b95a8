import { formatCount } from '../../wording.ts';

/** Text that came from people or from data, so that nothing in it is taken for Markdown or HTML; one line. */
export function plain(text: string): string {
  return text
    .replaceAll(/[\p{C}\p{Z}\s]+/gu, ' ')
    .trim()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_{}[\]()#+!|~>]/g, '\\$&')
    .replace(/^[-=]/, '\\$&')
    .replace(/^(\d+)\./, '$1\\.')
    .replaceAll(/(https?|www)(?=[:.])/gi, '$1&#8203;');
}

/** An id as code; what is none, as text. */
export function code(id: string): string {
  return /^[\w.:/-]+$/.test(id) ? `\`${id}\`` : plain(id);
}

/** What only a person can know. */
export function blank(what: string): string {
  return `**[ ${what}: ______ ]**`;
}

/** More rows than this nobody reads on paper; the stores have them all. */
const MOST_ROWS = 100;

/** Rows of cells that are Markdown already; a sentence where there are none. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[], none: string): string {
  if (rows.length === 0) return none;
  if (rows.length > MOST_ROWS)
    return `${table(heads, rows.slice(0, MOST_ROWS), none)}\n\nAnd ${formatCount(rows.length - MOST_ROWS)} more.`;
  const line = (cells: readonly string[]) => `| ${cells.map(cell => cell || '–').join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

export function section(title: string, ...paragraphs: readonly string[]): string {
  return [`## ${title}`, ...paragraphs.filter(text => text !== '')].join('\n\n');
}
