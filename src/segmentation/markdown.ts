/** Text that came from people or from data, so that nothing in it is taken for Markdown or HTML; one line. */
export function plain(text: string): string {
  return text
    .replaceAll(/[\p{C}\p{Z}\s]+/gu, ' ')
    .trim()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_[\]|~$]/g, '\\$&')
    .replace(/^(?:[-=+](?=[-=\s]|$)|[>#])/, '\\$&')
    .replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2')
    .replaceAll(/(https?|www)(?=[:.])/gi, '$1&#8203;')
    .replaceAll(/@(?=\w)/g, '@&#8203;');
}

/** An id as code; what is none, as text. */
export function code(id: string): string {
  return /^[\w.:/-]+$/.test(id) ? `\`${id}\`` : plain(id);
}

export interface Column {
  head: string;
  /** Of numbers. */
  right?: true;
}

/** Rows of cells that are Markdown already. */
export function markdownTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell => cell || '–').join(' | ')} |`;
  const rule = columns.map(({ right }) => (right ? '---:' : '---'));
  return [line(columns.map(({ head }) => head)), line(rule), ...rows.map(line)].join('\n');
}
