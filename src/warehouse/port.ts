/**
 * The warehouse holds everything with one row per customer or finer. Two stores stand behind this port:
 * DuckDB (a file, the default) and Postgres. SQL handed to it keeps to what both read; `dialect` names the rest.
 * Text of the store's own tables and of staged ones sorts by code point in both, as do expressions over it.
 */
export interface Warehouse {
  readonly dialect: Dialect;

  /**
   * Rows as plain objects, for small results. BIGINT and NUMERIC arrive as numbers, timestamps as ISO strings.
   * Parameters stand as $1, $2, …; where the type does not follow from a column, cast them: CAST($1 AS BIGINT).
   */
  query<Row extends object>(sql: string, params?: readonly SqlValue[]): Promise<Row[]>;

  /** Runs one statement and returns the number of rows that an INSERT, UPDATE, DELETE or COPY changed. */
  execute(sql: string, params?: readonly SqlValue[]): Promise<number>;

  /**
   * All or nothing, and one at a time: it waits for the transactions of other processes on the same store to end. Inside
   * `work` only the handle it is given may be used; transactions do not nest.
   */
  transaction<T>(work: (tx: Warehouse) => Promise<T>): Promise<T>;

  /** Reads a SELECT whose first column is text and whose other columns are numbers; NULL becomes NaN. */
  columns(sql: string): Promise<NumericColumns>;

  /** Appends rows given by column; every array has the same length. */
  append(table: string, columns: Readonly<Record<string, ArrayLike<string | number | null>>>): Promise<void>;

  /** A DuckDB connection that reads files: the store itself where it is DuckDB, a transient one elsewhere. */
  readonly reader: FileReader;

  /** Makes the temporary table `name` in the store from a SELECT that the reader runs. Dropped with `unstage`. */
  stage(name: string, readerSql: string): Promise<void>;
  unstage(name: string): Promise<void>;

  /** Writes a SELECT to a file; the format follows the ending: .csv, .parquet, .json (lines where .jsonl). */
  exportTo(sql: string, file: string): Promise<number>;

  /**
   * Has what was deleted leave the disk, as far as the store can: a deleted row stays in the file until something is written
   * over it. Takes as long as writing everything anew. Not inside a transaction.
   */
  compact(): Promise<void>;

  close(): Promise<void>;
}

/** The part of DuckDB that reads files. Temporary tables made here are dropped by whoever made them. */
export interface FileReader {
  query<Row extends object>(sql: string): Promise<Row[]>;
  execute(sql: string): Promise<number>;
}

export type SqlValue = string | number | boolean | null;

export interface Dialect {
  readonly name: 'duckdb' | 'postgres';
}

/** `keys[i]` belongs to `values[j][i]` for every column j; `names[j]` is its column. */
export interface NumericColumns {
  keys: string[];
  names: string[];
  values: Float64Array[];
}

/** A literal that is safe to place in SQL text of both stores. */
export function literal(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** A quoted identifier, for column names that come from files. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
