import type { Command } from 'commander';
import { InputError } from '../../errors.ts';
import { featureById } from '../../features/catalogue.ts';
import { type CommandContext, inApp, withData } from '../context.ts';
import { words } from '../options.ts';

interface AllowOptions {
  by: string;
  reason: string;
  data?: string;
}

/** Records a person's decision; without one a sensitive feature never enters a recipe. */
export function registerAllow(program: Command, context: CommandContext): void {
  const command = program
    .command('allow')
    .description('record the decision that a sensitive feature may be used')
    .argument('<feature>', 'its id, as `kindred features` lists it')
    .requiredOption('--by <name>', 'who decided', words)
    .requiredOption('--reason <text>', 'why it is lawful and fair to use', words);
  withData(command).action(async (id: string, options: AllowOptions) => {
    const feature = featureById(id);
    if (!feature)
      throw new InputError(`There is no feature "${id}".`, 'See `kindred features` for the catalogue.');
    if (feature.sensitivity === 'none') {
      context.terminal.out(`"${feature.label}" is not sensitive: it needs no decision.\n`);
      return;
    }
    await inApp(context, 'allow', options.data, async app => {
      const state = await app.state();
      await state.decisions.record({
        feature: id,
        effect: 'allow',
        lawfulBasis: null,
        decidedBy: options.by,
        at: app.now().toISOString(),
        reason: options.reason,
      });
      context.terminal.out(
        `Recorded: "${feature.label}" may be used from the next \`kindred segment\` on.\n`,
      );
    });
  });
}
