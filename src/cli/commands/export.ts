import { type Command, Option } from 'commander';
import { type Exportable, exportables, exportData } from '../../segmentation/export.ts';
import { formatCount } from '../../segmentation/wording.ts';
import { type CommandContext, inApp, pathFrom, printJson, reading } from '../context.ts';
import { asDate } from '../options.ts';

export function registerExport(program: Command, context: CommandContext): void {
  const command = program
    .command('export')
    .description('write memberships, features, segments or scores to a file')
    .argument('<what>', `one of ${exportables.join(', ')}`)
    .addOption(
      new Option(
        '--to <file>',
        'the file; its ending says the format: .csv, .parquet, .json, .jsonl',
      ).makeOptionMandatory(),
    )
    .option('--on <date>', 'memberships as they were on this day', asDate);
  reading(command).action(
    async (what: string, options: { to: string; on?: string; data?: string; json?: boolean }) => {
      if (!isExportable(what))
        return command.error(`error: "${what}" cannot be exported; choose one of ${exportables.join(', ')}`);
      if (options.on !== undefined && what !== 'memberships')
        return command.error('error: --on is for memberships');
      await inApp(context, 'export', options.data, async app => {
        const file = pathFrom(context.terminal, options.to);
        const rows = await exportData(await app.warehouse(), await app.state(), what, file, options.on);
        if (options.json) printJson(context, { what, file: options.to, rows });
        else context.terminal.out(`Wrote ${formatCount(rows)} rows to ${options.to}\n`);
      });
    },
  );
}

function isExportable(what: string): what is Exportable {
  return (exportables as readonly string[]).includes(what);
}
