import { defineConfig } from 'drizzle-kit';

/** `npm run db:generate` writes a migration after a change of src/state/schema.ts. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './src/state/schema.ts',
  out: './drizzle',
});
