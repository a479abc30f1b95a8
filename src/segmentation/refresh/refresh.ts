import { InputError } from '../../errors.ts';
import { startOf } from '../../features/as-of.ts';
import { writeFeatures } from '../../features/compute.ts';
import { defaultAsOf } from '../../features/span.ts';
import type { Progress } from '../../progress.ts';
import { currentModel } from '../current.ts';
import type { Model } from '../model.ts';
import { sectorsOf } from '../overlays/overlays.ts';
import type { SegmentContext } from '../segment-shop.ts';
import type { RefreshRecord } from './record.ts';
import { rewind } from './rewind.ts';
import { runRefresh } from './run-refresh.ts';
import { changeHistory, settle } from './settle.ts';

export interface RefreshRequest {
  /** Without one: the day after the last order. */
  asOf?: string | undefined;
  /** Redo the latest refresh where it has this date. */
  again: boolean;
  /** A person, or `kindred` for what a schedule does. */
  actor: string;
}

export interface RefreshOutcome {
  /** `already`: the history has this date, and nothing was done. */
  kind: 'refreshed' | 'already';
  model: Model;
  record: RefreshRecord;
  warnings: string[];
}

/** Scores everybody against the standing model as of a date, and records who moved and what drifted. */
export async function refresh(
  context: Pick<SegmentContext, 'warehouse' | 'state' | 'now'>,
  { asOf: asked, again, actor }: RefreshRequest,
  progress: Progress,
): Promise<RefreshOutcome> {
  const { warehouse, state } = context;
  await settle(warehouse, state);
  const model = await standingModel(context);
  const asOf = asked ?? (await defaultAsOf(warehouse)) ?? model.describedAsOf;
  startOf(asOf);
  const latest = (await state.refreshes.list()).at(-1);
  const decided = decide(asOf, latest, again);
  if (decided.kind === 'already')
    return { kind: 'already', model, record: latest!, warnings: decided.warnings };

  // Kept for itself: a refresh that was killed while it scored need not compute them again.
  progress({ stage: 'Computing features' });
  await warehouse.transaction(tx => writeFeatures(tx, asOf, { sectors: sectorsOf(model) }));
  const createdAt = context.now().toISOString();
  const change = await changeHistory(context, async (tx, all) => {
    const now = await standingModel(context);
    if (decide(asOf, all.at(-1), again).kind === 'already') return null;
    const history = all.filter(record => record.asOf < asOf);
    await rewind(tx, state.owner, asOf);
    const run = await runRefresh(
      tx,
      { model: modelBefore(now, history), history, asOf, owner: state.owner, createdAt },
      progress,
    );
    return { ...run, actor, proposal: null };
  });
  if (!change) return refresh(context, { asOf, again: false, actor }, progress);
  return { kind: 'refreshed', model: change.model, record: change.record, warnings: [] };
}

/** Whether a refresh of this date goes ahead; refuses a date before the latest record's. */
function decide(
  asOf: string,
  latest: RefreshRecord | undefined,
  again: boolean,
): { kind: 'go' } | { kind: 'already'; warnings: string[] } {
  if (!latest) throw new InputError('These segments have no history.', 'Run `kindred segment` to begin one.');
  if (asOf < latest.asOf) {
    throw new InputError(
      `The segments stand as of ${latest.asOf}; they cannot be refreshed as of ${asOf}, which is before.`,
      'Choose a later --as-of, or run `kindred segment --as-of` with the earlier date to begin anew from there.',
    );
  }
  if (asOf > latest.asOf) return { kind: 'go' };
  if (again && latest.kind === 'refresh') return { kind: 'go' };
  const warnings = again
    ? [`The segments were made on ${asOf}: there is no refresh of this date to do again.`]
    : [];
  return { kind: 'already', warnings };
}

async function standingModel({ state }: Pick<SegmentContext, 'state'>): Promise<Model> {
  const model = await currentModel(state);
  // Models of earlier versions lack what refreshes compare with.
  if (!(model as Partial<Model>).reference) {
    throw new InputError(
      'The segments were made by an earlier version, which did not keep what a refresh needs.',
      'Run `kindred segment` once; refreshes go on from there.',
    );
  }
  return model;
}

/** The model as the last of the records left it: doing a refresh again takes back the step that its centroids made. */
function modelBefore(model: Model, history: readonly RefreshRecord[]): Model {
  const last = history.at(-1);
  if (!last || model.kind === 'rfm') return model;
  return { ...model, centroids: last.segments.map(({ centroid }) => centroid) };
}
