import { asc, eq } from 'drizzle-orm';
import type { VendorName } from '../vendors/vendor.ts';
import { auditLog } from './audit.ts';
import type { Database } from './database.ts';
import { plainJson, plainText } from './plain-json.ts';
import { connections } from './schema.ts';

/** A connection as it is kept: its secrets are sealed. */
export interface StoredConnection {
  name: string;
  vendor: VendorName;
  settings: Readonly<Record<string, string>>;
  secrets: string;
  /** Who was there when it was tested, in words. */
  account: string;
  /** ISO time. */
  createdAt: string;
  createdBy: string;
}

export interface ConnectionRepository {
  /** By name. */
  list(): Promise<StoredConnection[]>;
  byName(name: string): Promise<StoredConnection | undefined>;
  /** Keeps one; a known one keeps its date and author. Recorded in the audit, without settings and secrets. */
  put(connection: StoredConnection, by: { at: string; actor: string }): Promise<void>;
  /** False where there is none. How far it was pulled is forgotten with it. Recorded in the audit. */
  remove(name: string, by: { at: string; actor: string }): Promise<boolean>;
}

export function connectionRepository(db: Database): ConnectionRepository {
  return {
    async list() {
      const rows = await db.select().from(connections).orderBy(asc(connections.name));
      return rows.map(toConnection);
    },
    async byName(name) {
      const [row] = await db.select().from(connections).where(eq(connections.name, name));
      return row && toConnection(row);
    },
    async put(connection, { at, actor }) {
      const { createdAt, ...told } = connection;
      const kept = {
        ...told,
        settings: plainJson({ ...told.settings }, 'connection.settings'),
        account: plainText(told.account),
        createdBy: plainText(told.createdBy),
      };
      const { name, vendor, settings, secrets, account } = kept;
      await db.transaction(async tx => {
        const [known] = await tx.select().from(connections).where(eq(connections.name, name));
        await tx
          .insert(connections)
          .values({ ...kept, createdAt: new Date(createdAt) })
          .onConflictDoUpdate({ target: connections.name, set: { vendor, settings, secrets, account } });
        await auditLog(tx).append({
          at,
          actor,
          action: known ? 'connection.changed' : 'connection.made',
          subject: name,
          details: { vendor },
        });
      });
    },
    async remove(name, { at, actor }) {
      return db.transaction(async tx => {
        const [row] = await tx.delete(connections).where(eq(connections.name, name)).returning();
        if (!row) return false;
        await auditLog(tx).append({
          at,
          actor,
          action: 'connection.removed',
          subject: name,
          details: { vendor: row.vendor },
        });
        return true;
      });
    },
  };
}

function toConnection({ createdAt, ...columns }: typeof connections.$inferSelect): StoredConnection {
  return { ...columns, createdAt: createdAt.toISOString() };
}
