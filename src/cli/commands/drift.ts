import type { Command } from 'commander';
import { explainDrift } from '../../agent/tasks/drift/explain-drift.ts';
import { currentModel } from '../../segmentation/current.ts';
import { reclusterAdvised } from '../../segmentation/recluster/advised.ts';
import { toolContext } from '../../tool-context.ts';
import { besideOthers, type CommandContext, inApp, printJson, reading } from '../context.ts';
import { driftView } from '../views/drift.ts';
import { explainedDriftView } from '../views/drift-explained.ts';
import { adviceView } from '../views/refresh.ts';

interface DriftOptions {
  explain?: boolean;
  data?: string;
  json?: boolean;
}

export function registerDrift(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const command = program
    .command('drift')
    .description('what the last refresh found to have changed')
    .option('--explain', 'say what matters, what is likely behind it, and what to check');
  reading(command).action(async ({ explain, data, json }: DriftOptions) => {
    if (explain)
      return besideOthers(context, 'drift', data, async (app, signal) => {
        const actor = terminal.user ?? 'kindred';
        const tools = await toolContext(app, { actor, role: 'viewer', signal });
        const explained = await explainDrift(tools, await app.model(), 'cli');
        if (json) printJson(context, explained);
        else terminal.out(explainedDriftView(explained, terminal.columns));
      });
    await inApp(context, 'drift', data, async app => {
      const state = await app.state();
      await currentModel(state);
      const records = await state.refreshes.list();
      const { asOf, kind, findings } = records.at(-1)!;
      const advice = reclusterAdvised(findings, records);
      if (json) return printJson(context, { asOf, findings, advice });
      if (kind !== 'refresh')
        return terminal.out(
          `Nothing was compared yet: the segments were made as of ${asOf}. \`kindred refresh\` looks at a later date.\n`,
        );
      terminal.out(
        `${driftView({ asOf, findings }, terminal.columns)}${adviceView(advice, findings, terminal.columns)}`,
      );
    });
  });
}
