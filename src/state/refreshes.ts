import { asc, desc } from 'drizzle-orm';
import type { RefreshRecord } from '../segmentation/refresh/record.ts';
import type { Database } from './database.ts';
import { refreshes } from './schema.ts';

export interface RefreshRepository {
  /** Oldest first, of all models: the history of the shop's segments. */
  list(): Promise<RefreshRecord[]>;
  latest(): Promise<RefreshRecord | undefined>;
}

export function refreshRepository(db: Database): RefreshRepository {
  return {
    async list() {
      const rows = await db.select().from(refreshes).orderBy(asc(refreshes.asOf), asc(refreshes.id));
      return rows.map(toRecord);
    },
    async latest() {
      const newest = [desc(refreshes.asOf), desc(refreshes.id)];
      const [row] = await db
        .select()
        .from(refreshes)
        .orderBy(...newest)
        .limit(1);
      return row && toRecord(row);
    },
  };
}

export async function insertRecord(tx: Database, record: RefreshRecord): Promise<void> {
  const { modelId, asOf, kind, createdAt, fingerprint, ...body } = record;
  await tx
    .insert(refreshes)
    .values({ modelId, asOf, kind, createdAt: new Date(createdAt), fingerprint, body });
}

function toRecord({ id: _, createdAt, body, ...columns }: typeof refreshes.$inferSelect): RefreshRecord {
  return { ...columns, createdAt: createdAt.toISOString(), ...body };
}
