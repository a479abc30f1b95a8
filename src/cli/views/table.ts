import Table from 'cli-table3';

export interface Column {
  /** May have several lines, where figures are shorter than words. */
  head: string;
  align?: 'left' | 'right';
  /** Takes what width is left, and wraps. */
  grows?: boolean;
}

/** A plain table of text cells, as wide as the terminal at most. */
export function textTable(columns: readonly Column[], rows: readonly string[][], width: number): string {
  const gap = 2;
  const widest = (text: string) => Math.max(...text.split('\n').map(line => line.length));
  const natural = columns.map((column, j) =>
    rows.reduce((most, row) => Math.max(most, widest(row[j]!)), widest(column.head)),
  );
  const growing = columns.findIndex(column => column.grows);
  const fixed = natural.reduce((sum, size, j) => sum + gap + (j === growing ? 0 : size), 0);
  const widths = natural.map((size, j) =>
    j === growing ? gap + Math.min(size, Math.max(20, width - fixed)) : gap + size,
  );
  const table = new Table({
    head: columns.map(column => column.head),
    colWidths: widths,
    colAligns: columns.map(column => column.align ?? 'left'),
    wordWrap: true,
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': gap },
    chars: {
      top: '',
      'top-mid': '',
      'top-left': '',
      'top-right': '',
      bottom: '',
      'bottom-mid': '',
      'bottom-left': '',
      'bottom-right': '',
      left: '',
      'left-mid': '',
      right: '',
      'right-mid': '',
      mid: '',
      'mid-mid': '',
      middle: '',
    },
  });
  table.push(...rows.map(row => [...row]));
  const lines = table
    .toString()
    .split('\n')
    .map(line => line.trimEnd());
  return `${lines.join('\n')}\n`;
}
