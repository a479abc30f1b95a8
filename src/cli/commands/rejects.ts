import type { Command } from 'commander';
import { countRejects, listRejects } from '../../sources/rejects.ts';
import { type CommandContext, inApp, printJson, reading } from '../context.ts';
import { wholeNumber } from '../options.ts';
import { rejectsView } from '../views/rejects.ts';

export function registerRejects(program: Command, context: CommandContext): void {
  const command = program
    .command('rejects')
    .description('show the rows that an import refused, each with its reason')
    .option('--file <name>', 'only rows of this file')
    .option('--limit <rows>', 'how many to show', wholeNumber(1, 1_000_000), 20);
  reading(command).action(
    async (options: { file?: string; limit: number; data?: string; json?: boolean }) => {
      await inApp(context, 'rejects', options.data, async app => {
        const warehouse = await app.warehouse();
        const filter = options.file === undefined ? {} : { file: options.file };
        const rows = await listRejects(warehouse, { limit: options.limit, ...filter });
        const reasons = await countRejects(warehouse, filter);
        if (options.json) printJson(context, { reasons, rows });
        else context.terminal.out(rejectsView(reasons, rows, context.terminal.columns));
      });
    },
  );
}
