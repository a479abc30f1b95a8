import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDuckDb } from '../../src/warehouse/duckdb.ts';
import type { Warehouse } from '../../src/warehouse/port.ts';
import { openPostgres } from '../../src/warehouse/postgres.ts';
import { freshDatabase } from '../support/fresh-database.ts';

/** Both stores behind the port, each opened empty. */
export const stores: readonly { store: string; open: () => Promise<Warehouse> }[] = [
  { store: 'DuckDB', open: () => openDuckDb({ file: ':memory:' }) },
  { store: 'Postgres', open: async () => openPostgres({ url: await freshDatabase() }) },
];

export function temporaryFolder(): { path: string; file(name: string): string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'kindred-test-'));
  return {
    path,
    file: name => join(path, name),
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
