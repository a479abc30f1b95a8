/** Text that came from people or from data, so that nothing in it is taken for Markdown or HTML; one line. */
export function plain(text: string): string {
  return text
    .replaceAll(/[\p{C}\p{Z}\s]+/gu, ' ')
    .trim()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_{}[\]()#+!|~>]/g, '\\$&')
    .replace(/^([-=]|\d+(?=\.))/, '\\$1')
    .replaceAll(/(https?|www)(?=[:.])/gi, '$1&#8203;');
}

/** What only a person can know. */
export function blank(what: string): string {
  return `**[ ${what}: ______ ]**`;
}

/** Rows of cells that are Markdown already; a sentence where there are none. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[], none: string): string {
  if (rows.length === 0) return none;
  const line = (cells: readonly string[]) => `| ${cells.map(cell => cell || '–').join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

export function section(title: string, ...paragraphs: readonly string[]): string {
  return [`## ${title}`, ...paragraphs.filter(text => text !== '')].join('\n\n');
}
