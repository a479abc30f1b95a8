import { and, asc, desc, eq } from 'drizzle-orm';
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

/** What is told of a record that was computed again: findings do not follow from what its fingerprint is of alone. */
export async function restateRecord(tx: Database, record: RefreshRecord): Promise<void> {
  const { modelId, asOf, kind, createdAt: _, fingerprint, ...body } = record;
  const same = and(
    eq(refreshes.modelId, modelId),
    eq(refreshes.asOf, asOf),
    eq(refreshes.kind, kind),
    eq(refreshes.fingerprint, fingerprint),
  );
  await tx.update(refreshes).set({ body }).where(same);
}

function toRecord({ id: _, createdAt, body, ...columns }: typeof refreshes.$inferSelect): RefreshRecord {
  return { ...columns, createdAt: createdAt.toISOString(), ...body };
}
