/** A cell of a file for spreadsheets, as segmentation/spreadsheet-text.ts makes it in SQL: nothing in it is run. */
export function safeCell(text: string): string {
  return /^[=+\-@＝＋－＠\t\n\r]/.test(text) && !/^[+-][0-9. ]*$/.test(text) ? `'${text}` : text;
}

/** One line with its end; cells are quoted where they have to be. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(cell => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\n`;
}

/** Cells of all lines, as they stand. */
export function csvRows(text: string): string[][] {
  const rows: string[][] = [];
  let cells: string[] = [];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g;
  for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
    const [, quoted, bare = '', end] = found;
    if (end === '' && cells.length === 0 && quoted === undefined && bare === '') break;
    cells.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    rows.push(cells);
    cells = [];
    if (end === '') break;
  }
  return rows;
}
