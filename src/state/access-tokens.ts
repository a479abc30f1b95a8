import { and, asc, desc, eq, gt, isNull, lt, or, sql } from 'drizzle-orm';
import type { AccessToken } from '../access/token.ts';
import { auditLog } from './audit.ts';
import type { Database } from './database.ts';
import { plainText } from './plain-json.ts';
import { accessTokens } from './schema.ts';

/** A token when it is made. */
export type NewAccessToken = Omit<AccessToken, 'revokedAt' | 'revokedBy' | 'lastUsedOn'>;

export interface AccessTokenRepository {
  /** Newest first. */
  list(): Promise<AccessToken[]>;
  /** With the SHA-256 of its secret, in hexadecimal digits. */
  byId(id: string): Promise<{ token: AccessToken; hash: string } | undefined>;
  /** Whether one is live at the time. */
  anyLive(now: Date): Promise<boolean>;
  /** False, having kept nothing, where a live one has the name already, in whatever case. Recorded in the audit. */
  create(token: NewAccessToken, hash: string): Promise<boolean>;
  /** The token; undefined where there is none, or it was revoked before. Recorded in the audit. */
  revoke(id: string, by: { at: string; actor: string }): Promise<AccessToken | undefined>;
  /** Notes the date (ISO) on which it was used last; an earlier one than is noted changes nothing. */
  used(id: string, on: string): Promise<void>;
}

export function accessTokenRepository(db: Database): AccessTokenRepository {
  return {
    async list() {
      const rows = await db
        .select()
        .from(accessTokens)
        .orderBy(desc(accessTokens.createdAt), asc(accessTokens.id));
      return rows.map(toToken);
    },
    async byId(id) {
      const [row] = await db.select().from(accessTokens).where(eq(accessTokens.id, id));
      return row && { token: toToken(row), hash: row.hash };
    },
    async anyLive(now) {
      const rows = await db.select({ id: accessTokens.id }).from(accessTokens).where(live(now)).limit(1);
      return rows.length > 0;
    },
    async create(token, hash) {
      const name = plainText(token.name);
      const createdBy = plainText(token.createdBy);
      const createdAt = new Date(token.createdAt);
      return db.transaction(async tx => {
        // Which names are taken depends on the time, so no index can say it: one at a time looks.
        await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtext('kindred access tokens'))`);
        const sameName = eq(sql`lower(${accessTokens.name})`, sql`lower(${name})`);
        const [taken] = await tx
          .select({ id: accessTokens.id })
          .from(accessTokens)
          .where(and(sameName, live(createdAt)));
        if (taken) return false;
        await tx
          .insert(accessTokens)
          .values({ ...token, name, createdBy, createdAt, expiresAt: new Date(token.expiresAt), hash });
        await auditLog(tx).append({
          at: token.createdAt,
          actor: createdBy,
          action: 'token.created',
          subject: token.id,
          details: { name, role: token.role, expiresAt: token.expiresAt },
        });
        return true;
      });
    },
    async revoke(id, { at, actor }) {
      return db.transaction(async tx => {
        const [row] = await tx
          .update(accessTokens)
          .set({ revokedAt: new Date(at), revokedBy: plainText(actor) })
          .where(and(eq(accessTokens.id, id), isNull(accessTokens.revokedAt)))
          .returning();
        if (!row) return undefined;
        await auditLog(tx).append({
          at,
          actor,
          action: 'token.revoked',
          subject: id,
          details: { name: row.name, role: row.role },
        });
        return toToken(row);
      });
    },
    async used(id, on) {
      const earlier = or(isNull(accessTokens.lastUsedOn), lt(accessTokens.lastUsedOn, on));
      await db
        .update(accessTokens)
        .set({ lastUsedOn: on })
        .where(and(eq(accessTokens.id, id), earlier));
    },
  };
}

function live(now: Date) {
  return and(isNull(accessTokens.revokedAt), gt(accessTokens.expiresAt, now));
}

function toToken({ hash: _, ...row }: typeof accessTokens.$inferSelect): AccessToken {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}
