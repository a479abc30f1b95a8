import { extname } from 'node:path';

/** Whether a file of this name is one that people open in a spreadsheet, which runs what looks like a formula. */
export function isForSpreadsheet(file: string): boolean {
  return extname(file).toLowerCase() === '.csv';
}

/** What a spreadsheet takes for the beginning of a formula, full-width forms included; a tab or return may hide one. */
const beginnings = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/**
 * SQL for a text cell of a file that a spreadsheet may open: what would be run as a formula gets an apostrophe before it,
 * which spreadsheets take for "this is text". Signed numbers, as telephone numbers and some ids are, stay as they are.
 */
export function spreadsheetText(column: string): string {
  const marks = [...beginnings.map(mark => `'${mark}'`), 'chr(9)', 'chr(10)', 'chr(13)'].join(', ');
  return `CASE WHEN substr(${column}, 1, 1) IN (${marks}) AND NOT ${column} ~ '^[+-][0-9. ]*$'
    THEN '''' || ${column} ELSE ${column} END`;
}
