import { asc, desc, eq } from 'drizzle-orm';
import type { Audience } from '../segmentation/audiences/audience.ts';
import { auditLog } from './audit.ts';
import type { Database } from './database.ts';
import { plainJson } from './plain-json.ts';
import { audiences } from './schema.ts';

export interface AudienceRepository {
  /** Newest first. */
  list(): Promise<Audience[]>;
  byId(handle: string): Promise<Audience | undefined>;
  /** Keeps one; a known one keeps its date and author, and takes the new name. Recorded in the audit. */
  save(audience: Audience): Promise<Audience>;
  /** False where there is none. Recorded in the audit. */
  remove(handle: string, by: { at: string; actor: string }): Promise<boolean>;
}

export function audienceRepository(db: Database): AudienceRepository {
  return {
    async list() {
      const rows = await db
        .select()
        .from(audiences)
        .orderBy(desc(audiences.createdAt), asc(audiences.handle));
      return rows.map(toAudience);
    },
    async byId(handle) {
      const [row] = await db.select().from(audiences).where(eq(audiences.handle, handle));
      return row && toAudience(row);
    },
    async save(unchecked) {
      const { createdAt, ...kept } = plainJson(unchecked, 'audience');
      return db.transaction(async tx => {
        const [row] = await tx
          .insert(audiences)
          .values({ ...kept, createdAt: new Date(createdAt) })
          .onConflictDoUpdate({ target: audiences.handle, set: { name: kept.name } })
          .returning();
        await auditLog(tx).append({
          at: createdAt,
          actor: kept.createdBy,
          action: 'audience.saved',
          subject: kept.handle,
          details: { name: kept.name },
        });
        return toAudience(row!);
      });
    },
    async remove(handle, { at, actor }) {
      return db.transaction(async tx => {
        const [row] = await tx.delete(audiences).where(eq(audiences.handle, handle)).returning();
        if (!row) return false;
        await auditLog(tx).append({
          at,
          actor,
          action: 'audience.removed',
          subject: handle,
          details: { name: row.name },
        });
        return true;
      });
    },
  };
}

function toAudience({ createdAt, ...columns }: typeof audiences.$inferSelect): Audience {
  return { ...columns, createdAt: createdAt.toISOString() };
}
