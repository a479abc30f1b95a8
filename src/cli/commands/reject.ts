import type { Command } from 'commander';
import { reject } from '../../segmentation/proposals/decide.ts';
import { staysAsItIs } from '../../segmentation/proposals/outcome-words.ts';
import { wordedAs } from '../../segmentation/proposals/proposal-words.ts';
import { type CommandContext, inApp, printJson, reading } from '../context.ts';
import { decider, deciding, reasonOption } from '../decision.ts';

interface RejectOptions {
  by?: string;
  reason: string;
  data?: string;
  json?: boolean;
}

export function registerReject(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const command = program
    .command('reject')
    .description('close a proposal: all stays as it is')
    .argument('<id>', 'the id that `kindred proposals` lists')
    .requiredOption(...reasonOption);
  reading(deciding(command)).action(async (id: string, options: RejectOptions) => {
    const by = decider(terminal, options.by);
    await inApp(context, 'reject', options.data, async app => {
      const proposal = await reject(
        { warehouse: await app.warehouse(), state: await app.state(), now: app.now },
        { id, by, reason: options.reason },
      );
      if (options.json) printJson(context, proposal);
      else terminal.out(`Rejected: ${proposal.id}. ${staysAsItIs(wordedAs(proposal))}\n`);
    });
  });
}
