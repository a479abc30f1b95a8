import { asc, desc, eq } from 'drizzle-orm';
import type { Trigger } from '../segmentation/triggers/trigger.ts';
import { auditLog } from './audit.ts';
import type { Database } from './database.ts';
import { plainJson } from './plain-json.ts';
import { triggers } from './schema.ts';

export interface TriggerRepository {
  /** Newest first. */
  list(): Promise<Trigger[]>;
  byId(id: string): Promise<Trigger | undefined>;
  /** Keeps one; a known one keeps its date and author, and takes the new name. Recorded in the audit. */
  save(trigger: Trigger): Promise<Trigger>;
  /** False where there is none. Recorded in the audit. */
  remove(id: string, by: { at: string; actor: string }): Promise<boolean>;
}

export function triggerRepository(db: Database): TriggerRepository {
  return {
    async list() {
      const rows = await db.select().from(triggers).orderBy(desc(triggers.createdAt), asc(triggers.id));
      return rows.map(toTrigger);
    },
    async byId(id) {
      const [row] = await db.select().from(triggers).where(eq(triggers.id, id));
      return row && toTrigger(row);
    },
    async save(unchecked) {
      const { createdAt, ...kept } = plainJson(unchecked, 'trigger');
      return db.transaction(async tx => {
        const [row] = await tx
          .insert(triggers)
          .values({ ...kept, createdAt: new Date(createdAt) })
          .onConflictDoUpdate({ target: triggers.id, set: { name: kept.name } })
          .returning();
        await auditLog(tx).append({
          at: createdAt,
          actor: kept.createdBy,
          action: 'trigger.saved',
          subject: kept.id,
          details: { name: kept.name },
        });
        return toTrigger(row!);
      });
    },
    async remove(id, { at, actor }) {
      return db.transaction(async tx => {
        const [row] = await tx.delete(triggers).where(eq(triggers.id, id)).returning();
        if (!row) return false;
        await auditLog(tx).append({
          at,
          actor,
          action: 'trigger.removed',
          subject: id,
          details: { name: row.name },
        });
        return true;
      });
    },
  };
}

function toTrigger({ createdAt, ...columns }: typeof triggers.$inferSelect): Trigger {
  return { ...columns, createdAt: createdAt.toISOString() };
}
