import type { Command } from 'commander';
import { currentModel } from '../../segmentation/current.ts';
import { movesBetween } from '../../segmentation/moves/between.ts';
import { lapsedKeys } from '../../segmentation/moves/lapsed.ts';
import { namedMoves } from '../../segmentation/moves/named.ts';
import { type CommandContext, inApp, printJson, reading } from '../context.ts';
import { asDate } from '../options.ts';
import { movesView } from '../views/moves.ts';

interface MovesOptions {
  from?: string;
  to?: string;
  data?: string;
  json?: boolean;
}

export function registerMoves(program: Command, context: CommandContext): void {
  const command = program
    .command('moves')
    .description('who moved from which segment to which, and what moved them')
    .option('--from <date>', 'moves after this date (default: since the refresh before the last)', asDate)
    .option('--to <date>', 'and up to this one (default: the last refresh)', asDate);
  reading(command).action(async ({ from, to, data, json }: MovesOptions) => {
    await inApp(context, 'moves', data, async app => {
      const state = await app.state();
      const model = await currentModel(state);
      const records = await state.refreshes.list();
      const between = movesBetween(records, { from, to }, lapsedKeys(model));
      const named = namedMoves(between, records, model);
      if (json) printJson(context, { ...between, named });
      else context.terminal.out(movesView(between, named, model, context.terminal.columns));
    });
  });
}
