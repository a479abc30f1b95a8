import { InputError } from '../errors.ts';
import { type FileReader, identifier, literal } from '../warehouse/port.ts';
import type { FileHead } from './file-bytes.ts';
import { hasDecimalComma, type Layout, layouts } from './header.ts';

/** A text file as it lies on the disk: the asker's own, or its mended copy, which is never packed. */
export interface StoredText {
  path: string;
  gzip: boolean;
}

/** How DuckDB reads one file: SQL whose rows are the file's rows, in its order. */
export interface Relation {
  names: string[];
  /** The FROM item; DuckDB notes the rows that it cannot split into cells in `reject_errors`. */
  from(file: StoredText): string;
  /** The cell in column i as text. */
  cell(i: number): string;
  /** True for a row that is no record at all; absent where DuckDB itself tells. */
  broken?: string;
  /** The whole row as JSON, for the list of rejects. */
  content: string;
  decimalComma: boolean;
  /** Whether dates like 05/14/2026 are to be looked for. */
  maySlashDates: boolean;
  /**
   * The kinds of rows that DuckDB notes in `reject_errors` and that are rejected, with the reason; any other kind that
   * it notes is an error. Absent where it notes nothing.
   */
  malformed?: Readonly<Record<string, string>>;
}

/** What DuckDB calls it, and what a person is told. */
const malformedRows = {
  'MISSING COLUMNS': 'fewer cells than the header',
  'TOO MANY COLUMNS': 'more cells than the header',
  'UNQUOTED VALUE': 'a quotation mark that is never closed, or closed too early',
  'INVALID ENCODING': 'not readable as text',
};

/** The relations that a file could be: one, but for delimited text, whose delimiter is found out by its header. */
export async function relationsOf(reader: FileReader, path: string, head: FileHead): Promise<Relation[]> {
  switch (head.kind) {
    case 'parquet':
      return [await parquet(reader, path)];
    case 'json-lines':
    case 'json-array':
      return [await json(reader, path, head)];
    case 'delimited':
      return layouts(head.text).map(layout => delimited(layout, head));
  }
}

function delimited(layout: Layout, head: FileHead): Relation {
  const columns = layout.names.map((_, i) => `'c${i}': 'VARCHAR'`).join(', ');
  const options = [
    'auto_detect = false',
    'header = true',
    `skip = ${layout.skip}`,
    `delim = ${literal(layout.delimiter)}`,
    `quote = '"'`,
    `escape = '"'`,
    `columns = {${columns}}`,
  ];
  const names = distinct(layout.names);
  return {
    names: layout.names,
    from: file =>
      `read_csv(${pathLiteral(file.path)}, ${[...options, packing(file), noteErrors, ownColumns].join(', ')})`,
    cell: i => `c${i}`,
    content: asJson(names.map((name, i) => [name, `c${i}`])),
    decimalComma: hasDecimalComma(head.text, layout.delimiter),
    maySlashDates: slashDate.test(head.text),
    malformed: malformedRows,
  };
}

async function parquet(reader: FileReader, path: string): Promise<Relation> {
  const from = `read_parquet(${pathLiteral(path)}, ${ownColumns})`;
  const columns = await reader
    .query<{ column_name: string; column_type: string }>(`DESCRIBE SELECT * FROM ${from}`)
    .catch(error => {
      throw notReadable(path, 'Parquet', error);
    });
  const names = columns.map(column => column.column_name);
  const cell = (i: number) => `CAST(${identifier(names[i]!)} AS VARCHAR)`;
  return {
    names,
    from: () => from,
    cell,
    content: asJson(names.map((name, i) => [name, cell(i)])),
    decimalComma: false,
    maySlashDates: columns.some(column => column.column_type === 'VARCHAR'),
  };
}

/**
 * Each object is read as text, so that one broken line is one rejected row. All rows are asked for their keys: one
 * that is rare, as a refund, may come late.
 */
async function json(reader: FileReader, path: string, head: FileHead): Promise<Relation> {
  const lines = (file: StoredText) =>
    head.kind === 'json-array'
      ? `(SELECT CAST(json AS VARCHAR) AS line FROM read_json_objects(${pathLiteral(file.path)}, format = 'array', ${packing(file, 'uncompressed')}))`
      : `(SELECT line FROM read_csv(${pathLiteral(file.path)}, auto_detect = false, header = false, delim = '\u0001', quote = '', escape = '',
          columns = {'line': 'VARCHAR'}, ${noteErrors}, ${packing(file)}, ${ownColumns}) WHERE trim(line) <> '')`;
  const found = await reader
    .query<{ name: string }>(
      `SELECT name FROM (
         SELECT unnest(keys) AS name, generate_subscripts(keys, 1) AS place, row
         FROM (SELECT CASE WHEN ${isObject('line')} THEN json_keys(line) END AS keys, min(row) AS row
               FROM (SELECT line, row_number() OVER () AS row FROM ${lines({ path, gzip: head.gzip })})
               GROUP BY keys)
       ) GROUP BY name ORDER BY min(row), min(place), name LIMIT ${mostKeys}`,
    )
    .catch(error => {
      throw notReadable(path, 'JSON', error);
    });
  const names = found.map(row => row.name);
  const paths = names.map(name => literal(pointer(name))).join(', ');
  return {
    names,
    from: file =>
      `(SELECT line, CASE WHEN ${isObject('line')} THEN json_extract_string(line, [${paths}]) END AS cells FROM ${lines(file)})`,
    cell: i => `cells[${i + 1}]`,
    broken: 'cells IS NULL',
    content: 'line',
    decimalComma: false,
    maySlashDates: slashDate.test(head.text),
    ...(head.kind === 'json-lines' ? { malformed: {} } : {}),
  };
}

/** Objects that are used as dictionaries have keys without end; none of those is a column. */
const mostKeys = 1000;

/** RFC 6901, in which a key may hold anything. */
const pointer = (key: string) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;

const isObject = (text: string) =>
  `CASE WHEN json_valid(${text}) THEN json_type(${text}) = 'OBJECT' ELSE false END`;

const slashDate = /\b\d{1,2}\/\d{1,2}\/\d{4}/;

function asJson(columns: readonly (readonly [string, string])[]): string {
  const pairs = columns.map(([name, value]) => `${literal(name)}, ${value}`);
  return `CAST(json_object(${pairs.join(', ')}) AS VARCHAR)`;
}

/** Names for JSON keys: a second column of the same name gets a number. */
function distinct(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map(name => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}

/** Not `ignore_errors`, which also leaves out whole rows after one with a stray quotation mark. */
const noteErrors = 'store_rejects = true';

/** Not those of its folders: DuckDB would let a folder called country=UK overrule what the file says. */
const ownColumns = 'hive_partitioning = false';

/** The two readers name an unpacked file differently. */
function packing(file: StoredText, unpacked: 'none' | 'uncompressed' = 'none'): string {
  return `compression = '${file.gzip ? 'gzip' : unpacked}'`;
}

/** DuckDB takes *, ? and [ in a path for a pattern. */
function pathLiteral(path: string): string {
  return literal(path.replace(/[*?[]/g, '[$&]'));
}

export function notReadable(path: string, kind: string, error: unknown): InputError {
  const message = (error instanceof Error ? error.message : String(error)).split('\n')[0];
  return new InputError(
    `${path}: it cannot be read as ${kind} (${message}).`,
    'Export or copy the file again.',
    {
      cause: error,
    },
  );
}
