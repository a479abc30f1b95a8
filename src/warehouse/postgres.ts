import type { Sql } from 'postgres';
import { codeOf } from '../errors.ts';
import { asPostgresError, cannotOpen, serverAt } from '../postgres-errors.ts';
import { type DuckDbOptions, exportFormat } from './duckdb.ts';
import { identifier, type SqlValue, type Warehouse } from './port.ts';
import { readColumns } from './postgres-columns.ts';
import {
  copyLines,
  type DescribedColumn,
  linesOfColumns,
  linesOfReader,
  postgresType,
} from './postgres-copy.ts';
import { copyIn } from './postgres-copy-in.ts';
import { exportRows } from './postgres-export.ts';
import { byteOrderedText, oneWriter, openSession, type Session, schemaName } from './postgres-session.ts';
import { prepareTables } from './prepare-tables.ts';
import { type Operations, type Transact, withTransactions } from './transaction.ts';
import { type TransientReader, transientReader } from './transient-reader.ts';

/** `threads`, `memoryMb` and `spillDir` are for the DuckDB that reads and writes files. */
export interface PostgresOptions extends Omit<DuckDbOptions, 'file'> {
  /** postgres://user:password@host:port/database; `?sslmode=` and `?connect_timeout=` work as in libpq. */
  url: string;
}

/** Opens the Postgres warehouse and brings its tables up to date. */
export async function openPostgres(options: PostgresOptions): Promise<Warehouse> {
  const { url, ...readerOptions } = options;
  const { sql, text } = await openReady(url);
  const reader = transientReader(readerOptions);
  const close = async () => {
    await reader.close();
    await sql.end({ timeout: 5 });
  };
  const store = { url, text, reader, close };
  const transact: Transact = async <T>(work: (operations: Operations) => Promise<T>): Promise<T> => {
    const results: T[] = [];
    await explained(url, () =>
      sql.begin(async tx => {
        await oneWriter(tx);
        results.push(await work(operationsOn(tx, store)));
        // A COMMIT after a failed COPY that the work has caught would roll back without a word; this speaks.
        await tx.unsafe('SELECT 1');
      }),
    );
    return results[0]!;
  };
  return withTransactions(operationsOn(sql, store), transact);
}

async function openReady(url: string): Promise<{ sql: Sql; text: string }> {
  let sql: Sql | undefined;
  try {
    sql = openSession(url);
    const text = await byteOrderedText(sql);
    await sql.begin(async tx => {
      await oneWriter(tx);
      await tx.unsafe(`CREATE SCHEMA IF NOT EXISTS ${schemaName}`);
      await prepareTables(
        {
          query: async <Row extends object>(statement: string) => [...(await tx.unsafe<Row[]>(statement))],
          execute: statement => tx.unsafe(statement),
        },
        text,
      );
    });
    return { sql, text };
  } catch (error) {
    await sql?.end({ timeout: 1 });
    throw cannotOpen('WAREHOUSE_URL', url, error);
  }
}

interface Store {
  url: string;
  /** The type of text columns, with its collation. */
  text: string;
  reader: TransientReader;
  close(): Promise<void>;
}

function operationsOn(sql: Session, { url, text, reader, close }: Store): Operations {
  const run = <T>(call: () => Promise<T>): Promise<T> => explained(url, call);
  const execute = (statement: string, params: readonly SqlValue[] = []): Promise<number> =>
    run(async () => (await sql.unsafe(statement, [...params])).count ?? 0);
  const copyInto = (
    table: string,
    names: readonly string[],
    blocks: Iterable<Buffer> | AsyncIterable<Buffer>,
  ) => copyIn(sql, `COPY ${table} (${names.map(identifier).join(', ')}) FROM STDIN`, blocks);
  return {
    dialect: { name: 'postgres' },
    query: <Row extends object>(statement: string, params: readonly SqlValue[] = []): Promise<Row[]> =>
      run(async () => [...(await sql.unsafe<Row[]>(statement, [...params]))]),
    execute,
    columns: select => run(() => readColumns(sql, select)),
    append: (table, columns) =>
      run(() => copyInto(table, Object.keys(columns), linesOfColumns(Object.values(columns)))),
    reader: reader.files,
    stage: (name, readerSql) =>
      run(async () => {
        const columns = await reader.files.query<DescribedColumn>(`DESCRIBE ${readerSql}`);
        const definitions = columns.map(
          ({ column_name, column_type }) => `${identifier(column_name)} ${postgresType(column_type, text)}`,
        );
        await sql.unsafe(`DROP TABLE IF EXISTS pg_temp.${name}`);
        await sql.unsafe(`CREATE TEMP TABLE ${name} (${definitions.join(', ')})`);
        const { connection } = await reader.database();
        const names = columns.map(({ column_name }) => column_name);
        await copyInto(`pg_temp.${name}`, names, linesOfReader(connection, copyLines(readerSql, columns)));
        // Without statistics the planner takes a fresh table for a tiny one and joins it by nested loops.
        await sql.unsafe(`ANALYZE pg_temp.${name}`);
      }),
    unstage: name =>
      run(async () => {
        await sql.unsafe(`DROP TABLE IF EXISTS pg_temp.${name}`).catch(error => {
          // After a failure inside a transaction nothing runs until its rollback, which takes the table with it.
          if (codeOf(error) !== '25P02') throw error;
        });
      }),
    exportTo: (select, file) =>
      run(async () => {
        exportFormat(file);
        return exportRows(sql, await reader.database(), select, file);
      }),
    compact: () =>
      run(async () => {
        const tables = await sql.unsafe<{ name: string }[]>(
          `SELECT table_name AS name FROM information_schema.tables
           WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name`,
        );
        for (const { name } of tables) await sql.unsafe(`VACUUM (FULL, ANALYZE) ${identifier(name)}`);
      }),
    close,
  };
}

async function explained<T>(url: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw asPostgresError(serverAt(url), error);
  }
}
