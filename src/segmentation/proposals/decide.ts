import type { PlanBody } from '../../activation/sync.ts';
import { InputError } from '../../errors.ts';
import { featureById } from '../../features/catalogue.ts';
import { allowing } from '../../governance/allowing.ts';
import type { Progress } from '../../progress.ts';
import { candidateKinds, type Proposal } from '../../state/proposals.ts';
import { type ExportedAudience, exportAudience } from '../audiences/export-audience.ts';
import { currentModel, findSegment } from '../current.ts';
import type { Model } from '../model.ts';
import { type Decision, type Promoted, promote } from '../recluster/promote.ts';
import { changeHistory, settle } from '../refresh/settle.ts';
import type { SegmentContext } from '../segment-shop.ts';
import { bodyOf, type FeatureBody, type FileBody, type PersonaBody } from './bodies.ts';
import { alreadyDecided, proposalOf } from './find.ts';
import { whyOutdated, withTexts } from './open-personas.ts';
import { whyOutdatedPlan } from './outdated-plan.ts';

/** What came of an approval. */
export type Approved =
  | ({ kind: 'promoted' } & Promoted)
  | { kind: 'renamed'; model: Model; keys: string[] }
  | { kind: 'allowed'; body: FeatureBody }
  | ({ kind: 'written'; file: string } & ExportedAudience)
  /** Sent from now on, by the server or `kindred sync apply`. */
  | { kind: 'sending'; body: PlanBody };

type Context = Pick<SegmentContext, 'warehouse' | 'state' | 'now'>;

/** A decision of a person: `by` is who sits at the surface, never a model. */
export interface Ruling extends Decision {
  id: string;
  /** Where the members of an audience are to be written, for a proposal that hands them out. */
  file?: string | undefined;
}

/**
 * Carries a proposal out and records who decided it and why. The only way to decide, and no tool's: of several who decide
 * at once one does. Killed on the way it is either decided and done, or neither, or is done by whoever writes next;
 * a list alone may be decided and not yet in its place, and can be written again.
 *
 * @throws InputError where the proposal is not open, or can no longer be carried out
 */
export async function approve(
  context: Context,
  ruling: Ruling,
  progress: Progress = () => {},
): Promise<Approved> {
  const { warehouse, state } = context;
  named(ruling);
  const proposal = await proposalOf(state, ruling.id);
  if (candidateKinds.includes(proposal.kind))
    return { kind: 'promoted', ...(await promote(context, ruling, progress)) };
  await settle(warehouse, state);
  if (proposal.status !== 'open') throw alreadyDecided(proposal);
  const told = bodyOf(proposal);
  switch (told.kind) {
    case 'persona':
      return changeTexts(context, told.body, ruling);
    case 'feature':
      return allow(context, told.body, ruling);
    case 'sync':
      return told.body.destination === 'file'
        ? handOut(context, told.body, ruling)
        : send(context, told.body, ruling);
    default:
      throw new Error(`Nobody knows how to carry out a proposal of ${told.kind}.`);
  }
}

/** Closes a proposal; what stands stays as it is. */
export async function reject(context: Context, ruling: Ruling): Promise<Proposal> {
  const { state, now } = context;
  named(ruling);
  const { id, by, reason } = ruling;
  // In the turn of those that change segments: an approval on its way is carried out first, or comes too late.
  await changeHistory(context, async () => {
    const closed = await state.proposals.reject(id, { at: now().toISOString(), by, reason });
    if (!closed) throw alreadyDecided(await proposalOf(state, id));
    return null;
  });
  return proposalOf(state, id);
}

/** In the turn of those that change segments: a refresh on its way would write the texts of before. */
async function changeTexts(context: Context, body: PersonaBody, ruling: Ruling): Promise<Approved> {
  const { state } = context;
  await changeHistory(context, async () => {
    const standing = await currentModel(state);
    const outdated = whyOutdated(body, standing);
    if (outdated)
      throw new InputError(
        `${ruling.id} can no longer be approved: ${outdated}.`,
        `Reject it with \`kindred reject ${ruling.id} --reason "..."\`, and have the segments named anew.`,
      );
    const personas = body.texts.map(({ key, after }) => ({
      key,
      persona: withTexts(findSegment(standing, key).persona, after),
    }));
    await settled(context, ruling, { kind: 'persona', modelId: standing.id, personas });
    return null;
  });
  return { kind: 'renamed', model: await currentModel(state), keys: body.texts.map(({ key }) => key) };
}

async function allow(context: Context, body: FeatureBody, ruling: Ruling): Promise<Approved> {
  const { by, reason } = ruling;
  if (reason.trim() === '')
    throw new InputError(
      `${ruling.id} allows a feature that is sensitive or was blocked, and nobody has said why.`,
      'Say with --reason why it is lawful and fair to use.',
    );
  const { feature, lawfulBasis } = body;
  const at = context.now().toISOString();
  // Refuses what tells of a special category: that is allowed where the condition of article 9 can be named.
  const decision = allowing(featureById(feature)!, { basis: lawfulBasis, by, reason, at });
  await settled(context, ruling, { kind: 'feature', decision });
  return { kind: 'allowed', body };
}

async function handOut(context: Context, { handle }: FileBody, ruling: Ruling): Promise<Approved> {
  const { by, file } = ruling;
  if (file === undefined)
    throw new InputError(`${ruling.id} writes people to a file.`, 'Say where with --to FILE.');
  const agree = () => settled(context, ruling, { kind: 'sync', run: null });
  const exported = await exportAudience(context, { handle, file, actor: by, agree });
  return { kind: 'written', file, ...exported };
}

/** In the turn of those that change segments: a plan is of the segments that stand. */
async function send(context: Context, body: PlanBody, ruling: Ruling): Promise<Approved> {
  const { state } = context;
  await changeHistory(context, async (_, history) => {
    const outdated = await whyOutdatedPlan(state, body, history);
    if (outdated)
      throw new InputError(
        `${ruling.id} can no longer be approved: ${outdated}.`,
        `Plan it anew with \`kindred sync plan ${body.sync}\`.`,
      );
    await settled(context, ruling, { kind: 'sync', run: body.run });
    return null;
  });
  return { kind: 'sending', body };
}

/** Decided by this ruling, or refused where another was faster. */
async function settled(
  { state, now }: Context,
  { id, by, reason }: Ruling,
  effect: Parameters<typeof state.proposals.approve>[2],
): Promise<void> {
  const decision = { at: now().toISOString(), by, reason };
  if (!(await state.proposals.approve(id, decision, effect)))
    throw alreadyDecided(await proposalOf(state, id));
}

function named({ by }: Ruling): void {
  if (by.trim() === '') throw new InputError('Nobody is named who decides.', 'Say who decides.');
}
