import { and, asc, desc, eq, ne } from 'drizzle-orm';
import type { Sync } from '../activation/sync.ts';
import { auditLog } from './audit.ts';
import type { Database } from './database.ts';
import { plainJson } from './plain-json.ts';
import { supersedeProposals } from './proposals.ts';
import { syncs } from './schema.ts';
import { sayableSync, syncNumber, toSync } from './sync-rows.ts';

export interface SyncRepository {
  /** Newest first. */
  list(): Promise<Sync[]>;
  byId(id: string): Promise<Sync | undefined>;
  /** The one of an audience and a connection that has not ended. */
  standing(audience: string, connection: string): Promise<Sync | undefined>;
  /**
   * Keeps a new one, which waits; one of the same audience and connection that still waits takes what it says, but its key,
   * and what was proposed of it before cannot be approved any more.
   */
  open(sync: Omit<Sync, 'id' | 'status' | 'endedAt'>): Promise<Sync>;
  /**
   * Has syncs over a connection wait for a person, as it leads to another account: what was planned for the one before cannot
   * be approved, and lists are looked up anew. Returns those that were paused.
   */
  moved(connection: string, by: { at: string; by: string }): Promise<string[]>;
  setTarget(id: string, target: Sync['target']): Promise<void>;
  /** False where it is not one of `from`. Recorded in the audit. */
  setStatus(
    id: string,
    change: { from: readonly Sync['status'][]; to: Sync['status']; at: string; by: string },
  ): Promise<boolean>;
}

const actions = {
  waiting: 'sync.opened',
  active: 'sync.resumed',
  paused: 'sync.paused',
  ended: 'sync.ended',
} as const satisfies Record<Sync['status'], string>;

export function syncRepository(db: Database): SyncRepository {
  return {
    async list() {
      return (await db.select().from(syncs).orderBy(desc(syncs.id))).map(toSync);
    },
    async byId(id) {
      const [row] = await db
        .select()
        .from(syncs)
        .where(eq(syncs.id, syncNumber(id)));
      return row && toSync(row);
    },
    async standing(audience, connection) {
      const [row] = await db.select().from(syncs).where(standingOf(audience, connection));
      return row && toSync(row);
    },
    async open(unchecked) {
      const { createdAt, ...sync } = plainJson(unchecked, 'sync');
      return db.transaction(async tx => {
        const { target, basis, holdout, mostChange, purpose } = sync;
        const [known] = await tx
          .update(syncs)
          .set({ target, basis, holdout, mostChange, purpose })
          .where(and(standingOf(sync.audience, sync.connection), eq(syncs.status, 'waiting')))
          .returning();
        if (known) {
          await supersedeProposals(tx, sayableSync(known.id), { at: createdAt, by: sync.createdBy });
          return toSync(known);
        }
        const [row] = await tx
          .insert(syncs)
          .values({ ...sync, status: 'waiting', createdAt: new Date(createdAt) })
          .returning();
        const opened = toSync(row!);
        const { audience, connection, createdBy: actor } = sync;
        const details = { audience, connection, target: target.name, basis, holdout };
        await auditLog(tx).append({
          at: createdAt,
          actor,
          action: 'sync.opened',
          subject: opened.id,
          details,
        });
        return opened;
      });
    },
    async moved(connection, { at, by }) {
      return db.transaction(async tx => {
        const standing = await tx
          .select()
          .from(syncs)
          .where(and(eq(syncs.connection, connection), ne(syncs.status, 'ended')))
          .orderBy(asc(syncs.id))
          .for('update');
        const paused: string[] = [];
        for (const { id, audience, target, status } of standing) {
          const subject = sayableSync(id);
          await supersedeProposals(tx, subject, { at, by });
          const isActive = status === 'active';
          await tx
            .update(syncs)
            .set({ target: { ...target, id: null }, ...(isActive && { status: 'paused' as const }) })
            .where(eq(syncs.id, id));
          if (!isActive) continue;
          paused.push(subject);
          const details = { audience, connection };
          await auditLog(tx).append({ at, actor: by, action: actions.paused, subject, details });
        }
        return paused;
      });
    },
    async setTarget(id, target) {
      await db
        .update(syncs)
        .set({ target: plainJson(target, 'target') })
        .where(eq(syncs.id, syncNumber(id)));
    },
    async setStatus(id, { from, to, at, by }) {
      return db.transaction(async tx => {
        const [row] = await tx
          .select()
          .from(syncs)
          .where(eq(syncs.id, syncNumber(id)))
          .for('update');
        if (!row || !from.includes(row.status)) return false;
        await tx
          .update(syncs)
          .set({ status: to, endedAt: to === 'ended' ? new Date(at) : null })
          .where(eq(syncs.id, row.id));
        const details = { audience: row.audience, connection: row.connection };
        await auditLog(tx).append({ at, actor: by, action: actions[to], subject: id, details });
        return true;
      });
    },
  };
}

const standingOf = (audience: string, connection: string) =>
  and(eq(syncs.audience, audience), eq(syncs.connection, connection), ne(syncs.status, 'ended'));
