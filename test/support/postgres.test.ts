import postgres from 'postgres';
import { expect, test } from 'vitest';
import { freshDatabase } from './fresh-database.ts';

test('each asker gets an empty database of its own on a real server', async () => {
  const [first, second] = await Promise.all([freshDatabase(), freshDatabase()]);
  expect(first).not.toBe(second);
  const sql = postgres(first, { max: 1 });
  try {
    const [row] = await sql`SELECT current_setting('server_version_num')::int AS version,
      (SELECT count(*)::int FROM pg_class WHERE relnamespace = 'public'::regnamespace) AS tables`;
    expect(row!.version).toBeGreaterThan(180_000);
    expect(row!.tables).toBe(0);
  } finally {
    await sql.end();
  }
});
