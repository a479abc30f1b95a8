import { and, asc, desc, eq } from 'drizzle-orm';
import type { RefreshRecord } from '../segmentation/refresh/record.ts';
import type { Database } from './database.ts';
import { refreshes } from './schema.ts';

export interface RefreshRepository {
  /** Oldest first, of all models: the history of the shop's segments. */
  list(): Promise<RefreshRecord[]>;
  latest(): Promise<RefreshRecord | undefined>;
  /** The last ones, oldest first: a whole history takes a while to read. */
  recent(most: number): Promise<RefreshRecord[]>;
  /** What happened when, oldest first. */
  dates(): Promise<Pick<RefreshRecord, 'asOf' | 'kind' | 'modelId'>[]>;
}

export function refreshRepository(db: Database): RefreshRepository {
  const recent = async (most: number) => {
    const newest = [desc(refreshes.asOf), desc(refreshes.id)];
    const rows = await db
      .select()
      .from(refreshes)
      .orderBy(...newest)
      .limit(most);
    return rows.map(toRecord).reverse();
  };
  return {
    async list() {
      const rows = await db.select().from(refreshes).orderBy(asc(refreshes.asOf), asc(refreshes.id));
      return rows.map(toRecord);
    },
    async latest() {
      return (await recent(1))[0];
    },
    recent,
    async dates() {
      const { asOf, kind, modelId, id } = refreshes;
      return db.select({ asOf, kind, modelId }).from(refreshes).orderBy(asc(asOf), asc(id));
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
