import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { afterAll, describe, expect, test } from 'vitest';
import { migrations } from '../../src/state/migrations.ts';
import { openState } from '../../src/state/state.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { exampleChange } from './example-change.ts';
import { exampleModel } from './example-model.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

describe('a Postgres server', () => {
  test('may be opened by several at once while its tables are still missing', async () => {
    const url = await freshDatabase();
    const states = await Promise.all([1, 2, 3].map(() => openState({ dataDir: folder.path, url })));
    expect(new Set(states.map(({ owner }) => owner)).size).toBe(1);
    await states[0]!.apply(exampleChange());
    expect((await states[2]!.models.current())?.id).toBe('m-1');
    await Promise.all(states.map(state => state.close()));
  });

  test('gives a whole model to who reads it while another server changes it', async () => {
    const url = await freshDatabase();
    const [state, other] = await Promise.all([1, 2].map(() => openState({ dataDir: folder.path, url })));
    const whole = exampleModel();
    const less = exampleModel({ segments: [exampleModel().segments[1]!], centroids: [[1, 3]] });
    await state!.apply(exampleChange(whole));
    let changing = true;
    const changes = (async () => {
      for (let turn = 1; turn <= 20; turn++)
        await state!.apply(exampleChange(turn % 2 ? less : whole, { fingerprint: `r-${turn}` }));
      changing = false;
    })();
    while (changing) {
      const read = await other!.models.current();
      expect(read).toEqual(read!.segments.length === 1 ? less : whole);
    }
    await changes;
    await Promise.all([state!.close(), other!.close()]);
  });

  test('of an older version: its models can no longer stand, but are kept', async () => {
    const url = await freshDatabase();
    const sql = postgres(url, { max: 1, onnotice: () => {} });
    await migrate(drizzle(sql), { ...migrations, migrationsFolder: firstMigration() });
    await sql`INSERT INTO kindred_state.models (id, kind, fingerprint, status, as_of, created_at, body)
      VALUES ('m-old', 'clusters', 'f', 'current', '2011-12-10', '2025-01-01', '{"recipe": {}}')`;
    await sql.end();
    const state = await openState({ dataDir: folder.path, url });
    expect(await state.models.current()).toBeUndefined();
    expect(await state.models.list()).toMatchObject([{ id: 'm-old', status: 'superseded' }]);
    await state.apply(exampleChange());
    await state.close();
    const again = await openState({ dataDir: folder.path, url });
    expect((await again.models.current())?.id).toBe('m-1');
    expect(again.owner).toBe(state.owner);
    await again.close();
  });

  test('may hold other tables beside, and other migrations', async () => {
    const url = await freshDatabase();
    const sql = postgres(url, { max: 1 });
    await sql`CREATE TABLE models (id int)`;
    await sql`CREATE SCHEMA drizzle`;
    await sql`CREATE TABLE drizzle.__drizzle_migrations (id serial, hash text, created_at bigint)`;
    await sql`INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES ('x', 99999999999999)`;
    const state = await openState({ dataDir: folder.path, url });
    await state.apply(exampleChange());
    await state.close();
    expect(await sql`SELECT * FROM models`).toHaveLength(0);
    await sql.end();
  });

  test('that gives no right to make tables says so', async () => {
    const url = new URL(await freshDatabase());
    const sql = postgres(url.href, { max: 1 });
    await sql`CREATE ROLE without_rights LOGIN PASSWORD 'weak'`;
    url.username = 'without_rights';
    url.password = 'weak';
    await expect(openState({ dataDir: folder.path, url: url.href })).rejects.toMatchObject({
      mender: 'operator',
      message: expect.stringContaining('permission denied for database'),
    });
    await sql`DROP ROLE without_rights`;
    await sql.end();
  });

  test('that cannot be reached is an operator error that names the host and not the password', async () => {
    const opening = openState({ dataDir: folder.path, url: 'postgres://me:secret@127.0.0.1:9/kindred' });
    await expect(opening).rejects.toMatchObject({
      mender: 'operator',
      message: expect.stringMatching(/^PostgreSQL at 127\.0\.0\.1:9\/kindred cannot be used: (?!.*secret)/),
      next: expect.stringContaining('DATABASE_URL'),
    });
  });
});

/** The migrations as the first version had them. */
function firstMigration(): string {
  const target = folder.file('first-migration');
  cpSync(migrations.migrationsFolder, target, { recursive: true });
  const journalFile = join(target, 'meta/_journal.json');
  const journal = JSON.parse(readFileSync(journalFile, 'utf8'));
  writeFileSync(journalFile, JSON.stringify({ ...journal, entries: journal.entries.slice(0, 1) }));
  return target;
}
