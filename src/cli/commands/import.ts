import type { Command } from 'commander';
import { suppressionOf } from '../../governance/suppression.ts';
import { tellTriggers } from '../../segmentation/triggers/manage.ts';
import { formats, importPaths } from '../../sources/import.ts';
import { type CommandContext, inApp, pathFrom, printJson, reading } from '../context.ts';
import { watchStages } from '../stages.ts';
import { importView } from '../views/import.ts';

export function registerImport(program: Command, context: CommandContext): void {
  const command = program
    .command('import')
    .description('bring in files: CSV, Parquet or JSON lines, gzipped or not')
    .argument('<path...>', 'files, folders or globs')
    .option('--format <name>', 'what the files are, where their headers do not tell')
    .option('--source <name>', 'the namespace of their ids (default: the name of the format)')
    .addHelpText(
      'after',
      `\nFormats:\n${formats.map(format => `  ${format.name.padEnd(20)} ${format.title}`).join('\n')}`,
    );
  reading(command).action(
    async (paths: string[], options: { format?: string; source?: string; data?: string; json?: boolean }) => {
      await inApp(context, 'import', options.data, async app => {
        const stages = watchStages(context.terminal);
        const warehouse = await app.warehouse();
        const report = await importPaths(
          warehouse,
          {
            paths: paths.map(path => pathFrom(context.terminal, path)),
            ...(options.format === undefined ? {} : { format: options.format }),
            ...(options.source === undefined ? {} : { source: options.source }),
            importedAt: app.now().toISOString(),
            tempDir: app.tempDir,
            suppression: suppressionOf(app.config),
          },
          stages.progress,
        );
        await tellTriggers(warehouse, app.state, app.now);
        const times = stages.finish();
        if (options.json) printJson(context, { ...report, stages: times });
        else context.terminal.out(importView(report, context.terminal.columns));
      });
    },
  );
}
