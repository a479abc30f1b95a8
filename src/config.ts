import { resolve } from 'node:path';
import { z } from 'zod';
import { InputError } from './errors.ts';

const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgres://');

const environment = z.object({
  KINDRED_DATA: z.string().default('./data'),
  WAREHOUSE_URL: postgresUrl.optional(),
  DATABASE_URL: postgresUrl.optional(),
  KINDRED_THREADS: z.coerce.number().int().min(1).max(64).optional(),
  KINDRED_MEMORY_MB: z.coerce.number().int().min(64).optional(),
});

export interface Config {
  /** Absolute path of the folder that holds the stores. */
  dataDir: string;
  /** Postgres for the warehouse; DuckDB in `dataDir` where absent. */
  warehouseUrl: string | undefined;
  /** Postgres for the state; PGlite in `dataDir` where absent. */
  databaseUrl: string | undefined;
  /** Worker threads; the number never changes a result. */
  threads: number | undefined;
  /** Memory that DuckDB may take before it spills to disk, in MB; as much as the data asks for where absent. */
  memoryMb: number | undefined;
}

/** The one place that reads the environment. `dataDir` from the command line wins; a blank means that it is not set. */
export function readConfig(env: NodeJS.ProcessEnv, dataDir?: string): Config {
  const told = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(told);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new InputError(`${issue.path.join('.')}: ${issue.message}`, 'Correct this environment variable.');
  }
  const { KINDRED_DATA, WAREHOUSE_URL, DATABASE_URL, KINDRED_THREADS, KINDRED_MEMORY_MB } = parsed.data;
  return {
    dataDir: resolve(dataDir || KINDRED_DATA),
    warehouseUrl: WAREHOUSE_URL,
    databaseUrl: DATABASE_URL,
    threads: KINDRED_THREADS,
    memoryMb: KINDRED_MEMORY_MB,
  };
}
