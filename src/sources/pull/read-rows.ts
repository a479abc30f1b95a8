import { type FileReader, identifier, literal } from '../../warehouse/port.ts';
import { type CanonicalTable, canonicalTables } from '../../warehouse/schema.ts';
import { storable } from '../arriving-rows.ts';
import { toldOf } from '../merge.ts';
import type { Preset } from '../preset.ts';
import { canonical } from '../presets/canonical.ts';
import { readCells } from '../read-cells.ts';
import type { CanonicalRow, Page } from './source.ts';

/** Since when a row is as it is: the key under which a row of any table may say so. */
const changedAt = 'changed_at';

/** A row as it came, with the place of its page among those that are stored together. */
interface PlacedRow {
  page: number;
  row: CanonicalRow;
}

/** The rows of one table, read by the rules for files; temporary tables of the reader. */
export interface ReadTable {
  table: CanonicalTable;
  /** line, page: as they came. */
  lines: string;
  /** r (from 0), page, id, changed_at, stale, the columns, and for each column `<column> told`. */
  rows: string;
  columns: readonly string[];
  received: number;
  rejected: readonly Rejected[];
}

export interface Rejected {
  /** Counted from 0 within its table. */
  r: number;
  reason: string;
  content: string;
}

export function rowsOf(pages: readonly Pick<Page, 'rows'>[], table: CanonicalTable): PlacedRow[] {
  return pages.flatMap(({ rows }, page) => (rows[table] ?? []).map(row => ({ page, row })));
}

/** Reads rows as a file of JSON lines with Kindred's own columns would be read, so that both come to the same. */
export async function readRows(
  reader: FileReader,
  table: CanonicalTable,
  placed: readonly PlacedRow[],
  at: string,
): Promise<ReadTable> {
  const preset = presetOf(table);
  const names = namesOf(preset, table, placed);
  const lines = `pulled_lines_${table}`;
  await load(reader, lines, placed);
  const paths = names.map(name => literal(`/${name}`)).join(', ');
  const positions = Object.fromEntries(names.map((name, i) => [name, i]));
  await readCells(reader, {
    path: 'rows of a vendor',
    file: { path: '', gzip: false },
    relation: {
      names,
      from: () => `(SELECT json_extract_string(line, [${paths}]) AS cells FROM ${lines})`,
      cell: i => `cells[${i + 1}]`,
      content: 'line',
      decimalComma: false,
      maySlashDates: false,
    },
    mapping: { preset, positions },
    importedAt: at,
  });
  const rows = `pulled_rows_${table}`;
  const expressions = preset.tables[table]!.columns;
  const { id } = canonicalTables[table];
  const columns = Object.keys(expressions).filter(column => column === id || names.includes(column));
  const values = columns.flatMap(column => [
    `${expressions[column]} AS ${identifier(column)}`,
    `${column === id ? 'TRUE' : `json_extract(line, ${literal(`/${column}`)}) IS NOT NULL`} AS ${toldOf(column)}`,
  ]);
  await reader.execute(`
    CREATE OR REPLACE TEMP TABLE ${rows} AS
    SELECT r, page, ${expressions[id]} AS id, ${names.includes(changedAt) ? changedAt : 'CAST(NULL AS TIMESTAMP) AS changed_at'},
      FALSE AS stale, ${values.join(', ')}
    FROM (SELECT c.*, c.rowid AS r, l.line, l.page FROM import_cells c JOIN ${lines} l ON l.rowid = c.rowid)
    WHERE reason IS NULL`);
  const rejected = await reader.query<Rejected>(`
    SELECT c.rowid AS r, c.reason, l.line AS content FROM import_cells c JOIN ${lines} l ON l.rowid = c.rowid
    WHERE c.reason IS NOT NULL ORDER BY r`);
  return { table, lines, rows, columns, received: placed.length, rejected };
}

export async function forgetRows(reader: FileReader, read: readonly ReadTable[]): Promise<void> {
  for (const { lines, rows } of read)
    for (const name of [lines, rows]) await reader.execute(`DROP TABLE IF EXISTS ${name}`);
}

function presetOf(table: CanonicalTable): Preset {
  const own = canonical.find(({ tables }) => tables[table])!;
  return { ...own, fields: { ...own.fields, [changedAt]: { from: [changedAt], kind: 'time' } } };
}

/** Columns that some row tells, and those that every row has to. */
function namesOf({ fields }: Preset, table: string, placed: readonly PlacedRow[]): string[] {
  const told = new Set(placed.flatMap(({ row }) => Object.keys(row)));
  for (const name of told)
    if (!fields[name])
      throw new Error(`A vendor's rows for ${table} have a column ${name}, which it has not.`);
  return Object.keys(fields).filter(name => fields[name]!.need === 'cell' || told.has(name));
}

/** Characters of one statement, roughly. */
const mostText = 4_000_000;

async function load(reader: FileReader, name: string, placed: readonly PlacedRow[]): Promise<void> {
  await reader.execute(`CREATE OR REPLACE TEMP TABLE ${name} (line VARCHAR, page BIGINT)`);
  let lines: string[] = [];
  let pages: number[] = [];
  let size = 0;
  const flush = async () => {
    if (lines.length === 0) return;
    await reader.execute(
      `INSERT INTO ${name} SELECT unnest(string_split(${literal(lines.join('\n'))}, chr(10))), unnest([${pages.join(', ')}])`,
    );
    lines = [];
    pages = [];
    size = 0;
  };
  for (const { page, row } of placed) {
    const line = JSON.stringify(row, (_, cell) => (typeof cell === 'string' ? storable(cell) : cell));
    lines.push(line);
    pages.push(page);
    size += line.length;
    if (size > mostText) await flush();
  }
  await flush();
}
