import { DrizzleQueryError } from 'drizzle-orm';
import { asPostgresError } from '../postgres-errors.ts';
import type { Change } from '../segmentation/refresh/change.ts';
import { type AuditLog, auditLog } from './audit.ts';
import type { OpenDatabase } from './database.ts';
import { type DecisionRepository, decisionRepository } from './decisions.ts';
import type { JobRepository } from './jobs.ts';
import { type ModelRepository, modelRepository } from './models.ts';
import { openPglite } from './pglite.ts';
import { openPostgresState } from './postgres.ts';
import type { ProposalRepository } from './proposals.ts';
import type { RefreshRepository } from './refreshes.ts';

/** What was decided: models with their segments and personas, decisions of people, and the audit of both. */
export interface State {
  /** Tells the rows of this state from those of others in a shared warehouse; made once, never changed. */
  owner: string;
  models: ModelRepository;
  decisions: DecisionRepository;
  audit: AuditLog;
  refreshes: RefreshRepository;
  proposals: ProposalRepository;
  jobs: JobRepository;
  /**
   * Takes over what a transaction of the warehouse decided: the model becomes the standing one (the one before is
   * superseded), the record joins the history in place of records it rewrites (those of its date and later), a proposal
   * is approved, the audit tells it. All or nothing; a second time changes nothing.
   */
  apply(change: Change): Promise<void>;
  close(): Promise<void>;
}

export interface StateOptions {
  /** Folder in which PGlite keeps the state. */
  dataDir: string;
  /** postgres://… where the state is to live on a server instead. */
  url?: string | undefined;
}

/** Opens the state and brings its tables up to date. */
export async function openState({ dataDir, url }: StateOptions): Promise<State> {
  return stateOver(url ? await openPostgresState(url) : await openPglite(dataDir));
}

export function stateOver({ db, place, close }: OpenDatabase): State {
  return {
    models: explained(modelRepository(db), place),
    decisions: explained(decisionRepository(db), place),
    audit: explained(auditLog(db), place),
    close,
  };
}

/** Drizzle's own error quotes the whole query with the model in it; what is told is what the database said. */
function explained<Repository extends object>(repository: Repository, place: string): Repository {
  return new Proxy(repository, {
    get(target, name) {
      const call: unknown = Reflect.get(target, name);
      if (typeof call !== 'function') return call;
      return async (...args: unknown[]) => {
        try {
          return await Reflect.apply(call, target, args);
        } catch (error) {
          throw asPostgresError(place, error instanceof DrizzleQueryError ? error.cause : error);
        }
      };
    },
  });
}
