import { type Command, InvalidArgumentError, Option } from 'commander';
import { backtest } from '../../segmentation/backtest/backtest.ts';
import type { OverlayId } from '../../segmentation/overlays/overlay.ts';
import { type CommandContext, inApp, printJson, reading } from '../context.ts';
import { asDate, overlayOption, wholeNumber } from '../options.ts';
import { watchStages } from '../stages.ts';
import { exitCodes } from '../terminal.ts';
import { backtestView } from '../views/backtest.ts';
import { noGroupsView, warningsView } from '../views/segments.ts';

interface BacktestOptions {
  from: string;
  to: string;
  every: number;
  k?: number;
  seed?: number;
  overlay?: OverlayId;
  force?: boolean;
  data?: string;
  json?: boolean;
}

export function registerBacktest(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const command = program
    .command('backtest')
    .description('what weekly refreshes would have shown in the past; nothing that stands is touched')
    .addOption(
      new Option('--from <date>', 'make the segments as of this date')
        .argParser(asDate)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--to <date>', 'refresh them until this date').argParser(asDate).makeOptionMandatory(),
    )
    .option('--every <span>', 'days (7d) or weeks (2w) from one refresh to the next', asDays, 7)
    .option('--k <number>', 'how many groups, instead of finding the number', wholeNumber(2, 30))
    .option('--seed <number>', 'seed of the random numbers (default: 1)', wholeNumber(0, 2 ** 31 - 1))
    .addOption(overlayOption())
    .option('--force', 'look for groups where the data is thin for it');
  reading(command).action(async ({ data, json, ...request }: BacktestOptions) => {
    await inApp(context, 'backtest', data, async app => {
      const stages = watchStages(terminal);
      const outcome = await backtest(
        { warehouse: await app.warehouse(), state: await app.state(), pool: app.pool(), now: app.now },
        { ...request, force: request.force ?? false },
        stages.progress,
      );
      stages.finish();
      if (json) printJson(context, outcome);
      else {
        terminal.err(warningsView(outcome.warnings, terminal.columns));
        if (outcome.kind === 'tested') terminal.out(`\n${backtestView(outcome.steps, terminal.columns)}`);
        else terminal.out(noGroupsView(outcome.choice, terminal.columns));
      }
      if (outcome.kind === 'no-stable-groups') context.exit(exitCodes.noStableGroups);
    });
  });
}

function asDays(text: string): number {
  const [, count, unit] = /^(\d{1,3})([dw])$/.exec(text) ?? [];
  const days = Number(count ?? 0) * (unit === 'w' ? 7 : 1);
  if (days < 1) throw new InvalidArgumentError('Write days as 7d or weeks as 2w.');
  return days;
}
