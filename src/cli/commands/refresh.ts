import type { Command } from 'commander';
import { reclusterAdvised } from '../../segmentation/recluster/advised.ts';
import { refresh } from '../../segmentation/refresh/refresh.ts';
import { type CommandContext, inApp, printJson, reading } from '../context.ts';
import { asDate } from '../options.ts';
import { watchStages } from '../stages.ts';
import { adviceView, refreshView } from '../views/refresh.ts';
import { warningsView } from '../views/segments.ts';

interface RefreshOptions {
  asOf?: string;
  again?: boolean;
  data?: string;
  json?: boolean;
}

export function registerRefresh(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const command = program
    .command('refresh')
    .description('score everybody against the segments as of a date, and tell who moved and what drifted')
    .option('--as-of <date>', 'look from this date (default: the day after the last order)', asDate)
    .option('--again', 'redo the latest refresh, with what has been imported since');
  reading(command).action(async (options: RefreshOptions) => {
    await inApp(context, 'refresh', options.data, async app => {
      const stages = watchStages(terminal);
      const state = await app.state();
      const { kind, model, record, warnings } = await refresh(
        { warehouse: await app.warehouse(), state, now: app.now },
        { asOf: options.asOf, again: options.again ?? false, actor: terminal.user || 'kindred' },
        stages.progress,
      );
      const times = stages.finish();
      const records = await state.refreshes.list();
      const advice = reclusterAdvised(record.findings, records);
      if (options.json) return printJson(context, { kind, record, advice, warnings, stages: times });
      const width = terminal.columns;
      const told = kind === 'already' ? [`${record.asOf} was looked at before; nothing was done.`] : [];
      terminal.err(warningsView([...told, ...warnings], width));
      terminal.out(`\n${refreshView(model, records, width)}${adviceView(advice, record.findings, width)}`);
    });
  });
}
