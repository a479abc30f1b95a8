import { asc, eq, sql } from 'drizzle-orm';
import type { BlockedTerm } from '../governance/blocked-terms.ts';
import { auditLog } from './audit.ts';
import type { Database } from './database.ts';
import { plainJson } from './plain-json.ts';
import { blockedTerms } from './schema.ts';

export interface BlockedTermRepository {
  /** In the order of their bytes. */
  list(): Promise<BlockedTerm[]>;
  /** The terms alone, in the same order. */
  names(): Promise<string[]>;
  /** Terms that are blocked already stay as they are. Recorded in the audit; gives those that are new. */
  block(terms: readonly BlockedTerm[]): Promise<BlockedTerm[]>;
  /** False where it was not blocked. Recorded in the audit. */
  release(term: string, decision: { at: string; actor: string; reason: string }): Promise<boolean>;
}

export function blockedTermRepository(db: Database): BlockedTermRepository {
  const repository: BlockedTermRepository = {
    async list() {
      const rows = await db
        .select()
        .from(blockedTerms)
        .orderBy(asc(sql`${blockedTerms.term} COLLATE "C"`));
      return rows.map(toBlockedTerm);
    },
    async names() {
      return (await repository.list()).map(({ term }) => term);
    },
    async block(terms) {
      return db.transaction(async tx => {
        const blocked: BlockedTerm[] = [];
        for (const { at, ...term } of plainJson([...terms], 'blocked terms')) {
          const [row] = await tx
            .insert(blockedTerms)
            .values({ ...term, blockedAt: new Date(at) })
            .onConflictDoNothing()
            .returning();
          if (!row) continue;
          blocked.push(toBlockedTerm(row));
          await auditLog(tx).append({
            at,
            actor: term.blockedBy,
            action: 'term.blocked',
            subject: term.term,
            details: { ground: term.ground, reason: term.reason },
          });
        }
        return blocked;
      });
    },
    async release(term, { at, actor, reason }) {
      return db.transaction(async tx => {
        const [row] = await tx.delete(blockedTerms).where(eq(blockedTerms.term, term)).returning();
        if (!row) return false;
        await auditLog(tx).append({ at, actor, action: 'term.released', subject: term, details: { reason } });
        return true;
      });
    },
  };
  return repository;
}

function toBlockedTerm({ blockedAt, ...row }: typeof blockedTerms.$inferSelect): BlockedTerm {
  return { ...row, at: blockedAt.toISOString() };
}
