import { connect, type DuckDb, type DuckDbOptions, overConnection } from './duckdb.ts';
import type { FileReader } from './port.ts';

export interface TransientReader {
  database(): Promise<DuckDb>;
  files: FileReader;
  close(): Promise<void>;
}

/** The in-memory DuckDB that reads and writes files; it starts when a file is first read or written. */
export function transientReader(options: Omit<DuckDbOptions, 'file'>): TransientReader {
  let opened: Promise<DuckDb> | undefined;
  const database = () => {
    opened ??= connect({ ...options, file: ':memory:' });
    return opened;
  };
  const warehouse = async () => overConnection(await database());
  return {
    database,
    files: {
      query: async sql => (await warehouse()).query(sql),
      execute: async sql => (await warehouse()).execute(sql),
    },
    async close() {
      const db = await opened;
      db?.close();
    },
  };
}
