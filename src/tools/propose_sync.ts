import { z } from 'zod';
import { holdoutShares } from '../activation/holdout.ts';
import { openSyncProposal } from '../activation/plan/propose.ts';
import { InputError } from '../errors.ts';
import { showAudience } from '../segmentation/audiences/build-audience.ts';
import { openSync } from '../segmentation/proposals/open-sync.ts';
import { audienceResult } from './results/audience-result.ts';
import { planProposal, proposalOfTool, proposalResult } from './results/proposal-result.ts';
import { syncSummary } from './results/shown-proposal.ts';
import { type ToolContext, tool } from './tool.ts';

const { least, most } = holdoutShares;

const input = z.object({
  audience: z.string().describe('handle from build_audience'),
  destination: z
    .string()
    .min(1)
    .max(100)
    .default('file')
    .describe('"file" for the person who approves it, or the name of a connection to keep it at'),
  purpose: z.string().min(1).max(300).describe('what they are to be used for'),
  basis: z
    .enum(['consent', 'legitimate-interest'])
    .default('consent')
    .describe('lawful basis; for a connection'),
  interest: z.string().max(300).optional().describe('what a legitimate interest consists in'),
  holdout: z
    .number()
    .min(least)
    .max(most)
    .optional()
    .describe('share never sent, to see what it earns; the same wherever the audience is kept'),
  name: z.string().min(1).max(60).optional().describe('of the list there; left out, one is found'),
});

export const proposeSyncTool = tool({
  name: 'propose_sync',
  title: 'Propose to hand out an audience',
  description:
    'Proposes that the members of a saved audience are written to a file for the person who approves it, or kept as a list at a connected tool. Nobody is told who they are before.',
  input,
  output: proposalResult,
  effect: 'propose',
  role: 'analyst',
  takesTurns: true,
  async run(context, asked) {
    if (asked.destination === 'file') return context.turn('propose_sync', () => proposeFile(context, asked));
    return proposeConnection(context, asked);
  },
});

async function proposeFile(
  context: ToolContext,
  { audience: handle, purpose }: z.output<typeof input>,
): Promise<z.input<typeof proposalResult>> {
  const { warehouse, state, actor } = context;
  const built = await showAudience({ warehouse, state }, handle);
  const { name, asOf, customers } = audienceResult(built);
  const proposal = await openSync(context, { built, destination: 'file', purpose, actor });
  return proposalOfTool(proposal, {
    summary: syncSummary({ handle, name }),
    changes: ['Nothing in Kindred changes. Who they are is looked up when it is approved.'],
    customers,
    asOf,
    options: ' --to FILE',
  });
}

async function proposeConnection(
  context: ToolContext,
  { audience, destination, purpose, basis, interest = '', holdout, name }: z.output<typeof input>,
): Promise<z.input<typeof proposalResult>> {
  const { state, activation, actor, signal = new AbortController().signal, progress } = context;
  if (!activation || !(await state.connections.byName(destination))) {
    const names = (await state.connections.list()).map(connection => connection.name);
    throw new InputError(
      `The destination "${destination}" is not connected.`,
      names.length > 0
        ? `Use "file", or one of: ${names.join(', ')}.`
        : 'Use "file": no tool of the shop is connected yet, which `kindred connect` does in a terminal.',
    );
  }
  const { proposal, body } = await openSyncProposal(
    activation,
    {
      audience,
      connection: destination,
      name,
      basis: { lawfulBasis: basis, interest },
      holdout,
      mostChange: activation.mostChange,
      purpose,
      actor,
      signal,
    },
    progress,
  );
  return planProposal(proposal, body);
}
