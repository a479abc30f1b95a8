import { and, asc, eq, sql } from 'drizzle-orm';
import type { Cursor } from '../sources/pull/source.ts';
import type { Database } from './database.ts';
import { plainJson } from './plain-json.ts';
import { pulls } from './schema.ts';

/** How far a stream of a connection was pulled. */
export interface Pull {
  connection: string;
  stream: string;
  /** null at the beginning. */
  cursor: Cursor | null;
  /** Records of the vendor in all pages so far. */
  received: number;
  /** When it was last pulled to its end (ISO); null before. */
  completeAt: string | null;
  storedAt: string;
}

export interface PullRepository {
  /** By connection and stream; of one connection, or all. */
  of(connection?: string): Promise<Pull[]>;
  /**
   * Once everything before the cursor is stored; `received` adds to what was received before.
   *
   * @param before how far it was pulled as last seen; undefined where it was not
   * @returns how far it is now; undefined where somebody else has pulled on meanwhile, and nothing was kept
   */
  store(
    connection: string,
    stream: string,
    page: { cursor: Cursor; received: number; at: string },
    before: Pull | undefined,
  ): Promise<Pull | undefined>;
  /** Pulled to its end, with pages or without. */
  complete(connection: string, stream: string, at: string): Promise<void>;
  /** All from the beginning again. */
  reset(connection: string): Promise<void>;
}

export function pullRepository(db: Database): PullRepository {
  return {
    async of(connection) {
      const rows = await db
        .select()
        .from(pulls)
        .where(connection === undefined ? undefined : eq(pulls.connection, connection))
        .orderBy(asc(pulls.connection), asc(pulls.stream));
      return rows.map(toPull);
    },
    async store(connection, stream, { cursor: given, received, at }, before) {
      const cursor = plainJson({ ...given }, 'pull.cursor');
      const storedAt = new Date(at);
      const kept = before
        ? await db
            .update(pulls)
            .set({ cursor, storedAt, received: sql`${pulls.received} + ${received}` })
            .where(
              and(
                eq(pulls.connection, connection),
                eq(pulls.stream, stream),
                eq(pulls.received, before.received),
                sql`${pulls.cursor} = ${JSON.stringify(before.cursor ?? {})}::jsonb`,
              ),
            )
            .returning()
        : await db
            .insert(pulls)
            .values({ connection, stream, cursor, received, storedAt })
            .onConflictDoNothing()
            .returning();
      return kept[0] && toPull(kept[0]);
    },
    async complete(connection, stream, at) {
      const completeAt = new Date(at);
      await db
        .insert(pulls)
        .values({ connection, stream, cursor: {}, received: 0, completeAt, storedAt: completeAt })
        .onConflictDoUpdate({ target: [pulls.connection, pulls.stream], set: { completeAt } });
    },
    async reset(connection) {
      await db.delete(pulls).where(eq(pulls.connection, connection));
    },
  };
}

function toPull({ completeAt, storedAt, cursor, ...row }: typeof pulls.$inferSelect): Pull {
  return {
    ...row,
    // A stream without pages was never anywhere.
    cursor: Object.keys(cursor).length > 0 ? cursor : null,
    completeAt: completeAt?.toISOString() ?? null,
    storedAt: storedAt.toISOString(),
  };
}
