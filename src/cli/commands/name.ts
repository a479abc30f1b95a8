import type { Command } from 'commander';
import { nameSegments } from '../../agent/tasks/naming/name-segments.ts';
import { toolContext } from '../../tool-context.ts';
import { besideOthers, type CommandContext, printJson, reading } from '../context.ts';
import { decider } from '../decision.ts';
import { words } from '../options.ts';
import { watchStages } from '../stages.ts';
import { nameView } from '../views/name.ts';

export function registerName(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const command = program
    .command('name')
    .description('have a language model name the segments, and propose what it wrote')
    .option('--by <name>', 'who proposes (default: your user name on this machine)', words);
  reading(command).action(async (options: { by?: string; data?: string; json?: boolean }) => {
    const actor = decider(terminal, options.by);
    await besideOthers(context, 'name', options.data, async (app, signal) => {
      const stages = watchStages(terminal);
      const { progress } = stages;
      const tools = await toolContext(app, { actor, role: 'analyst', progress, signal });
      const model = await app.model();
      const naming = await nameSegments(tools, model, 'cli');
      stages.finish();
      if (options.json) printJson(context, naming);
      else terminal.out(nameView(naming, model?.id ?? null, terminal.columns));
    });
  });
}
