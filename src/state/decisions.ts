import { asc } from 'drizzle-orm';
import type { Decision } from '../governance/decisions.ts';
import { auditLog } from './audit.ts';
import type { Database } from './database.ts';
import { plainText } from './plain-json.ts';
import { decisions } from './schema.ts';

export interface DecisionRepository {
  /** Oldest first. */
  list(): Promise<Decision[]>;
  /** Records a decision, and in the audit that it was made. */
  record(decision: Decision): Promise<void>;
}

export function decisionRepository(db: Database): DecisionRepository {
  return {
    async list() {
      const rows = await db.select().from(decisions).orderBy(asc(decisions.id));
      return rows.map(({ feature, effect, lawfulBasis, decidedBy, decidedAt, reason }) => ({
        feature,
        effect,
        lawfulBasis,
        decidedBy,
        at: decidedAt.toISOString(),
        reason,
      }));
    },
    async record(decision) {
      const feature = plainText(decision.feature);
      const decidedBy = plainText(decision.decidedBy);
      const reason = plainText(decision.reason);
      await db.transaction(async tx => {
        const { effect, lawfulBasis } = decision;
        await tx
          .insert(decisions)
          .values({ feature, effect, lawfulBasis, decidedBy, decidedAt: new Date(decision.at), reason });
        await auditLog(tx).append({
          at: decision.at,
          actor: decidedBy,
          action: effect === 'allow' ? 'feature.allowed' : 'feature.blocked',
          subject: feature,
          details: { reason, lawfulBasis },
        });
      });
    },
  };
}
