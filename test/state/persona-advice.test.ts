import { readFileSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { expect, test } from 'vitest';

const folder = new URL('../../drizzle/', import.meta.url);

async function migrate(db: PGlite, name: string): Promise<void> {
  const sql = readFileSync(new URL(`${name}.sql`, folder), 'utf8');
  for (const statement of sql.split('--> statement-breakpoint')) await db.exec(statement);
}

test('personas from before there was advice on what to avoid can be read, each with a name for ad platforms', async () => {
  const db = new PGlite();
  try {
    for (const name of ['0000_state', '0001_living_segments', '0002_predictions', '0003_agent'])
      await migrate(db, name);
    await db.exec(`
      INSERT INTO kindred_state.models (id, kind, fingerprint, status, as_of, created_at, body)
        VALUES ('m-1', 'rfm', 'f', 'current', '2011-12-10', now(), '{}');
      INSERT INTO kindred_state.segments
          (model_id, key, position, size, share, revenue, revenue_share, confidence, body)
        SELECT 'm-1', key, place, 20, 0.5, 1, 0.5, 1, '{}'
        FROM (VALUES ('regulars', 1), ('others', 0)) AS known (key, place);
      INSERT INTO kindred_state.personas
          (model_id, segment_key, name, sentence, paragraph, evidence, action, author)
        SELECT 'm-1', key, key, 's', 'p', '[]', 'a', 'deterministic' FROM kindred_state.segments;`);
    await migrate(db, '0004_persona_advice');
    const { rows } = await db.query(
      'SELECT segment_key, avoid, neutral_name FROM kindred_state.personas ORDER BY segment_key',
    );
    expect(rows).toEqual([
      { segment_key: 'others', avoid: '', neutral_name: 'List 1' },
      { segment_key: 'regulars', avoid: '', neutral_name: 'List 2' },
    ]);
  } finally {
    await db.close();
  }
});
