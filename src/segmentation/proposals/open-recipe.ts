import { InputError } from '../../errors.ts';
import type { Proposal } from '../../state/proposals.ts';
import { currentModel } from '../current.ts';
import { summaryOf } from '../recluster/summary-of.ts';
import type { SegmentContext } from '../segment-shop.ts';
import type { WhatIf } from '../what-if/what-if.ts';
import type { RecipeBody, WeightReason } from './bodies.ts';
import { changesInWords } from './change-words.ts';
import { oneLine, open } from './open.ts';

/**
 * Proposes what a what-if found: its candidate would stand. An open proposal of another candidate becomes superseded.
 *
 * @throws InputError where other segments stand than those that the what-if was beside
 */
export async function openRecipe(
  context: Pick<SegmentContext, 'state' | 'now'>,
  {
    kind,
    whatIf: { candidate, comparison, differences },
    why,
    reasons = [],
    actor,
  }: { kind: 'weights' | 'recipe'; whatIf: WhatIf; why: string; reasons?: WeightReason[]; actor: string },
): Promise<Proposal> {
  const standing = await currentModel(context.state);
  if (standing.id !== comparison.standing.modelId)
    throw new InputError('Other segments stand by now.', 'Ask the what-if again, beside those.');
  const [lead] = changesInWords(differences);
  const body: RecipeBody = {
    ...comparison,
    why: oneLine(why),
    reasons: reasons.map(weight => ({ ...weight, reason: oneLine(weight.reason) })),
    differences,
  };
  const summary = `${lead ? `${lead}: ` : ''}${summaryOf(comparison)}`;
  return open(context, { kind, subject: candidate.id, summary, body }, actor);
}
