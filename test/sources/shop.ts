import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { silent } from '../../src/progress.ts';
import { type ImportReport, importPaths } from '../../src/sources/import.ts';
import { openDuckDb } from '../../src/warehouse/duckdb.ts';
import type { Warehouse } from '../../src/warehouse/port.ts';
import { canonicalTables } from '../../src/warehouse/schema.ts';

export const importedAt = '2026-11-22T09:00:00.000Z';

/** A store in memory and a folder for files of the test's own. */
export interface Shop {
  warehouse: Warehouse;
  dir: string;
  tempDir: string;
  /** Writes a file into the folder and returns its path. */
  file(name: string, content: string | Buffer): Promise<string>;
  import(paths: string | string[], options?: { format?: string; source?: string }): Promise<ImportReport>;
  query<Row extends object>(sql: string): Promise<Row[]>;
  /** Everything that is stored, as comparable text. */
  dump(): Promise<string[]>;
  close(): Promise<void>;
}

export async function openShop(open?: () => Promise<Warehouse>): Promise<Shop> {
  const dir = await mkdtemp(join(tmpdir(), 'kindred-sources-'));
  const warehouse = await (open ? open() : openDuckDb({ file: ':memory:', threads: 2 }));
  const tempDir = join(dir, '.temporary');
  const tables = [...Object.keys(canonicalTables), 'identities', 'imports', 'rejects'];
  return {
    warehouse,
    dir,
    tempDir,
    async file(name, content) {
      const path = join(dir, name);
      await writeFile(path, name.endsWith('.gz') ? gzipSync(content) : content);
      return path;
    },
    import: (paths, options = {}) =>
      importPaths(warehouse, { paths: [paths].flat(), importedAt, tempDir, ...options }, silent),
    query: sql => warehouse.query(sql),
    async dump() {
      const rows: string[] = [];
      for (const table of tables) {
        const found = await warehouse.query(`SELECT * FROM ${table}`);
        rows.push(...found.map(row => `${table} ${JSON.stringify(row)}`).sort());
      }
      return rows;
    },
    async close() {
      await warehouse.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

export const orders = (...rows: string[]): string =>
  `order_id,customer_id,ordered_at,total,currency,status\n${rows.map(row => `${row}\n`).join('')}`;
