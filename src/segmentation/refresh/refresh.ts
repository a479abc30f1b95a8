import { InputError } from '../../errors.ts';
import { startOf } from '../../features/as-of.ts';
import { catalogueVersion } from '../../features/catalogue.ts';
import { standingTable, writeFeatures } from '../../features/compute.ts';
import { markOfRows, sameFiles, storedFeatures } from '../../features/feature-store.ts';
import { defaultAsOf } from '../../features/span.ts';
import type { Progress } from '../../progress.ts';
import type { Warehouse } from '../../warehouse/port.ts';
import { lookAhead } from '../audiences/filter/look-ahead.ts';
import { currentModel } from '../current.ts';
import { standingBlocks, standingBlockWarnings } from '../governance/standing-blocks.ts';
import type { Model } from '../model.ts';
import { sectorsOf } from '../overlays/overlays.ts';
import { writeScores } from '../predictions/write-scores.ts';
import type { SegmentContext } from '../segment-shop.ts';
import { dropWhatIfTables } from '../what-if/tables.ts';
import type { RefreshRecord } from './record.ts';
import { rewind } from './rewind.ts';
import { runRefresh } from './run-refresh.ts';
import { changeHistory, settle } from './settle.ts';

export interface RefreshRequest {
  /** Without one: the day after the last order, or the date of the latest record where that is later or done again. */
  asOf?: string | undefined;
  /** Redo the latest refresh. */
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
  const latest = await state.refreshes.latest();
  const standsAt = latest?.asOf ?? model.asOf;
  const asOf = asked ?? (again ? standsAt : await newest(warehouse, standsAt));
  startOf(asOf);
  if (!goesAhead(asOf, latest, again)) {
    return {
      kind: 'already',
      model,
      record: latest!,
      warnings: await notDone(warehouse, model, latest!, again),
    };
  }

  // Kept for itself: a refresh that was killed while it scored need not compute them again.
  progress({ stage: 'Computing features' });
  await warehouse.transaction(async tx => {
    await dropWhatIfTables(tx);
    await writeFeatures(tx, asOf, { sectors: sectorsOf(model) });
  });
  const createdAt = context.now().toISOString();
  const change = await changeHistory(context, async (tx, all) => {
    const now = await standingModel(context);
    if (!goesAhead(asOf, all.at(-1), again)) return null;
    const history = all.filter(record => record.asOf < asOf);
    await rewind(tx, state.owner, asOf);
    const run = await runRefresh(
      tx,
      { model: modelBefore(now, history), history, asOf, owner: state.owner, createdAt },
      progress,
    );
    const blockedTerms = await state.blockedTerms.names();
    const predictions = await writeScores(tx, {
      owner: state.owner,
      model: run.model,
      asOf,
      blockedTerms,
      progress,
    });
    const record = { ...run.record, predictions };
    const features = await writeFeatures(tx, asOf, { sectors: sectorsOf(run.model) });
    await lookAhead(tx, { owner: state.owner, model: run.model, record, features });
    return { model: run.model, record, actor, proposal: null };
  });
  if (!change) return refresh(context, { asOf, again: false, actor }, progress);
  const blocks = standingBlocks(model, await state.decisions.list(), await state.blockedTerms.list());
  return {
    kind: 'refreshed',
    model: change.model,
    record: change.record,
    warnings: [...otherMeaning(model), ...standingBlockWarnings(blocks)],
  };
}

/** The day after the last order; the date of the latest record where there is nothing newer. */
async function newest(warehouse: Warehouse, latest: string): Promise<string> {
  const day = await defaultAsOf(warehouse);
  return day === null || day < latest ? latest : day;
}

/** Whether there is something to do; refuses a date before the latest record's. */
function goesAhead(asOf: string, latest: RefreshRecord | undefined, again: boolean): boolean {
  if (!latest) throw new InputError('These segments have no history.', 'Run `kindred segment` to begin one.');
  if (asOf < latest.asOf) {
    throw new InputError(
      `The segments stand as of ${latest.asOf}; they cannot be refreshed as of ${asOf}, which is before.`,
      'Choose a later --as-of, or run `kindred segment --as-of` with the earlier date to begin anew from there.',
    );
  }
  return asOf > latest.asOf || (again && latest.kind === 'refresh');
}

/** What a person should know of why nothing was done. */
async function notDone(
  warehouse: Warehouse,
  model: Model,
  { asOf, kind }: RefreshRecord,
  again: boolean,
): Promise<string[]> {
  if (again) return [`The record of ${asOf} is no refresh (${kind}): there is nothing to do again.`];
  const known = await storedFeatures(warehouse, standingTable);
  const mark = await markOfRows(warehouse, sectorsOf(model));
  const changed = known?.stored.asOf === asOf && known.mark !== mark && !sameFiles(known.mark, mark);
  return changed && kind === 'refresh'
    ? ['Something was imported since; `kindred refresh --again` looks at this date with it.']
    : [];
}

/** Models live longer than versions. */
function otherMeaning({ catalogueVersion: of }: Model): string[] {
  return of === catalogueVersion
    ? []
    : [
        'This version knows other features, or computes some otherwise, than the one that made the segments. If moves or drift look odd, `kindred recluster` makes them anew.',
      ];
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
