import type { Command } from 'commander';
import { weigh } from '../../agent/tasks/weights/weigh.ts';
import { toolContext } from '../../tool-context.ts';
import { besideOthers, type CommandContext, printJson, reading } from '../context.ts';
import { decider } from '../decision.ts';
import { words } from '../options.ts';
import { watchStages } from '../stages.ts';
import { exitCodes } from '../terminal.ts';
import { weighedView } from '../views/weigh.ts';

interface WeighOptions {
  by?: string;
  data?: string;
  json?: boolean;
}

export function registerWeigh(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const command = program
    .command('weigh')
    .description('propose feature weights for a business priority, and show what they would do')
    .argument('<priority>', 'in plain words: "we launch a subscription in March"', words)
    .option('--by <name>', 'who asks (default: your user name on this machine)', words);
  reading(command).action(async (priority: string, { by, data, json }: WeighOptions) => {
    const actor = decider(terminal, by);
    await besideOthers(context, 'weigh', data, async (app, signal) => {
      const stages = watchStages(terminal);
      const weighed = await weigh(
        await toolContext(app, {
          actor,
          role: 'analyst',
          progress: stages.progress,
          signal,
        }),
        await app.model(),
        { priority, surface: 'cli' },
      );
      stages.finish();
      if (json) printJson(context, weighed);
      else terminal.out(`\n${weighedView(weighed, terminal.columns)}`);
      if (weighed.tried.kind === 'no-stable-groups') context.exit(exitCodes.noStableGroups);
    });
  });
}
