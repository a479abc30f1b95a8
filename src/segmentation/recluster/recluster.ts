import type { KChoice } from '../../clustering/choose-k.ts';
import { InputError } from '../../errors.ts';
import { defaultAsOf } from '../../features/span.ts';
import type { Progress } from '../../progress.ts';
import type { Proposal } from '../../state/proposals.ts';
import { currentModel } from '../current.ts';
import { fitShop } from '../fit-shop.ts';
import { refuseReplacing } from '../proposals/opened-by.ts';
import type { RefreshRecord } from '../refresh/record.ts';
import { settle } from '../refresh/settle.ts';
import type { SegmentContext } from '../segment-shop.ts';
import { askedAsBefore, beside } from './beside.ts';
import type { Comparison } from './comparison.ts';
import { summaryOf } from './summary-of.ts';

export interface ReclusterRequest {
  /** Default: that of the latest record, or the day after the last order where that is later. */
  asOf?: string | undefined;
  /** A person, or `kindred` for what a schedule does by itself. */
  actor: string;
}

export type ReclusterOutcome =
  | { proposal: Proposal; comparison: Comparison; warnings: string[] }
  | { kind: 'no-stable-groups'; choice: KChoice; warnings: string[] };

/**
 * Finds the segments anew, as the standing model was asked for, and proposes the result beside a comparison. Who is in
 * which segment does not change; `approve` does that.
 */
export async function recluster(
  context: SegmentContext,
  request: ReclusterRequest,
  progress: Progress,
): Promise<ReclusterOutcome> {
  const { warehouse, state, now } = context;
  await settle(warehouse, state);
  // Before the work that would be for nothing.
  await refuseReplacing(state, { kind: 'promotion' }, request.actor);
  const standing = await currentModel(state);
  const history = await state.refreshes.list();
  const record = history.at(-1);
  if (!record) throw new InputError('These segments have no history.', 'Run `kindred segment` to begin one.');
  const asOf = await dateOf(context, request, record);

  const fitted = await fitShop(context, askedAsBefore(standing, asOf), progress);
  const { warnings } = fitted;
  if (fitted.kind === 'no-stable-groups') return { kind: fitted.kind, choice: fitted.choice, warnings };

  progress({ stage: 'Comparing with the segments that stand', rows: fitted.table.profileIds.length });
  const { candidate, comparison } = await beside(context, { standing, history, fitted });
  await state.models.propose(candidate);
  const proposal = await state.proposals.open({
    kind: 'promotion',
    subject: candidate.id,
    summary: summaryOf(comparison),
    body: { ...comparison },
    createdAt: now().toISOString(),
    createdBy: request.actor,
  });
  return { proposal, comparison, warnings };
}

async function dateOf(
  { warehouse }: SegmentContext,
  { asOf }: ReclusterRequest,
  latest: RefreshRecord,
): Promise<string> {
  if (asOf === undefined) {
    const last = await defaultAsOf(warehouse);
    return last !== null && last > latest.asOf ? last : latest.asOf;
  }
  if (asOf < latest.asOf) {
    throw new InputError(
      `The segments stand as of ${latest.asOf}, which is later than ${asOf}.`,
      `Choose ${latest.asOf} or a later day.`,
    );
  }
  return asOf;
}
