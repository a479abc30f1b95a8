import type { Command } from 'commander';
import { approve } from '../../segmentation/proposals/decide.ts';
import { proposalOf } from '../../segmentation/proposals/find.ts';
import { type CommandContext, inApp, pathFrom, printJson, reading } from '../context.ts';
import { decider, deciding, reasonOption } from '../decision.ts';
import { watchStages } from '../stages.ts';
import { approvedView } from '../views/approved.ts';

interface ApproveOptions {
  by?: string;
  reason?: string;
  to?: string;
  data?: string;
  json?: boolean;
}

export function registerApprove(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const command = program
    .command('approve')
    .description('carry a proposal out: what it proposes stands from then on')
    .argument('<id>', 'the id that `kindred proposals` lists')
    .option(...reasonOption)
    .option('--to <file>', 'where the members of an audience go, for a proposal that hands them out');
  reading(deciding(command)).action(async (id: string, options: ApproveOptions) => {
    const by = decider(terminal, options.by);
    await inApp(context, 'approve', options.data, async app => {
      const stores = { warehouse: await app.warehouse(), state: await app.state(), now: app.now };
      const stages = watchStages(terminal);
      const file = options.to === undefined ? undefined : pathFrom(terminal, options.to);
      const approved = await approve(stores, { id, by, reason: options.reason ?? '', file }, stages.progress);
      stages.finish();
      if (options.json) printJson(context, { ...approved, proposal: await proposalOf(stores.state, id) });
      else terminal.out(approvedView(id, approved, terminal.columns));
    });
  });
}
