import { eq } from 'drizzle-orm';
import type { Database } from './database.ts';
import { plainJson } from './plain-json.ts';
import { digests } from './schema.ts';

/** As it was written then; whoever reads it parses it with the shape of today. */
type KeptDigest = Record<string, unknown>;

export interface DigestRepository {
  /**
   * Keeps the digest of a refresh unless it has one.
   *
   * @param refresh its `refreshKey`
   * @returns the one that is kept: the first
   */
  keep(refresh: string, digest: KeptDigest, at: string): Promise<KeptDigest>;
  get(refresh: string): Promise<KeptDigest | undefined>;
}

export function digestRepository(db: Database): DigestRepository {
  const get = async (refresh: string) => {
    const [row] = await db.select({ body: digests.body }).from(digests).where(eq(digests.refresh, refresh));
    return row?.body;
  };
  return {
    get,
    async keep(refresh, digest, at) {
      const body = plainJson(digest, 'digest');
      const [kept] = await db
        .insert(digests)
        .values({ refresh, body, at: new Date(at) })
        .onConflictDoNothing()
        .returning();
      return kept?.body ?? (await get(refresh))!;
    },
  };
}
