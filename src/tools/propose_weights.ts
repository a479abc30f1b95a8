import { z } from 'zod';
import { changesInWords } from '../segmentation/proposals/change-words.ts';
import { openRecipe } from '../segmentation/proposals/open-recipe.ts';
import { tried } from './inputs/asked-recipe.ts';
import { askedWeights, weightLabel } from './inputs/asked-weights.ts';
import { candidateProposal, proposalResult } from './results/proposal-result.ts';
import { tool } from './tool.ts';

export const proposeWeightsTool = tool({
  name: 'propose_weights',
  title: 'Propose weights',
  description:
    'Proposes other weights for features or classes, with a reason each, after trying them as what_if does. A person decides.',
  input: z.object({
    weights: z
      .array(
        z.object({
          of: z.string().describe('feature id or class'),
          weight: z.number().min(0).max(10),
          reason: z.string().min(1).max(300),
        }),
      )
      .min(1)
      .max(40),
    why: z.string().min(1).max(500).describe('the business priority'),
  }),
  output: proposalResult,
  effect: 'propose',
  role: 'analyst',
  slow: true,
  async run(context, { weights: given, why }) {
    const weights = askedWeights(
      Object.fromEntries(given.map(({ of, weight }) => [of, weight])),
      await context.state.decisions.list(),
    );
    const whatIf = await tried(context, { weights });
    const reasons = given.map(weight => ({ ...weight, label: weightLabel(weight.of) }));
    const proposal = await openRecipe(context, {
      kind: 'weights',
      whatIf,
      why,
      reasons,
      actor: context.actor,
    });
    return candidateProposal(proposal, whatIf.comparison, changesInWords(whatIf.differences));
  },
});
