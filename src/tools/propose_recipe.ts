import { z } from 'zod';
import { InputError } from '../errors.ts';
import { changesInWords } from '../segmentation/proposals/change-words.ts';
import { openRecipe } from '../segmentation/proposals/open-recipe.ts';
import { askedGroups, recipeInput, tried } from './inputs/asked-recipe.ts';
import { askedWeights } from './inputs/asked-weights.ts';
import { candidateProposal, proposalResult } from './results/proposal-result.ts';
import { tool } from './tool.ts';

export const proposeRecipeTool = tool({
  name: 'propose_recipe',
  title: 'Propose a recipe',
  description:
    'Proposes another number of groups, sector, or features to leave out, after trying it as what_if does. A person decides.',
  input: z.object({
    ...recipeInput,
    without: z.array(z.string()).max(40).optional().describe('ids of features to leave out'),
    why: z.string().min(1).max(500).describe('what speaks for it'),
  }),
  output: proposalResult,
  effect: 'propose',
  role: 'analyst',
  slow: true,
  async run(context, { k, kMax, overlay, without, why }) {
    if ([k, kMax, overlay, without].every(value => value === undefined))
      throw new InputError('propose_recipe: nothing is changed.', 'Give k, kMax, overlay or without.');
    const weights =
      without &&
      askedWeights(Object.fromEntries(without.map(id => [id, 0])), await context.state.decisions.list());
    const whatIf = await tried(context, { weights, k: askedGroups({ k, kMax }), overlay });
    const proposal = await openRecipe(context, { kind: 'recipe', whatIf, why, actor: context.actor });
    return candidateProposal(proposal, whatIf.comparison, changesInWords(whatIf.differences));
  },
});
