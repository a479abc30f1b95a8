import type { KChoice } from '../../../clustering/choose-k.ts';
import { InputError } from '../../../errors.ts';
import { featureById } from '../../../features/catalogue.ts';
import { currentModel } from '../../../segmentation/current.ts';
import { sensitiveReview } from '../../../segmentation/governance/sensitive-review.ts';
import type { Model } from '../../../segmentation/model.ts';
import { openRecipe } from '../../../segmentation/proposals/open-recipe.ts';
import { whatIf } from '../../../segmentation/what-if/what-if.ts';
import type { Proposal } from '../../../state/proposals.ts';
import type { ToolContext } from '../../../tools/tool.ts';
import { withoutIdentifiers } from '../../answer/identifiers.ts';
import type { ModelAccess } from '../../model/access.ts';
import { readPrompt } from '../../prompts.ts';
import { askFor } from '../../structured.ts';
import { refusedWeights } from './check-weights.ts';
import { plainWeights } from './plain-weights.ts';
import { type WeightsDraft, weightsDraft } from './weights-draft.ts';
import { quotedLine, sheetText, type WeightsSheet, weightsSheet } from './weights-sheet.ts';

export interface Weighed {
  priority: string;
  draft: WeightsDraft;
  author: 'model' | 'deterministic';
  /** Why weights by plain words stand in for a model's; null where they do not. */
  why: string | null;
  /** What the weights would do, waiting for a person; or that no stable groups were found with them. */
  tried: { kind: 'proposed'; proposal: Proposal } | { kind: 'no-stable-groups'; choice: KChoice };
}

type Chosen = Pick<Weighed, 'draft' | 'author' | 'why'>;

/**
 * Turns a priority into weights, tries them beside the segments that stand, and proposes what came of it.
 *
 * @throws InputError where the segments have no use for weights, or where without a model no word of the priority says
 * which behaviour is meant
 */
export async function weigh(
  context: ToolContext,
  access: ModelAccess | null,
  asked: { priority: string; surface: string },
): Promise<Weighed> {
  const { surface } = asked;
  // Whatever reaches a model holds no address, also where the person wrote one.
  const priority = withoutIdentifiers(asked.priority);
  const { model, sheet } = await context.turn('weigh', () => basisOf(context));
  const chosen = await choose(context, access, { priority, surface, model, sheet });
  const { draft } = chosen;
  const weights = Object.fromEntries(draft.weights.map(({ feature, weight }) => [feature, weight]));
  const tried = await context.turn('weigh', async (): Promise<Weighed['tried']> => {
    const outcome = await whatIf(context, { weights: { features: weights, classes: {} } }, context.progress);
    if (outcome.kind === 'no-stable-groups') return { kind: outcome.kind, choice: outcome.choice };
    const proposal = await openRecipe(context, {
      kind: 'weights',
      whatIf: outcome,
      why: `The priority: ${quotedLine(priority)}. ${draft.summary}`,
      reasons: draft.weights.map(({ feature, weight, reason }) => ({
        of: feature,
        label: featureById(feature)!.label,
        weight,
        reason,
      })),
      actor: context.actor,
    });
    return { kind: 'proposed', proposal };
  });
  return { priority, ...chosen, tried };
}

async function basisOf({ warehouse, state }: ToolContext): Promise<{ model: Model; sheet: WeightsSheet }> {
  const model = await currentModel(state);
  if (model.kind === 'rfm')
    throw new InputError(
      'The segments are classical RFM segments, which have no weights.',
      '`kindred segment --force` looks for groups all the same.',
    );
  const { names } = await sensitiveReview({ warehouse, state });
  return { model, sheet: weightsSheet(model, await state.decisions.list(), names) };
}

async function choose(
  context: ToolContext,
  access: ModelAccess | null,
  {
    priority,
    surface,
    model,
    sheet,
  }: { priority: string; surface: string; model: Model; sheet: WeightsSheet },
): Promise<Chosen> {
  if (access === null) return plainly(priority, sheet, null);
  const data = sheetText(sheet, model, priority);
  context.progress({ stage: 'Choosing weights' });
  const asked = await askFor({
    context,
    access,
    surface,
    purpose: 'weights',
    prompt: await readPrompt('weights'),
    data,
    schema: weightsDraft,
    check: draft => refusedWeights(draft, sheet, data),
  });
  return asked.kind === 'answered'
    ? { draft: asked.value, author: 'model', why: null }
    : plainly(priority, sheet, asked.why);
}

/** Where plain words do not do either, both reasons are told. */
function plainly(priority: string, sheet: WeightsSheet, why: string | null): Chosen {
  try {
    return { draft: plainWeights(priority, sheet), author: 'deterministic', why };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { message, next } = error;
    throw why === null
      ? new InputError(message, `${next} With ANTHROPIC_API_KEY set, a model reads any words.`)
      : new InputError(`${why} ${message}`, next);
  }
}
