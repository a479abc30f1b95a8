import { InputError } from '../../../errors.ts';
import type { ReadOnlyDatabase } from '../../../vendors/postgres.ts';
import { identifier } from '../../../warehouse/port.ts';
import { type CanonicalTable, type ColumnType, canonicalTables } from '../../../warehouse/schema.ts';
import { canonical } from '../../presets/canonical.ts';
import type { MappedTable } from './mapping.ts';

/** How the rows of one canonical table are read: SQL for its parts, and the types by which pages are kept apart. */
export interface Reading {
  from: string;
  /** Expressions by canonical column. */
  select: Readonly<Record<string, string>>;
  id: Keyed;
  cursor: Keyed | null;
}

export interface Keyed {
  column: string;
  type: string;
  isTime: boolean;
}

/** Set by the importer, or by the order of a line. */
const own = new Set(['source', 'profile_id', 'order_lines.ordered_at']);

/**
 * Checks a part of the mapping against the columns that are there.
 *
 * @throws InputError where a table or column is missing, or of a type that cannot be what it is mapped to
 */
export async function readingOf(
  database: ReadOnlyDatabase,
  table: CanonicalTable,
  mapped: MappedTable,
): Promise<Reading> {
  const from = mapped.query
    ? `(${mapped.query}\n) AS mapped`
    : `${quotedTable(mapped.table ?? '')} AS mapped`;
  const there = await columnsOf(database, from);
  const columns = columnsFor(table, mapped, there);
  const typeOf = (column: string, what: string): string => {
    const type = there.get(column);
    if (type !== undefined) return type;
    throw new InputError(
      `${place(mapped)} has no column "${column}", which the mapping names as ${what}.`,
      `It has ${[...there.keys()].join(', ')}.`,
    );
  };
  const select = Object.fromEntries(
    Object.entries(columns).map(([column, real]) => {
      const type = typeOf(real, `${table}.${column}`);
      return [column, expression(identifier(real), type, `${table}.${column}`, typeFor(table, column))];
    }),
  );
  const keyed = (column: string, what: string): Keyed => {
    const type = typeOf(column, what);
    return { column: identifier(column), type, isTime: /^(timestamp|date)/.test(type) };
  };
  const cursor = mapped.cursor === undefined ? null : keyed(mapped.cursor, `the cursor of ${table}`);
  const { id } = canonicalTables[table];
  const changed: Record<string, string> = cursor?.isTime
    ? { changed_at: expression(cursor.column, cursor.type, 'cursor', 'TIMESTAMP') }
    : {};
  return { from, select: { ...select, ...changed }, id: keyed(columns[id]!, `${table}.${id}`), cursor };
}

function columnsFor(
  table: CanonicalTable,
  mapped: MappedTable,
  there: ReadonlyMap<string, string>,
): Readonly<Record<string, string>> {
  const known = Object.keys(canonicalTables[table].columns).filter(
    column => !own.has(column) && !own.has(`${table}.${column}`),
  );
  const columns =
    mapped.columns ?? Object.fromEntries(known.filter(name => there.has(name)).map(name => [name, name]));
  const unknown = Object.keys(columns).find(column => !known.includes(column));
  if (unknown !== undefined)
    throw new InputError(
      `The mapping names a column "${unknown}" of ${table}, which Kindred does not know.`,
      `It knows ${known.join(', ')}.`,
    );
  const { fields } = canonical.find(({ tables }) => tables[table])!;
  const needed = known.filter(
    column => fields[column]?.need === 'cell' || column === canonicalTables[table].id,
  );
  const missing = needed.filter(column => columns[column] === undefined);
  if (missing.length > 0)
    throw new InputError(
      `The mapping of ${table} lacks ${missing.join(', ')}.`,
      `Name the columns of ${place(mapped)} under "columns"; it has ${[...there.keys()].join(', ')}.`,
    );
  return columns;
}

function place({ table }: MappedTable): string {
  return table === undefined ? 'the query' : `the table ${table}`;
}

function quotedTable(name: string): string {
  return name.split('.').map(identifier).join('.');
}

/** Names and types in the order in which they stand. */
async function columnsOf(database: ReadOnlyDatabase, from: string): Promise<Map<string, string>> {
  const rows = (await database.query<object>(`SELECT * FROM ${from} LIMIT 0`)) as unknown as {
    columns: readonly { name: string; type: number }[];
  };
  const oids = rows.columns.map(({ type }) => String(type)).join(',');
  const types = await database.query<{ oid: string; name: string }>(
    `SELECT oid::text, format_type(oid, NULL) AS name FROM pg_type WHERE oid = ANY (string_to_array($1::text, ',')::oid[])`,
    [oids],
  );
  const names = new Map(types.map(({ oid, name }) => [oid, name]));
  return new Map(rows.columns.map(({ name, type }) => [name, names.get(String(type)) ?? 'text']));
}

function typeFor(table: CanonicalTable, column: string): ColumnType {
  return (canonicalTables[table].columns as Readonly<Record<string, ColumnType>>)[column]!;
}

const numeric = /^(smallint|integer|bigint|numeric|real|double precision)$/;
const text = /^(text|character varying|character|citext|name|uuid)$/;

/** The value as text or truth; times in UTC, and those without a zone taken for it. */
function expression(column: string, type: string, what: string, wanted: ColumnType): string {
  const cannot = (expected: string) =>
    new InputError(
      `The column ${column} is mapped to ${what}, which is ${expected}, but it is of the type ${type}.`,
      'Map another column, or convert it in a "query".',
    );
  if (wanted === 'TEXT' || text.test(type)) return `${column}::text`;
  if (wanted === 'TIMESTAMP') {
    if (type === 'date') return `${column}::text`;
    if (!type.startsWith('timestamp')) throw cannot('a time');
    const utc = type === 'timestamp with time zone' ? `${column} AT TIME ZONE 'UTC'` : column;
    return `to_char(${utc}, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
  }
  if (wanted === 'BOOLEAN') {
    if (type !== 'boolean') throw cannot('yes or no');
    return column;
  }
  if (!numeric.test(type)) throw cannot('a number');
  return `${column}::text`;
}
