import { renameSync, rmSync, statSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { InputError } from '../errors.ts';
import { appendColumns, plain, readColumns } from './duckdb-columns.ts';
import { attempt, attemptOpening } from './duckdb-errors.ts';
import { identifier, literal, type SqlValue, type Warehouse } from './port.ts';
import { prepareTables } from './prepare-tables.ts';
import { type Operations, type Transact, withTransactions } from './transaction.ts';

export interface DuckDbOptions {
  /** Path of the database file, or ':memory:'. */
  file: string;
  threads?: number | undefined;
  /** Memory in MB before DuckDB spills to `spillDir`; a function is asked again when the store has changed. */
  memoryMb?: number | (() => number) | undefined;
  spillDir?: string | undefined;
}

/** An open database and the one connection that is used on it. */
export interface DuckDb {
  /** Another one once the file was written anew. */
  readonly connection: DuckDBConnection;
  /** Gives it the memory that it may have by now. */
  fitMemory(): Promise<void>;
  /** Writes the file anew, so that nothing of deleted rows is in it. */
  compact(): Promise<void>;
  /** Writes out what is pending and lets go of the file. */
  close(): void;
}

/** Opens the DuckDB warehouse and brings its tables up to date. */
export async function openDuckDb(options: DuckDbOptions): Promise<Warehouse> {
  removeIfEmpty(options.file);
  const db = await connect(options);
  const warehouse = overConnection(db);
  try {
    await attemptOpening(() => prepareTables(warehouse));
  } catch (error) {
    db.close();
    throw error;
  }
  return warehouse;
}

/** A process killed in the moment that it made the file leaves it empty, which DuckDB takes for damage. */
function removeIfEmpty(file: string): void {
  if (statSync(file, { throwIfNoEntry: false })?.size === 0) rmSync(file);
}

export async function connect(options: DuckDbOptions): Promise<DuckDb> {
  const settings: Record<string, string> = { autoinstall_known_extensions: 'false' };
  const memoryMb = () =>
    typeof options.memoryMb === 'function' ? options.memoryMb() : (options.memoryMb ?? 0);
  let limit = memoryMb();
  if (options.threads) settings.threads = String(options.threads);
  if (options.spillDir) settings.temp_directory = options.spillDir;
  const open = async () => {
    const memory: Record<string, string> = limit > 0 ? { memory_limit: `${limit}MB` } : {};
    const instance = await attemptOpening(() =>
      DuckDBInstance.create(options.file, { ...settings, ...memory }),
    );
    const connection = await instance.connect();
    await connection.run("SET TimeZone = 'UTC'");
    return { instance, connection };
  };
  let opened = await open();
  const close = () => {
    opened.connection.closeSync();
    opened.instance.closeSync();
  };
  const fitMemory = async () => {
    const asked = memoryMb();
    if (asked <= limit) return;
    await opened.connection.run(`SET memory_limit = '${asked}MB'`);
    limit = asked;
  };
  const compact = async () => {
    if (options.file === ':memory:') return;
    const anew = await copyOf(opened.connection, options.file);
    close();
    renameSync(anew, options.file);
    opened = await open();
  };
  return {
    get connection() {
      return opened.connection;
    },
    fitMemory,
    compact,
    close,
  };
}

/** A copy of the database beside its file. What a kill leaves there is no part of it, and goes with the next. */
async function copyOf(connection: DuckDBConnection, file: string): Promise<string> {
  const anew = `${file}.anew`;
  for (const path of [anew, `${anew}.wal`]) rmSync(path, { force: true });
  const [[name] = []] = (await connection.runAndReadAll('SELECT current_database()')).getRows();
  await attempt(() => connection.run(`ATTACH ${literal(anew)} AS compacted`));
  await attempt(() => connection.run(`COPY FROM DATABASE ${identifier(String(name))} TO compacted`));
  await attempt(() => connection.run('DETACH compacted'));
  return anew;
}

export function overConnection(db: DuckDb): Warehouse {
  const operations = duckDbOperations(db);
  const transact: Transact = async work => {
    await operations.execute('BEGIN TRANSACTION');
    let result: Awaited<ReturnType<typeof work>>;
    try {
      result = await work(operations);
      await operations.execute('COMMIT');
    } catch (error) {
      // A failed COMMIT has already rolled back; the first error is the one worth telling.
      await operations.execute('ROLLBACK').catch(() => {});
      throw error;
    }
    await db.fitMemory();
    return result;
  };
  return withTransactions(operations, transact);
}

function duckDbOperations(db: DuckDb): Operations {
  const query = async <Row extends object>(sql: string, params: readonly SqlValue[] = []): Promise<Row[]> => {
    const result = await attempt(() => db.connection.runAndReadAll(sql, [...params]));
    const names = result.deduplicatedColumnNames();
    return result
      .getRows()
      .map(row => Object.fromEntries(row.map((value, i) => [names[i]!, plain(value)])) as Row);
  };
  const execute = async (sql: string, params: readonly SqlValue[] = []): Promise<number> => {
    const result = await attempt(() => db.connection.run(sql, [...params]));
    return result.rowsChanged;
  };
  return {
    dialect: { name: 'duckdb' },
    query,
    execute,
    columns: sql => readColumns(db.connection, sql),
    async append(table, columns) {
      const names = Object.keys(columns).map(identifier).join(', ');
      const staging = `append_${table}`;
      await execute(`CREATE OR REPLACE TEMP TABLE ${staging} AS SELECT ${names} FROM ${table} LIMIT 0`);
      await appendColumns(db.connection, staging, Object.values(columns));
      await execute(`INSERT INTO ${table} (${names}) SELECT ${names} FROM ${staging}`);
      await execute(`DROP TABLE ${staging}`);
    },
    reader: { query, execute },
    async stage(name, readerSql) {
      await execute(`CREATE OR REPLACE TEMP TABLE ${name} AS ${readerSql}`);
    },
    async unstage(name) {
      await execute(`DROP TABLE IF EXISTS temp.${name}`).catch(error => {
        // After a failure inside a transaction nothing runs until its rollback, which takes the table with it.
        if (!/transaction is aborted/i.test(String(error))) throw error;
      });
    },
    exportTo: (sql, file) => execute(`COPY (${sql}) TO ${literal(file)} (${exportFormat(file)})`),
    compact: () => db.compact(),
    async close() {
      db.close();
    },
  };
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
        `${basename(file)}: its ending is none of .csv, .parquet, .json, .jsonl.`,
        'Name the file with one of these endings.',
      );
  }
}
