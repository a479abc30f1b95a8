import type { Command } from 'commander';
import type { OverlayId } from '../../segmentation/overlays/overlay.ts';
import { readiness } from '../../segmentation/readiness.ts';
import { type CommandContext, inApp, printJson, reading } from '../context.ts';
import { asDate, overlayOption } from '../options.ts';
import { readinessView } from '../views/readiness.ts';

interface ReadinessOptions {
  asOf?: string;
  overlay?: OverlayId;
  data?: string;
  json?: boolean;
}

export function registerReadiness(program: Command, context: CommandContext): void {
  const command = program
    .command('readiness')
    .description('say what the data can carry, and what is missing')
    .option('--as-of <date>', 'look from this date (default: the day after the last order)', asDate)
    .addOption(overlayOption());
  reading(command).action(async (options: ReadinessOptions) => {
    await inApp(context, 'readiness', options.data, async app => {
      const found = await readiness(await app.warehouse(), options.asOf, options.overlay);
      if (options.json) printJson(context, found);
      else context.terminal.out(readinessView(found, context.terminal.columns));
    });
  });
}
