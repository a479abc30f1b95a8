import type { DuckDBConnection } from '@duckdb/node-api';
import { attempt } from './duckdb-errors.ts';
import { identifier } from './port.ts';

/** One column of a SELECT as DuckDB describes it. */
export interface DescribedColumn {
  column_name: string;
  column_type: string;
}

/** The PostgreSQL type that holds a DuckDB type without loss; what has no equal travels as text. */
export function postgresType(duckDbType: string, text: string): string {
  if (duckDbType.startsWith('DECIMAL')) return duckDbType.replace('DECIMAL', 'NUMERIC');
  return exactTypes[duckDbType] ?? text;
}

const exactTypes: Readonly<Record<string, string>> = {
  BOOLEAN: 'BOOLEAN',
  TINYINT: 'SMALLINT',
  SMALLINT: 'SMALLINT',
  INTEGER: 'INTEGER',
  BIGINT: 'BIGINT',
  UTINYINT: 'SMALLINT',
  USMALLINT: 'INTEGER',
  UINTEGER: 'BIGINT',
  UBIGINT: 'NUMERIC(20,0)',
  HUGEINT: 'NUMERIC(39,0)',
  FLOAT: 'REAL',
  DOUBLE: 'DOUBLE PRECISION',
  DATE: 'DATE',
  TIME: 'TIME',
  TIMESTAMP: 'TIMESTAMP',
  TIMESTAMP_S: 'TIMESTAMP',
  TIMESTAMP_MS: 'TIMESTAMP',
  'TIMESTAMP WITH TIME ZONE': 'TIMESTAMPTZ',
};

/**
 * DuckDB SQL that turns each row of a SELECT into one line of PostgreSQL's COPY text format, so that a row
 * crosses into JavaScript as one string. NUL, which PostgreSQL cannot store, is taken out.
 */
export function copyLines(readerSql: string, columns: readonly DescribedColumn[]): string {
  const fields = columns.map(({ column_name, column_type }) => {
    const value = `CAST(${identifier(column_name)} AS VARCHAR)`;
    return `coalesce(${postgresType(column_type, 'TEXT') === 'TEXT' ? escaped(value) : value}, '\\N')`;
  });
  return `SELECT ${fields.join(' || chr(9) || ')} AS line FROM (${readerSql}) AS staged`;
}

/** DuckDB reads no escapes in plain literals: '\n' there is a backslash and an n, as COPY wants it. */
function escaped(value: string): string {
  const backslashes = `replace(replace(${value}, chr(0), ''), '\\', '\\\\')`;
  return `replace(replace(replace(${backslashes}, chr(10), '\\n'), chr(13), '\\r'), chr(9), '\\t')`;
}

/** The single text column of a DuckDB SELECT, streamed as blocks for copyIn. */
export async function* linesOfReader(connection: DuckDBConnection, sql: string): AsyncGenerator<Buffer> {
  const result = await attempt(() => connection.stream(sql));
  for (;;) {
    const chunk = await attempt(() => result.fetchChunk());
    if (!chunk || chunk.rowCount === 0) return;
    yield Buffer.from(`${chunk.getColumnValues(0).join('\n')}\n`);
  }
}

/** Rows given by column as blocks for copyIn. */
export function* linesOfColumns(columns: readonly ArrayLike<string | number | null>[]): Generator<Buffer> {
  const rows = columns[0]?.length ?? 0;
  for (let start = 0; start < rows; start += blockRows) {
    let block = '';
    for (let i = start; i < Math.min(start + blockRows, rows); i++)
      block += `${columns.map(column => field(column[i] ?? null)).join('\t')}\n`;
    yield Buffer.from(block);
  }
}

const blockRows = 2048;

function field(value: string | number | null): string {
  if (value === null) return '\\N';
  if (typeof value === 'number') return String(value);
  return /[\\\n\r\t\0]/.test(value)
    ? value.replace(/[\\\n\r\t\0]/g, character => copyEscapes[character]!)
    : value;
}

const copyEscapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\0': '',
};
