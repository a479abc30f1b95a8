import { z } from 'zod';
import { showAudience } from '../segmentation/audiences/build-audience.ts';
import { openSync } from '../segmentation/proposals/open-sync.ts';
import { audienceResult } from './results/audience-result.ts';
import { proposalOfTool, proposalResult } from './results/proposal-result.ts';
import { syncSummary } from './results/shown-proposal.ts';
import { tool } from './tool.ts';

export const proposeSyncTool = tool({
  name: 'propose_sync',
  title: 'Propose to hand out an audience',
  description:
    'Proposes that the members of a saved audience are written to a file for the person who approves it. No member is told to anybody else.',
  input: z.object({
    audience: z.string().describe('handle from build_audience'),
    destination: z.enum(['file']).default('file'),
    purpose: z.string().min(1).max(300).describe('what they are to be used for'),
  }),
  output: proposalResult,
  effect: 'propose',
  role: 'analyst',
  async run(context, { audience: handle, destination, purpose }) {
    const { warehouse, state, actor } = context;
    const built = await showAudience({ warehouse, state }, handle);
    const { name, asOf, customers } = audienceResult(built);
    const proposal = await openSync(context, { built, destination, purpose, actor });
    return proposalOfTool(proposal, {
      summary: syncSummary({ handle, name }),
      changes: ['Nothing in Kindred changes. Who they are is looked up when it is approved.'],
      customers,
      asOf,
      options: ' --to FILE',
    });
  },
});
