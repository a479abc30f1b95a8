import type { Command } from 'commander';
import { recluster } from '../../segmentation/recluster/recluster.ts';
import { type CommandContext, inApp, printJson, reading } from '../context.ts';
import { decider } from '../decision.ts';
import { asDate, words } from '../options.ts';
import { watchStages } from '../stages.ts';
import { exitCodes } from '../terminal.ts';
import { proposalView } from '../views/proposals.ts';
import { noGroupsView, warningsView } from '../views/segments.ts';

interface ReclusterOptions {
  asOf?: string;
  by?: string;
  data?: string;
  json?: boolean;
}

export function registerRecluster(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const command = program
    .command('recluster')
    .description('find the segments anew, and propose them beside those that stand')
    .option('--as-of <date>', 'look from this date (default: the day after the last order)', asDate)
    .option('--by <name>', 'who proposes (default: your user name on this machine)', words);
  reading(command).action(async (options: ReclusterOptions) => {
    const actor = decider(terminal, options.by);
    await inApp(context, 'recluster', options.data, async app => {
      const stages = watchStages(terminal);
      const outcome = await recluster(
        { warehouse: await app.warehouse(), state: await app.state(), pool: app.pool(), now: app.now },
        { asOf: options.asOf, actor },
        stages.progress,
      );
      const times = stages.finish();
      if (options.json) printJson(context, { ...outcome, stages: times });
      else {
        terminal.err(warningsView(outcome.warnings, terminal.columns));
        if ('proposal' in outcome) terminal.out(`\n${proposalView(outcome.proposal, terminal.columns)}`);
        else terminal.out(noGroupsView(outcome.choice, terminal.columns));
      }
      if (!('proposal' in outcome)) context.exit(exitCodes.noStableGroups);
    });
  });
}
