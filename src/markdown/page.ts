import { type Column, markdownTable } from '../segmentation/markdown.ts';

/** A page of Markdown: its parts one below the other, without those that are blank. */
export function page(title: string, ...parts: readonly string[]): string {
  return `${[`# ${title}`, ...parts].filter(part => part !== '').join('\n\n')}\n`;
}

/** Blank where it would hold nothing. */
export function section(title: string, ...parts: readonly string[]): string {
  const held = parts.filter(part => part !== '');
  return held.length === 0 ? '' : [`## ${title}`, ...held].join('\n\n');
}

export function bullets(lines: readonly string[]): string {
  return lines.map(line => `- ${line}`).join('\n');
}

/** Without columns of which every cell is blank; blank where there are no rows. */
export function filledTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const held = columns.flatMap((_, i) => (rows.some(cells => cells[i] !== '') ? [i] : []));
  return markdownTable(
    held.map(i => columns[i]!),
    rows.map(cells => held.map(i => cells[i]!)),
  );
}

/** What is known of one thing, a row for each; those that are blank are left out. */
export function factTable(facts: readonly (readonly [name: string, value: string])[]): string {
  return filledTable(
    [{ head: 'Figure' }, { head: 'Value', right: true }],
    facts.filter(([, value]) => value !== ''),
  );
}
