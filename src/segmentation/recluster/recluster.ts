import { createHash } from 'node:crypto';
import type { KChoice } from '../../clustering/choose-k.ts';
import { InputError } from '../../errors.ts';
import type { FeatureTable } from '../../features/feature.ts';
import { defaultAsOf } from '../../features/span.ts';
import type { Progress } from '../../progress.ts';
import type { Proposal } from '../../state/proposals.ts';
import { currentModel } from '../current.ts';
import { fitShop, type ShopFit } from '../fit-shop.ts';
import type { Model } from '../model.ts';
import type { RefreshRecord } from '../refresh/record.ts';
import { settle } from '../refresh/settle.ts';
import type { SegmentContext, SegmentRequest } from '../segment-shop.ts';
import { carryNames } from './carry.ts';
import { compare } from './compare.ts';
import type { Comparison } from './comparison.ts';
import { matchSegments } from './match.ts';
import { summaryOf } from './summary-of.ts';
import { survey } from './survey.ts';

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
  const standing = await currentModel(state);
  const history = await state.refreshes.list();
  const record = history.at(-1);
  if (!record) throw new InputError('These segments have no history.', 'Run `kindred segment` to begin one.');
  const asOf = await dateOf(context, request, record);

  const fitted = await fitShop(context, asked(standing, asOf), progress);
  const { warnings } = fitted;
  if (fitted.kind === 'no-stable-groups') return { kind: fitted.kind, choice: fitted.choice, warnings };

  progress({ stage: 'Comparing with the segments that stand', rows: fitted.table.profileIds.length });
  const { candidate, comparison } = await compared(context, standing, history, fitted);
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

/** Groups are looked for again where groups stand, however thin the data. */
function asked({ asked: { k, weights }, recipe, kind }: Model, asOf: string): SegmentRequest {
  return {
    asOf,
    k: k ?? undefined,
    weights: weights ?? undefined,
    seed: recipe.seed,
    overlay: recipe.overlay,
    force: kind === 'clusters',
  };
}

async function compared(
  { warehouse, state }: SegmentContext,
  standing: Model,
  history: readonly RefreshRecord[],
  { model, table, fit }: Extract<ShopFit, { kind: 'fitted' }>,
): Promise<{ candidate: Model; comparison: Comparison }> {
  const record = history.at(-1)!;
  const stands = { model: standing, asOf: record.asOf };
  const { before, known, places, confidence } = await survey(warehouse, state.owner, stands, table, fit);
  const match = matchSegments({
    standing,
    candidate: model,
    before,
    known,
    after: fit.memberOf,
    placed: record.segments.reduce((sum, { size }) => sum + size, 0),
    places,
  });
  const used = new Set(history.flatMap(({ segments }) => segments.map(({ key }) => key)));
  const candidate = { ...carryNames(standing, model, match.partners, used), id: candidateId(model, record) };
  const rows = {
    before,
    after: fit.memberOf,
    confidence: { before: confidence, after: fit.confidence },
    revenueLastYear: columnOf(table, 'revenue_last_year'),
  };
  return { candidate, comparison: compare({ standing, candidate, rows, match }) };
}

/** Of the fit and of what it would follow: fitted again on the same day, it must not be taken for the standing model. */
function candidateId({ fingerprint }: Model, record: RefreshRecord): string {
  const hash = createHash('sha256').update(`${fingerprint} after ${record.fingerprint}`).digest('hex');
  return `m-${hash.slice(0, 12)}`;
}

function columnOf(table: FeatureTable, id: string): Float64Array {
  const values = table.values[table.features.findIndex(feature => feature.id === id)];
  return (values ?? new Float64Array(table.profileIds.length)).map(value =>
    Number.isNaN(value) ? 0 : value,
  );
}
