import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { attempt } from './duckdb-errors.ts';
import { joined } from './numeric-columns.ts';
import type { NumericColumns } from './port.ts';

/** Streams a SELECT into typed arrays, one block per chunk, so that no value is held as a JavaScript object. */
export async function readColumns(connection: DuckDBConnection, sql: string): Promise<NumericColumns> {
  const result = await attempt(() => connection.stream(sql));
  const names = result.deduplicatedColumnNames().slice(1);
  const keys: string[] = [];
  const blocks: Float64Array[][] = names.map(() => []);
  for (;;) {
    const chunk = await attempt(() => result.fetchChunk());
    if (!chunk || chunk.rowCount === 0) break;
    for (const key of chunk.getColumnValues(0)) keys.push(keyText(key));
    for (let j = 0; j < names.length; j++) {
      const vector = chunk.getColumnVector(j + 1);
      const block = new Float64Array(vector.itemCount);
      for (let i = 0; i < block.length; i++) {
        const value = vector.getItem(i);
        if (typeof value === 'number') block[i] = value;
        else block[i] = value === null ? Number.NaN : Number(plain(value));
      }
      blocks[j]!.push(block);
    }
  }
  return { keys, names, values: blocks.map(joined) };
}

function keyText(key: DuckDBValue): string {
  if (typeof key !== 'string') throw new Error(`The first column must be text, not ${String(key)}.`);
  return key;
}

/** Appends rows given by column to a table of exactly these columns. */
export async function appendColumns(
  connection: DuckDBConnection,
  table: string,
  columns: readonly ArrayLike<string | number | null>[],
): Promise<void> {
  const appender = await attempt(() => connection.createAppender(table));
  const rows = columns[0]?.length ?? 0;
  for (let i = 0; i < rows; i++) {
    for (const column of columns) {
      const value = column[i] ?? null;
      if (value === null) appender.appendNull();
      else if (typeof value === 'string') appender.appendVarchar(value);
      else appender.appendDouble(value);
    }
    appender.endRow();
  }
  await attempt(async () => appender.closeSync());
}

/** A DuckDB value as the port gives it: numbers, text, booleans; times as ISO text in UTC. */
export function plain(value: DuckDBValue): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (typeof value === 'bigint') return Number(value);
  const text = String(value);
  const kind = value.constructor.name;
  if (kind === 'DuckDBDecimalValue') return Number(text);
  if (kind.startsWith('DuckDBTimestamp')) return `${text.replace(' ', 'T').replace(/\+00(:00)?$/, '')}Z`;
  return text;
}
