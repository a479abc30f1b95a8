import { dayText } from '../../markdown/figures.ts';
import type { Model } from '../../segmentation/model.ts';
import type { ProposalBody, RecipeBody } from '../../segmentation/proposals/bodies.ts';
import { groupsInWords } from '../../segmentation/proposals/change-words.ts';
import { planBasis } from '../../segmentation/proposals/sync-words.ts';
import type { Comparison } from '../../segmentation/recluster/comparison.ts';
import type { State } from '../../state/state.ts';

/** So much of a fingerprint tells it from any other. */
const fingerprintLength = 12;

/** What a proposal rests on, a sentence each: the day of its figures, what it was found with, and how to find that again. */
export async function basisOf(
  { models }: Pick<State, 'models'>,
  told: ProposalBody,
  subject: string,
): Promise<string[]> {
  switch (told.kind) {
    case 'promotion':
    case 'weights':
    case 'recipe':
      return candidateBasis(told.body, await models.byId(subject));
    case 'persona':
      return [
        `Written from the figures of ${dayText(told.body.asOf)}, for the segments of the model ${told.body.modelId}.`,
      ];
    case 'feature':
      return [
        `Lawful basis: ${told.body.lawfulBasis.replaceAll('-', ' ')}.`,
        `Feature: ${told.body.feature}.`,
      ];
    case 'sync':
      if (told.body.destination === 'connection') return planBasis(told.body);
      return [
        `Audience ${told.body.handle}, counted as of ${dayText(told.body.asOf)}; who they are is looked up when it is approved.`,
      ];
  }
}

function candidateBasis(
  { asOf, standing, candidate }: Comparison | RecipeBody,
  model: Model | undefined,
): string[] {
  const beside = `Compared with the segments that stand, on figures as of ${dayText(asOf)}: ${standing.groups} segments now, ${candidate.groups} proposed.`;
  if (!model) return [beside, 'What it proposes is no longer kept.'];
  const { recipe, fingerprint } = model;
  const features = recipe.features.filter(({ weight }) => weight > 0).length;
  const found =
    model.kind === 'rfm'
      ? 'Classical RFM cells, as the data carries no more.'
      : `Recipe: ${features} features, ${groupsInWords(recipe.k)}, seed ${recipe.seed}.`;
  return [beside, found, `Fingerprint: ${fingerprint.slice(0, fingerprintLength)}.`];
}
