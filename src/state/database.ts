import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type * as schema from './schema.ts';

/** Drizzle over PGlite, over Postgres, or a transaction on either. Inside a transaction only `tx` may be used. */
export type Database = PgDatabase<PgQueryResultHKT, typeof schema>;

export interface OpenDatabase {
  db: Database;
  /** Names it in messages. */
  place: string;
  close(): Promise<void>;
}
