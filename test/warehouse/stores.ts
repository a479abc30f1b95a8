import { openDuckDb } from '../../src/warehouse/duckdb.ts';
import type { Warehouse } from '../../src/warehouse/port.ts';
import { openPostgres } from '../../src/warehouse/postgres.ts';
import { freshDatabase } from '../support/fresh-database.ts';

/** Both stores behind the port, each opened empty. */
export const stores: readonly { store: string; open: () => Promise<Warehouse> }[] = [
  { store: 'DuckDB', open: () => openDuckDb({ file: ':memory:' }) },
  { store: 'Postgres', open: async () => openPostgres({ url: await freshDatabase() }) },
];
