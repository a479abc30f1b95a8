import type { Command } from 'commander';
import { rollback } from '../../segmentation/recluster/promote.ts';
import { type CommandContext, inApp, printJson, reading } from '../context.ts';
import { decider, deciding, reasonOption } from '../decision.ts';
import { watchStages } from '../stages.ts';
import { segmentsView } from '../views/segments.ts';

interface RollbackOptions {
  by?: string;
  reason: string;
  data?: string;
  json?: boolean;
}

export function registerRollback(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const command = program
    .command('rollback')
    .description('take the last approved proposal back: the segments of before stand again')
    .requiredOption(...reasonOption);
  reading(deciding(command)).action(async (options: RollbackOptions) => {
    const by = decider(terminal, options.by);
    await inApp(context, 'rollback', options.data, async app => {
      const stages = watchStages(terminal);
      const restored = await rollback(
        { warehouse: await app.warehouse(), state: await app.state(), now: app.now },
        { by, reason: options.reason },
        stages.progress,
      );
      stages.finish();
      if (options.json) return printJson(context, restored);
      terminal.out(
        `\nTaken back: the segments of before stand again, as of ${restored.record.asOf}.\n\n${segmentsView(restored.model, terminal.columns)}`,
      );
    });
  });
}
