import type { Command } from 'commander';
import { proposalOf } from '../../segmentation/proposals/find.ts';
import { type CommandContext, inApp, printJson, reading } from '../context.ts';
import { proposalsView, proposalView } from '../views/proposals.ts';

export function registerProposals(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const list = program
    .command('proposals')
    .description('list what waits for a decision, or show one proposal');
  reading(list).action(async (options: { data?: string; json?: boolean }) => {
    await inApp(context, 'proposals', options.data, async app => {
      const proposals = await (await app.state()).proposals.list();
      if (options.json) printJson(context, { proposals: proposals.map(({ body: _, ...told }) => told) });
      else terminal.out(proposalsView(proposals, terminal.columns));
    });
  });

  const show = list
    .command('show')
    .description('one proposal, with all that is known to decide by')
    .argument('<id>', 'the id that `kindred proposals` lists');
  reading(show).action(async (id: string, _options: unknown, command: Command) => {
    // `--data` and `--json` are taken by the parent too; the merged options hold whichever was given.
    const options = command.optsWithGlobals<{ data?: string; json?: boolean }>();
    await inApp(context, 'proposals show', options.data, async app => {
      const proposal = await proposalOf(await app.state(), id);
      if (options.json) printJson(context, proposal);
      else terminal.out(proposalView(proposal, terminal.columns));
    });
  });
}
