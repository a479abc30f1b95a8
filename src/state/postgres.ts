import { DrizzleQueryError } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { cannotOpen, serverAt } from '../postgres-errors.ts';
import type { OpenDatabase } from './database.ts';
import { migrations } from './migrations.ts';
import * as schema from './schema.ts';

/** Opens the state on a Postgres server. Two processes that open it at once migrate one after the other. */
export async function openPostgresState(url: string): Promise<OpenDatabase> {
  let client: postgres.Sql | undefined;
  try {
    client = postgres(url, {
      max: 1,
      ...(/[?&]connect_timeout=/.test(url) ? {} : { connect_timeout: 8 }),
      onnotice: () => {},
      connection: { application_name: 'kindred', TimeZone: 'UTC', DateStyle: 'ISO' },
    });
    await client`SELECT pg_advisory_lock(hashtext('kindred state'))`;
    const db = drizzle(client, { schema });
    await migrate(db, migrations);
    await client`SELECT pg_advisory_unlock(hashtext('kindred state'))`;
    const opened = client;
    return { db, place: serverAt(url), close: () => opened.end({ timeout: 5 }) };
  } catch (error) {
    await client?.end({ timeout: 1 });
    // Drizzle's own error tells the query; why it failed stands behind it.
    throw cannotOpen('DATABASE_URL', url, error instanceof DrizzleQueryError ? error.cause : error);
  }
}
