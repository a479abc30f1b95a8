import type { Command } from 'commander';
import { currentModel } from '../../segmentation/current.ts';
import { readiness } from '../../segmentation/readiness.ts';
import { type CommandContext, inApp, pathFrom, printJson, reading } from '../context.ts';

export function registerReport(program: Command, context: CommandContext): void {
  const command = program
    .command('report')
    .description('write the segments as one page for the browser')
    .option('--to <file>', 'where to write it', 'out/report.html')
    .option('--title <text>', 'the title of the page', 'Customer segments');
  reading(command).action(async (options: { to: string; title: string; data?: string; json?: boolean }) => {
    await inApp(context, 'report', options.data, async app => {
      // Loaded by the commands that draw: the charts would slow the start of all others.
      const { writeReport } = await import('../../report/write.ts');
      const state = await app.state();
      const model = await currentModel(state);
      const found = await readiness(await app.warehouse(), model.describedAsOf, model.recipe.overlay);
      const history = await state.refreshes.list();
      const input = { model, readiness: found, title: options.title, history };
      await writeReport(pathFrom(context.terminal, options.to), input);
      if (options.json) printJson(context, { file: options.to });
      else context.terminal.out(`Wrote ${options.to}\n`);
    });
  });
}
