import { sql } from 'drizzle-orm';
import type { RetainedKind } from '../retention-config.ts';
import type { Database } from './database.ts';

export interface RetentionRepository {
  /** Rows of a kind from before a moment, by table; with `apply` they go. What stands, or waits, is never among them. */
  before(kind: RetainedKind, moment: Date, apply: boolean): Promise<Record<string, number>>;
}

/** Conditions by table, with the moment in place of `{before}`. */
const kept: Readonly<Partial<Record<RetainedKind, Readonly<Record<string, string>>>>> = {
  conversations: {
    conversations: `started_at < {before} AND NOT EXISTS (SELECT 1 FROM kindred_state.messages AS m
      WHERE m.thread = conversations.thread AND m.at >= {before})`,
  },
  replies: { replies: 'at < {before}' },
  usage: { answers: 'at < {before}' },
  audit: { audit: 'at < {before}' },
  slack: {
    slack_events: 'at < {before} AND ended_at IS NOT NULL',
    slack_messages: "created_at < {before} AND status NOT IN ('queued', 'sending')",
    digests: 'at < {before}',
  },
  // The latest tick of each kind tells that it was done.
  jobs: {
    jobs: `finished_at < {before} AND due_at < (SELECT max(other.due_at) FROM kindred_state.jobs AS other
      WHERE other.kind = jobs.kind)`,
  },
  // The latest run tells what was sent last.
  syncs: {
    sync_runs: `coalesce(finished_at, created_at) < {before} AND status IN ('done', 'superseded', 'rejected')
      AND id < (SELECT max(other.id) FROM kindred_state.sync_runs AS other WHERE other.sync_id = sync_runs.sync_id)
      AND NOT EXISTS (SELECT 1 FROM kindred_state.sync_changes AS c WHERE c.run_id = sync_runs.id AND c.status IN ('waiting', 'sending'))`,
  },
  tokens: { access_tokens: 'least(expires_at, revoked_at) < {before}' },
  // Never what somebody may still decide upon.
  'what-ifs': {
    models: `status IN ('candidate', 'rejected') AND created_at < {before} AND body ? 'whatIf'
      AND NOT EXISTS (SELECT 1 FROM kindred_state.proposals AS p WHERE p.status = 'open'
        AND (p.subject = models.id OR strpos(p.body::text, models.id) > 0))`,
  },
};

export function retentionRepository(db: Database): RetentionRepository {
  return {
    async before(kind, moment, apply) {
      const counts: Record<string, number> = {};
      for (const [table, condition] of Object.entries(kept[kind] ?? {})) {
        const parts = condition.split('{before}').map(part => sql.raw(part));
        const where = sql.join(parts, sql`${moment.toISOString()}::timestamptz`);
        const own = sql`kindred_state.${sql.identifier(table)}`;
        const found = await db.execute(
          apply
            ? sql`WITH gone AS (DELETE FROM ${own} WHERE ${where} RETURNING 1) SELECT count(*)::int AS rows FROM gone`
            : sql`SELECT count(*)::int AS rows FROM ${own} WHERE ${where}`,
        );
        const [row] = (Array.isArray(found) ? found : (found as unknown as { rows: object[] }).rows) as {
          rows: number;
        }[];
        if (row!.rows > 0) counts[table] = row!.rows;
      }
      return counts;
    },
  };
}
