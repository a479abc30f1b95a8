import type { Command } from 'commander';
import { readiness } from '../../segmentation/readiness.ts';
import { type CommandContext, inApp, printJson, reading } from '../context.ts';
import { asDate } from '../options.ts';
import { readinessView } from '../views/readiness.ts';

export function registerReadiness(program: Command, context: CommandContext): void {
  const command = program
    .command('readiness')
    .description('say what the data can carry, and what is missing')
    .option('--as-of <date>', 'look from this date (default: the day after the last order)', asDate);
  reading(command).action(async (options: { asOf?: string; data?: string; json?: boolean }) => {
    await inApp(context, 'readiness', options.data, async app => {
      const found = await readiness(await app.warehouse(), options.asOf);
      if (options.json) printJson(context, found);
      else context.terminal.out(readinessView(found, context.terminal.columns));
    });
  });
}
