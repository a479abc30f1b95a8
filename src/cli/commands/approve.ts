import type { Command } from 'commander';
import { approve } from '../../segmentation/recluster/promote.ts';
import { type CommandContext, inApp, printJson, reading } from '../context.ts';
import { decider, deciding, reasonOption } from '../decision.ts';
import { watchStages } from '../stages.ts';
import { segmentsView } from '../views/segments.ts';

interface ApproveOptions {
  by?: string;
  reason?: string;
  data?: string;
  json?: boolean;
}

export function registerApprove(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const command = program
    .command('approve')
    .description('carry a proposal out: what it proposes are the segments from then on')
    .argument('<id>', 'the id that `kindred proposals` lists')
    .option(...reasonOption);
  reading(deciding(command)).action(async (id: string, options: ApproveOptions) => {
    const by = decider(terminal, options.by);
    await inApp(context, 'approve', options.data, async app => {
      const stages = watchStages(terminal);
      const promoted = await approve(
        { warehouse: await app.warehouse(), state: await app.state(), now: app.now },
        { id, by, reason: options.reason ?? '' },
        stages.progress,
      );
      stages.finish();
      if (options.json) return printJson(context, promoted);
      terminal.out(
        `\nApproved: these are the segments as of ${promoted.record.asOf}. \`kindred rollback\` takes it back.\n\n${segmentsView(promoted.model, terminal.columns)}`,
      );
    });
  });
}
