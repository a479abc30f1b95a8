import { InputError } from '../../errors.ts';
import { writeFeatures } from '../../features/compute.ts';
import type { Progress } from '../../progress.ts';
import type { State } from '../../state/state.ts';
import type { Warehouse } from '../../warehouse/port.ts';
import { lookAhead } from '../audiences/filter/look-ahead.ts';
import { currentModel } from '../current.ts';
import { standingBlocks } from '../governance/standing-blocks.ts';
import type { Model } from '../model.ts';
import { sectorsOf } from '../overlays/overlays.ts';
import { writeScores } from '../predictions/write-scores.ts';
import { alreadyDecided, proposalOf } from '../proposals/find.ts';
import { type Placing, placeAll } from '../refresh/place.ts';
import type { RefreshRecord } from '../refresh/record.ts';
import { rewind } from '../refresh/rewind.ts';
import { changeHistory } from '../refresh/settle.ts';
import { restate } from '../restate.ts';
import type { SegmentContext } from '../segment-shop.ts';
import { carryNamesOfNow } from './carry.ts';
import type { Comparison } from './comparison.ts';

type Context = Pick<SegmentContext, 'warehouse' | 'state' | 'now'>;

/** Who decides, and why. */
export interface Decision {
  by: string;
  reason: string;
}

/** Another model stands now. */
export interface Promoted {
  model: Model;
  record: RefreshRecord;
}

/**
 * Carries out a proposal of a candidate, whatever it was found by: it becomes the standing model, and everybody is placed
 * by it as of its date, or of the latest record where that is later. The state takes all of it over in one step, the
 * decision among it. For `approve`, which is the way to decide.
 *
 * @throws InputError where the proposal is not open, or was made beside another model than the one that stands
 */
export async function promote(
  context: Context,
  { id, by, reason }: Decision & { id: string },
  progress: Progress = () => {},
): Promise<Promoted> {
  return changeHistory(context, async (tx, history) => {
    const model = await candidateOf(context.state, id);
    const latest = history.at(-1)!.asOf;
    const asOf = model.asOf > latest ? model.asOf : latest;
    const placed = await place(tx, context, { model, kind: 'promotion', asOf, history, progress });
    return { ...placed, actor: by, proposal: { id, reason } };
  });
}

/**
 * Takes the last promotion back: the model that it superseded stands again, with its centroids as they were and the names
 * that people know its segments by now, and everybody is placed by it as of the latest record.
 *
 * @throws InputError where the standing model was not promoted, or the one before uses what was blocked since
 */
export async function rollback(
  context: Context,
  { by, reason }: Decision,
  progress: Progress = () => {},
): Promise<Promoted> {
  return changeHistory(context, async (tx, history) => {
    const standing = await currentModel(context.state);
    const before = await supersededBy(context.state, standing);
    await refuseBlocked(context.state, 'What stood before', before);
    const model = carryNamesOfNow(standing, before);
    const asOf = history.at(-1)!.asOf;
    const placed = await place(tx, context, { model, kind: 'rollback', asOf, history, progress });
    return { ...placed, actor: by, reason, proposal: null };
  });
}

/** Everybody by another model as of a date; a customer whose segment keeps its key stays in it without a break. */
async function place(
  tx: Warehouse,
  { state, now }: Context,
  {
    model,
    kind,
    asOf,
    history,
    progress,
  }: Pick<Placing, 'model' | 'kind' | 'history'> & { asOf: string; progress: Progress },
): Promise<Promoted> {
  const { owner } = state;
  progress({ stage: 'Computing features' });
  await rewind(tx, owner, asOf);
  const features = await writeFeatures(tx, asOf, { sectors: sectorsOf(model) });
  const all = await placeAll(tx, {
    owner,
    model,
    features,
    kind,
    history: history.filter(known => !isRewrittenBy(known, asOf)),
    createdAt: now().toISOString(),
    progress,
  });
  const placed = restate(model, all.measures);
  const blockedTerms = await state.blockedTerms.names();
  const predictions = await writeScores(tx, { owner, model: placed, asOf, blockedTerms, progress });
  const record = { ...all.record, predictions };
  await lookAhead(tx, { owner, model: placed, record, features });
  return { record, model: placed };
}

/** The state leaves the fit or refresh of the date, after which another model came to stand. */
function isRewrittenBy(known: RefreshRecord, asOf: string): boolean {
  return known.asOf === asOf && (known.kind === 'promotion' || known.kind === 'rollback');
}

/** The candidate of a proposal that can be carried out. */
async function candidateOf(state: State, id: string): Promise<Model> {
  const proposal = await proposalOf(state, id);
  if (proposal.status !== 'open') throw alreadyDecided(proposal);
  const standing = await currentModel(state);
  const { standing: comparedWith } = proposal.body as Partial<Comparison>;
  if (comparedWith?.modelId !== standing.id)
    throw new InputError(
      `${id} compares its segments with others than those that stand now.`,
      'Run `kindred recluster` for a proposal beside those.',
    );
  const model = await state.models.byId(proposal.subject);
  if (!model)
    throw new InputError(
      `What ${id} proposes is no longer kept.`,
      'Run `kindred recluster` to find the segments anew.',
    );
  await refuseBlocked(state, id, model);
  return carryNamesOfNow(standing, model);
}

/** What was blocked after a model was found is kept out of what comes to stand. */
async function refuseBlocked(state: State, what: string, model: Model): Promise<void> {
  const { features, terms } = standingBlocks(
    model,
    await state.decisions.list(),
    await state.blockedTerms.list(),
  );
  if (features.length + terms.length === 0) return;
  const blocked = features.length > 0 ? `the feature "${features[0]}"` : 'a name of what is bought';
  throw new InputError(
    `${what} was found with ${blocked}, which was blocked since.`,
    'Run `kindred recluster` for a proposal without it.',
  );
}

/** What stood before the standing model was promoted: the audit tells, which keeps all decisions. */
async function supersededBy(state: State, standing: Model): Promise<Model> {
  const promotion = (await state.audit.list(['model.promoted'])).findLast(
    ({ action, subject }) => action === 'model.promoted' && subject === standing.id,
  );
  const before = promotion?.details.supersedes;
  const model = typeof before === 'string' ? await state.models.byId(before) : undefined;
  if (!model)
    throw new InputError(
      'There is no promotion to take back: the standing segments did not come from a proposal.',
      '`kindred proposals` lists what was decided.',
    );
  return model;
}
