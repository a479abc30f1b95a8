import { z } from 'zod';
import { InputError } from '../errors.ts';
import type { Progress } from '../progress.ts';
import { recluster } from '../segmentation/recluster/recluster.ts';
import { candidateProposal, proposalResult } from './results/proposal-result.ts';
import { tool } from './tool.ts';

export const proposePromotionTool = tool({
  name: 'propose_promotion',
  title: 'Propose segments found anew',
  description:
    'Finds the segments anew by the standing recipe on the latest data, and proposes them in the place of those that stand. Takes up to minutes. A person decides.',
  input: z.object({}),
  output: proposalResult,
  effect: 'propose',
  role: 'analyst',
  slow: true,
  async run({ warehouse, state, pool, now, actor, progress, signal }) {
    const step: Progress = event => {
      signal?.throwIfAborted();
      progress(event);
    };
    const outcome = await recluster({ warehouse, state, pool, now }, { actor }, step);
    if ('kind' in outcome)
      throw new InputError(
        `There are no stable groups: ${outcome.choice.reason}`,
        'Nothing was proposed; the standing segments stay.',
      );
    return candidateProposal(outcome.proposal, outcome.comparison);
  },
});
