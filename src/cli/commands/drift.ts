import type { Command } from 'commander';
import { currentModel } from '../../segmentation/current.ts';
import { reclusterAdvised } from '../../segmentation/recluster/advised.ts';
import { type CommandContext, inApp, printJson, reading } from '../context.ts';
import { driftView } from '../views/drift.ts';
import { adviceView } from '../views/refresh.ts';

export function registerDrift(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const command = program.command('drift').description('what the last refresh found to have changed');
  reading(command).action(async ({ data, json }: { data?: string; json?: boolean }) => {
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
