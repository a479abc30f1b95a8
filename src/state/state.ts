import { type AuditLog, auditLog } from './audit.ts';
import type { OpenDatabase } from './database.ts';
import { type DecisionRepository, decisionRepository } from './decisions.ts';
import { type ModelRepository, modelRepository } from './models.ts';
import { openPglite } from './pglite.ts';
import { openPostgresState } from './postgres.ts';

/** What was decided: models with their segments and personas, decisions of people, and the audit of both. */
export interface State {
  models: ModelRepository;
  decisions: DecisionRepository;
  audit: AuditLog;
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

export function stateOver({ db, close }: OpenDatabase): State {
  return {
    models: modelRepository(db),
    decisions: decisionRepository(db),
    audit: auditLog(db),
    close,
  };
}
