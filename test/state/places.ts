import type { OpenDatabase } from '../../src/state/database.ts';
import { openPglite } from '../../src/state/pglite.ts';
import { openPostgresState } from '../../src/state/postgres.ts';
import { freshDatabase } from '../support/fresh-database.ts';

/** Both places of the state, each opened empty in a data folder of its own. */
export const places: readonly { place: string; open: (dataDir: string) => Promise<OpenDatabase> }[] = [
  { place: 'PGlite', open: openPglite },
  { place: 'Postgres', open: async () => openPostgresState(await freshDatabase()) },
];

/** Empties every table but the installation's own, and numbers rows from 1 again. */
export async function empty({ db }: OpenDatabase): Promise<void> {
  await db.execute(
    `TRUNCATE kindred_state.models, kindred_state.refreshes, kindred_state.proposals, kindred_state.jobs,
       kindred_state.decisions, kindred_state.audiences, kindred_state.triggers, kindred_state.conversations,
       kindred_state.answers, kindred_state.replies, kindred_state.digests, kindred_state.slack_events,
       kindred_state.slack_messages, kindred_state.access_tokens, kindred_state.audit RESTART IDENTITY CASCADE`,
  );
}
