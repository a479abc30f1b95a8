import { expect, test } from 'vitest';
import { safeCell } from '../../../src/activation/destinations/csv-cells.ts';
import { spreadsheetText } from '../../../src/segmentation/spreadsheet-text.ts';
import { openDuckDb } from '../../../src/warehouse/duckdb.ts';
import { literal } from '../../../src/warehouse/port.ts';

test('makes the cells safe that the file of an exported audience makes safe, and no others', async () => {
  const warehouse = await openDuckDb({ file: ':memory:', threads: 1 });
  const beginnings = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\n', '\r', "'", 'a', '1', ' ', '"'];
  const endings = ['', '1+1', 'cmd()', '44 20 7946.0', '5', '@x.org', '5a', "'", '\n2'];
  const cells = beginnings.flatMap(first => endings.map(rest => first + rest));
  const rows = await warehouse.query<{ cell: string; safe: string }>(
    `SELECT cell, ${spreadsheetText('cell')} AS safe FROM (VALUES ${cells.map(cell => `(${literal(cell)})`).join(', ')}) AS given (cell)`,
  );
  expect(rows).toHaveLength(cells.length);
  for (const { cell, safe } of rows) expect([cell, safeCell(cell)]).toEqual([cell, safe]);
  await warehouse.close();
});
