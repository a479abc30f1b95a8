import { extname } from 'node:path';
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';
import { InputError, OperatorError } from '../errors.ts';
import { literal, type NumericColumns, type SqlValue, type Warehouse } from './port.ts';
import { createTables } from './schema.ts';

export interface DuckDbOptions {
  /** Path of the database file, or ':memory:'. */
  file: string;
  threads?: number | undefined;
  /** Memory in MB before DuckDB spills to `spillDir`. */
  memoryMb?: number | undefined;
  spillDir?: string | undefined;
}

/** Opens the DuckDB warehouse and makes what tables are missing. */
export async function openDuckDb(options: DuckDbOptions): Promise<Warehouse> {
  const connection = await connect(options);
  const warehouse = overConnection(connection);
  for (const statement of createTables()) await warehouse.execute(statement);
  return warehouse;
}

export async function connect(options: DuckDbOptions): Promise<DuckDBConnection> {
  const settings: Record<string, string> = { TimeZone: 'UTC', autoinstall_known_extensions: 'false' };
  if (options.threads) settings.threads = String(options.threads);
  if (options.memoryMb) settings.memory_limit = `${options.memoryMb}MB`;
  if (options.spillDir) settings.temp_directory = options.spillDir;
  const { TimeZone, ...startup } = settings;
  const instance = await DuckDBInstance.create(options.file, startup).catch(error => {
    throw asOperatorError(error);
  });
  const connection = await instance.connect();
  await connection.run(`SET TimeZone = ${literal(TimeZone ?? 'UTC')}`);
  return connection;
}

export function overConnection(connection: DuckDBConnection): Warehouse {
  const query = async <Row extends object>(sql: string, params: readonly SqlValue[] = []): Promise<Row[]> => {
    const result = await attempt(() => connection.runAndReadAll(sql, [...params]));
    const names = result.deduplicatedColumnNames();
    return result
      .getRows()
      .map(row => Object.fromEntries(row.map((value, i) => [names[i]!, plain(value)])) as Row);
  };
  const execute = async (sql: string, params: readonly SqlValue[] = []): Promise<number> => {
    const result = await attempt(() => connection.run(sql, [...params]));
    return result.rowsChanged;
  };
  const warehouse: Warehouse = {
    dialect: { name: 'duckdb' },
    query,
    execute,
    async transaction(work) {
      await execute('BEGIN TRANSACTION');
      try {
        const result = await work(warehouse);
        await execute('COMMIT');
        return result;
      } catch (error) {
        // A failed COMMIT has already rolled back; the first error is the one worth telling.
        await execute('ROLLBACK').catch(() => {});
        throw error;
      }
    },
    columns: sql => readColumns(connection, sql),
    async append(table, columns) {
      const names = Object.keys(columns);
      const arrays = Object.values(columns);
      const staging = `append_${table}`;
      await execute(`CREATE TEMP TABLE ${staging} AS SELECT ${names.join(', ')} FROM ${table} LIMIT 0`);
      try {
        const appender = await connection.createAppender(staging);
        const rows = arrays[0]?.length ?? 0;
        for (let i = 0; i < rows; i++) {
          for (const array of arrays) {
            const value = array[i] ?? null;
            if (value === null) appender.appendNull();
            else if (typeof value === 'string') appender.appendVarchar(value);
            else appender.appendDouble(value);
          }
          appender.endRow();
        }
        appender.closeSync();
        await execute(
          `INSERT INTO ${table} (${names.join(', ')}) SELECT ${names.join(', ')} FROM ${staging}`,
        );
      } finally {
        await execute(`DROP TABLE IF EXISTS ${staging}`).catch(() => {});
      }
    },
    reader: { query, execute },
    async stage(name, readerSql) {
      await execute(`CREATE OR REPLACE TEMP TABLE ${name} AS ${readerSql}`);
    },
    async unstage(name) {
      await execute(`DROP TABLE IF EXISTS ${name}`);
    },
    async exportTo(sql, file) {
      return execute(`COPY (${sql}) TO ${literal(file)} (${exportFormat(file)})`);
    },
    async close() {
      connection.closeSync();
    },
  };
  return warehouse;
}

/** The options of DuckDB's COPY for a file's ending. */
export function exportFormat(file: string): string {
  switch (extname(file).toLowerCase()) {
    case '.csv':
      return 'FORMAT csv, HEADER';
    case '.parquet':
      return 'FORMAT parquet, COMPRESSION zstd';
    case '.json':
      return 'FORMAT json, ARRAY true';
    case '.jsonl':
    case '.ndjson':
      return 'FORMAT json';
    default:
      throw new InputError(
        `${file}: its ending is none of .csv, .parquet, .json, .jsonl.`,
        'Name the file with one of these endings.',
      );
  }
}

async function readColumns(connection: DuckDBConnection, sql: string): Promise<NumericColumns> {
  const result = await attempt(() => connection.stream(sql));
  const names = result.deduplicatedColumnNames();
  const keys: string[] = [];
  const parts: number[][] = names.slice(1).map(() => []);
  for (;;) {
    const chunk = await attempt(() => result.fetchChunk());
    if (!chunk || chunk.rowCount === 0) break;
    for (const key of chunk.getColumnValues(0)) keys.push(String(key));
    for (let j = 1; j < names.length; j++) {
      const part = parts[j - 1]!;
      chunk.visitColumnValues(j, value => {
        part.push(value === null ? Number.NaN : Number(plain(value)));
      });
    }
  }
  return { keys, names: names.slice(1), values: parts.map(part => Float64Array.from(part)) };
}

function plain(value: DuckDBValue): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (typeof value === 'bigint') return Number(value);
  const text = String(value);
  const kind = value.constructor.name;
  if (kind === 'DuckDBDecimalValue') return Number(text);
  if (kind.startsWith('DuckDBTimestamp')) return `${text.replace(' ', 'T').replace(/\+00(:00)?$/, '')}Z`;
  return text;
}

/** Runs a DuckDB call and tells an operator's trouble (lock, disk, memory) from a defect in the SQL. */
async function attempt<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw asOperatorError(error);
  }
}

function asOperatorError(error: unknown): unknown {
  const message = error instanceof Error ? error.message : String(error);
  if (/could not set lock|conflicting lock/i.test(message))
    return new OperatorError(
      'The warehouse file is open in another process.',
      'Close the other kindred command, or give this one its own folder with --data.',
      { cause: error },
    );
  if (/no space left|disk (is )?full|write file|could not write/i.test(message))
    return new OperatorError(
      `The disk would not take the data: ${message.split('\n')[0]}`,
      'Free some space and run the command again; nothing that was stored before is lost.',
      { cause: error },
    );
  if (/out of memory/i.test(message))
    return new OperatorError(
      'The memory limit was reached.',
      'Raise KINDRED_MEMORY_MB, or free disk space so that work can spill.',
      { cause: error },
    );
  return error;
}
