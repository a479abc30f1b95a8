import type { Decision } from '../../../governance/decisions.ts';
import type { Answer } from '../../../state/answers.ts';
import type { AuditEntry } from '../../../state/audit.ts';
import type { Proposal } from '../../../state/proposals.ts';
import type { State } from '../../../state/state.ts';
import type { Warehouse } from '../../../warehouse/port.ts';
import type { Audience } from '../../audiences/audience.ts';
import type { Model } from '../../model.ts';
import type { Trigger } from '../../triggers/trigger.ts';
import { type SensitiveReview, sensitiveReview } from '../sensitive-review.ts';
import { type StandingBlocks, standingBlocks } from '../standing-blocks.ts';
import { type Holdings, readHoldings } from './holdings.ts';

/** How this installation is set up, as far as it bears on people's data. */
export interface Setup {
  /** Where the stores are, in words: "a DuckDB file in the data folder", "PostgreSQL on db.example.org". */
  warehouse: string;
  state: string;
  /** null where no language model is set up. */
  model: { id: string; host: string; onThisMachine: boolean } | null;
  /** Cron texts; null where nothing runs by itself. */
  refreshSchedule: string | null;
  reclusterSchedule: string | null;
  autoPromote: boolean;
  takesEvents: boolean;
}

/** All that the report tells. */
export interface ReportFacts {
  setup: Setup;
  /** Day on which it is made. */
  madeOn: string;
  holdings: Holdings;
  model: Model | undefined;
  review: SensitiveReview;
  standing: StandingBlocks;
  decisions: Decision[];
  proposals: Proposal[];
  audiences: Audience[];
  triggers: Trigger[];
  answers: Answer[];
  /** Files of people that were written. */
  exports: AuditEntry[];
  /** Names that a person let be used again. */
  releases: AuditEntry[];
}

export interface Stores {
  warehouse: Warehouse;
  state: State;
  now: () => Date;
  /** Has the stores for a part of the reading; without it all parts follow each other. */
  turn?: <T>(name: string, work: () => Promise<T>) => Promise<T>;
}

/** In turns of a second or two each, where all of a large shop takes many: others come in between. */
export async function readFacts(
  { warehouse, state, now, turn = (_, work) => work() }: Stores,
  setup: Setup,
): Promise<ReportFacts> {
  const inTurn = <T>(work: () => Promise<T>) => turn('governance', work);
  const at = now();
  const holdings = await readHoldings(warehouse, state.owner, inTurn);
  const review = await sensitiveReview({ warehouse, state }, inTurn);
  const model = await state.models.current();
  const decisions = await state.decisions.list();
  const audit = await state.audit.list(['%.exported', 'term.released']);
  const until = new Date(at.getTime() + 1).toISOString();
  return {
    setup,
    madeOn: at.toISOString().slice(0, 10),
    holdings,
    model,
    review,
    standing: standingBlocks(model, decisions, await state.blockedTerms.list()),
    decisions,
    proposals: await state.proposals.list(),
    audiences: await state.audiences.list(),
    triggers: await state.triggers.list(),
    answers: await state.answers.list({ from: '1970-01-01T00:00:00.000Z', until }),
    exports: audit.filter(({ action }) => action.endsWith('.exported')),
    releases: audit.filter(({ action }) => action === 'term.released'),
  };
}
