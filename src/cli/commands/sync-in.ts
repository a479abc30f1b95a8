import type { Command } from 'commander';
import { formatError, KindredError } from '../../errors.ts';
import { tellTriggers } from '../../segmentation/triggers/manage.ts';
import { syncIn } from '../../sources/pull/sync-in.ts';
import { platformOf } from '../../vendors/platform.ts';
import { besideOthers, type CommandContext, printJson, reading } from '../context.ts';
import { watchStages } from '../stages.ts';
import { exitCodes } from '../terminal.ts';
import { syncInView } from '../views/sync-in.ts';

const examples = `
Examples:
  kindred sync-in                      what changed since the last time, from all connected tools
  kindred sync-in shopify --again      everything of one of them once more, from the beginning`;

export function registerSyncIn(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const command = program
    .command('sync-in')
    .description(
      'pull what changed from the connected tools; stopped anywhere, the next one goes on from there',
    )
    .argument('[name...]', 'the connections to pull from (default: all that rows can be pulled from)')
    .option('--again', 'from the beginning, also what was pulled before')
    .addHelpText('after', examples);
  reading(command).action(
    async (
      names: string[],
      { again = false, data, json }: { again?: boolean; data?: string; json?: boolean },
    ) => {
      await besideOthers(context, 'sync-in', data, async (app, signal) => {
        const stages = watchStages(terminal);
        const log = {
          info() {},
          warn() {},
          error({ err }: { err?: unknown }) {
            if (!(err instanceof KindredError)) terminal.err(`\n${formatError(err)}\n`);
          },
        };
        const report = await syncIn(app, {
          connections: names,
          again,
          signal,
          progress: stages.progress,
          platform: platformOf(app, signal, log),
        });
        await app.turns.take(
          'telling triggers',
          async () => tellTriggers(await app.warehouse(), app.state, app.now),
          signal,
        );
        const times = stages.finish();
        if (json) printJson(context, { ...report, stages: times });
        else terminal.out(syncInView(report, terminal.columns));
        if (report.connections.some(({ failed }) => failed)) context.exit(exitCodes.failed);
      });
    },
  );
}
