import { z } from 'zod';
import { lawfulBases } from '../governance/decisions.ts';
import { currentModel } from '../segmentation/current.ts';
import { openFeature } from '../segmentation/proposals/open-feature.ts';
import { proposalOfTool, proposalResult } from './results/proposal-result.ts';
import { tool } from './tool.ts';

export const proposeFeatureTool = tool({
  name: 'propose_feature',
  title: 'Propose to allow a feature',
  description:
    'Proposes that a sensitive or blocked feature may be used, on a lawful basis of the GDPR (article 6). A person decides, and is asked for the reason.',
  input: z.object({
    feature: z.string().describe('its id'),
    lawfulBasis: z.enum(lawfulBases),
    why: z.string().min(1).max(500).describe('why it is needed and fair'),
  }),
  output: proposalResult,
  effect: 'propose',
  role: 'analyst',
  async run(context, { feature, lawfulBasis, why }) {
    const { describedAsOf } = await currentModel(context.state);
    const proposal = await openFeature(context, { feature, lawfulBasis, why, actor: context.actor });
    return proposalOfTool(proposal, {
      summary: proposal.summary,
      changes: ['Segments and audiences that stand do not change; the next ones may use it.'],
      customers: null,
      asOf: describedAsOf,
      options: ' --reason TEXT',
    });
  },
});
