import type { Database } from './database.ts';
import { installation } from './schema.ts';

/** The id of this state, made at its first opening; of several processes that open it at once, one makes it. */
export async function ownerOf(db: Database): Promise<string> {
  const known = await db.select().from(installation);
  if (known[0]) return known[0].owner;
  await db.insert(installation).values({}).onConflictDoNothing();
  const [made] = await db.select().from(installation);
  return made!.owner;
}

/** Writers that first look and then write take turns: each holds the one row until its transaction ends. */
export async function oneWriter(tx: Database): Promise<void> {
  await tx.select().from(installation).for('update');
}
