import { asc, inArray, like, max, or, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { plainJson, plainText } from './plain-json.ts';
import { audit } from './schema.ts';

export interface AuditEntry {
  /** ISO time. */
  at: string;
  /** A person, or `kindred` for what a command does by itself. */
  actor: string;
  /** What was done, as `model.fitted`. */
  action: string;
  /** The id of what it was done to. */
  subject: string;
  details: Record<string, unknown>;
}

export interface AuditLog {
  append(entry: AuditEntry): Promise<void>;
  /**
   * Oldest first. All of it is long where clients ask much: each of their calls is in it.
   *
   * @param actions as `term.released`, or `%.exported` for all that end so; without them all
   */
  list(actions?: readonly string[]): Promise<AuditEntry[]>;
  /** Grows with each entry of these actions; 0 before the first. */
  lastOf(actions: readonly string[]): Promise<number>;
}

export function auditLog(db: Database): AuditLog {
  return {
    async append({ at, actor, action, subject, details }) {
      await db.insert(audit).values({
        at: new Date(at),
        actor: plainText(actor),
        action,
        subject: plainText(subject),
        details: plainJson(details, 'audit.details'),
      });
    },
    async list(actions) {
      const those = actions && (or(...actions.map(action => like(audit.action, action))) ?? sql`false`);
      const rows = await db.select().from(audit).where(those).orderBy(asc(audit.id));
      return rows.map(({ id: _, at, ...entry }) => ({ at: at.toISOString(), ...entry }));
    },
    async lastOf(actions) {
      const [row] = await db
        .select({ id: max(audit.id) })
        .from(audit)
        .where(inArray(audit.action, [...actions]));
      return row?.id ?? 0;
    },
  };
}
