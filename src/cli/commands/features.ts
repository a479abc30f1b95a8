import type { Command } from 'commander';
import { availableFeatures } from '../../features/availability.ts';
import { catalogue } from '../../features/catalogue.ts';
import { type CommandContext, inApp, printJson, reading } from '../context.ts';
import { featuresView } from '../views/features.ts';

export function registerFeatures(program: Command, context: CommandContext): void {
  const command = program
    .command('features')
    .description('list the features, and which of them this data can give');
  reading(command).action(async (options: { data?: string; json?: boolean }) => {
    await inApp(context, 'features', options.data, async app => {
      const { missing } = await availableFeatures(await app.warehouse());
      const why = new Map(missing.map(item => [item.feature.id, item.why]));
      const rows = catalogue.map(feature => ({ ...feature, missingBecause: why.get(feature.id) ?? null }));
      if (options.json) printJson(context, rows);
      else context.terminal.out(featuresView(rows, context.terminal.columns));
    });
  });
}
