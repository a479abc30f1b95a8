import { eq, isNotNull, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { erasures } from './schema.ts';

/** A wish to be forgotten that is not carried out everywhere yet. */
export interface StandingErasure {
  id: number;
  /** ISO time. */
  requestedAt: string;
  requestedBy: string;
  /** Sealed. */
  person: string;
  pending: string[];
  done: Record<string, number | string>;
}

export interface ErasureRepository {
  open(erasure: Omit<StandingErasure, 'id'>): Promise<number>;
  /** Oldest first. */
  standing(): Promise<StandingErasure[]>;
  progress(id: number, change: Pick<StandingErasure, 'pending' | 'done'>): Promise<void>;
  /** Nothing is pending: who it was is forgotten here too. */
  finish(id: number, done: StandingErasure['done'], at: string): Promise<void>;
  /**
   * Has `redacted` look at every text that is kept, those within JSON included; one that it changes is kept so. Only texts
   * that hold one of `words` (lower case) are shown to it. Returns how many rows were changed, by table.
   */
  redact(
    words: readonly string[],
    redacted: (text: string, table: string) => string,
  ): Promise<Record<string, number>>;
  /** Has what was deleted leave the disk, as far as the database can. */
  compact(): Promise<void>;
}

/** Secrets are sealed, and the people of erasures too; models hold no text of a person, and are long. */
const notLookedAt = ['erasures', 'connections', 'installation', 'models', 'segments'];

export function erasureRepository(db: Database): ErasureRepository {
  return {
    async open({ requestedAt, ...erasure }) {
      const [row] = await db
        .insert(erasures)
        .values({ ...erasure, requestedAt: new Date(requestedAt) })
        .returning({ id: erasures.id });
      return row!.id;
    },
    async standing() {
      const rows = await db.select().from(erasures).where(isNotNull(erasures.person)).orderBy(erasures.id);
      return rows.map(({ finishedAt: _, requestedAt, person, ...row }) => ({
        ...row,
        person: person!,
        requestedAt: requestedAt.toISOString(),
      }));
    },
    async progress(id, change) {
      await db.update(erasures).set(change).where(eq(erasures.id, id));
    },
    async finish(id, done, at) {
      await db
        .update(erasures)
        .set({ person: null, pending: [], done, finishedAt: new Date(at) })
        .where(eq(erasures.id, id));
    },
    redact: (words, redacted) => db.transaction(tx => redactAll(tx, words, redacted)),
    async compact() {
      for (const table of await tablesOf(db))
        await db.execute(sql.raw(`VACUUM (FULL, ANALYZE) kindred_state.${quoted(table)}`));
      // The log of changes holds what was deleted, in files that are otherwise kept for use again.
      await db.execute(sql.raw('SET wal_recycle = off')).catch(() => {});
      for (let i = 0; i < 2; i++) {
        await db.execute(sql.raw('SELECT pg_switch_wal()')).catch(() => {});
        await db.execute(sql.raw('CHECKPOINT')).catch(() => {});
      }
    },
  };
}

async function redactAll(
  tx: Database,
  words: readonly string[],
  redacted: (text: string, table: string) => string,
): Promise<Record<string, number>> {
  const changed: Record<string, number> = {};
  if (words.length === 0) return changed;
  for (const table of await tablesOf(tx)) {
    if (notLookedAt.includes(table)) continue;
    const columns = rowsOf<{ name: string; type: string }>(
      await tx.execute(sql`SELECT column_name AS name, data_type AS type FROM information_schema.columns
        WHERE table_schema = 'kindred_state' AND table_name = ${table} AND data_type IN ('text', 'jsonb')
          AND column_name NOT IN (${keyColumns(table)})
        ORDER BY ordinal_position`),
    );
    if (columns.length === 0) continue;
    const texts = sql.join(
      columns.map(({ name }) => sql`coalesce(lower(${sql.identifier(name)}::text), '')`),
      sql.raw(" || ' ' || "),
    );
    const told = sql.join(
      words.map(word => sql`strpos(${texts}, ${word}) > 0`),
      sql.raw(' OR '),
    );
    const own = sql`kindred_state.${sql.identifier(table)}`;
    const rows = rowsOf<Record<string, unknown>>(
      await tx.execute(sql`SELECT ctid::text AS "its place", * FROM ${own} WHERE ${told}`),
    );
    for (const row of rows) {
      const sets = columns.flatMap(({ name, type }) => {
        const before = JSON.stringify(row[name]);
        const after = JSON.stringify(within(row[name], text => redacted(text, table)));
        if (before === after) return [];
        const value = type === 'jsonb' ? sql`${after}::jsonb` : sql`${JSON.parse(after)}`;
        return [sql`${sql.identifier(name)} = ${value}`];
      });
      if (sets.length === 0) continue;
      await tx.execute(
        sql`UPDATE ${own} SET ${sql.join(sets, sql.raw(', '))} WHERE ctid = ${row['its place']}::tid`,
      );
      changed[table] = (changed[table] ?? 0) + 1;
    }
  }
  return changed;
}

/** What rows are known by and refer to each other by: changed, two of them may become one, or belong nowhere. */
const keyColumns = (table: string) => sql`SELECT a.attname FROM pg_constraint AS c
  JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
  WHERE c.contype IN ('p', 'f') AND c.conrelid = to_regclass('kindred_state.' || quote_ident(${table}))`;

async function tablesOf(db: Database): Promise<string[]> {
  const rows = rowsOf<{ name: string }>(
    await db.execute(sql`SELECT table_name AS name FROM information_schema.tables
      WHERE table_schema = 'kindred_state' AND table_type = 'BASE TABLE' ORDER BY table_name`),
  );
  return rows.map(({ name }) => name);
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** PGlite hands out an object with rows, a server's driver the rows themselves. */
function rowsOf<Row>(result: unknown): Row[] {
  return (Array.isArray(result) ? result : (result as { rows: Row[] }).rows) as Row[];
}

function within(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map(one => within(one, change));
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [change(key), within(one, change)]));
}
