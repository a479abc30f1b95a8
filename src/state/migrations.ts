import { fileURLToPath } from 'node:url';

/** The package's own folder: two up from src/state as from dist/state. The table's name leaves room for others. */
export const migrations = {
  migrationsFolder: fileURLToPath(new URL('../../drizzle', import.meta.url)),
  migrationsTable: 'kindred_migrations',
};
