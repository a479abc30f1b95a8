import type { Command } from 'commander';
import { nextTick, schedulesOf } from '../../schedule/ticks.ts';
import { currentModel } from '../../segmentation/current.ts';
import type { JobKind } from '../../state/jobs.ts';
import { type CommandContext, inApp, printJson, reading } from '../context.ts';
import { wholeNumber } from '../options.ts';
import { jobsView } from '../views/jobs.ts';

const kinds: readonly JobKind[] = ['refresh', 'recluster', 'pull'];

export function registerJobs(program: Command, context: CommandContext): void {
  const list = program
    .command('jobs')
    .description('what `kindred serve` has run and will run, or queue a job for it')
    .option('--limit <jobs>', 'how many to show', wholeNumber(1, 10_000), 20);
  reading(list).action(async (options: { limit: number; data?: string; json?: boolean }) => {
    await inApp(context, 'jobs', options.data, async app => {
      const jobs = await (await app.state()).jobs.list(options.limit);
      const { config } = app;
      const now = app.now();
      if (!options.json) return context.terminal.out(jobsView(jobs, config, now, context.terminal.columns));
      const next = schedulesOf(config).map(schedule => ({
        kind: schedule.kind,
        at: nextTick(schedule, now)?.toISOString() ?? null,
      }));
      printJson(context, { jobs, next, timeZone: config.timeZone });
    });
  });

  const queue = list
    .command('run')
    .description('queue a job now, whatever the schedule says')
    .argument('<kind>', `one of ${kinds.join(', ')}`);
  reading(queue).action(async (given: string, _options: unknown, command: Command) => {
    const kind = kinds.find(name => name === given);
    if (!kind) return command.error(`error: there is no job "${given}"; choose one of ${kinds.join(', ')}`);
    const options = command.optsWithGlobals<{ data?: string; json?: boolean }>();
    await inApp(context, 'jobs run', options.data, async app => {
      const state = await app.state();
      // Rows can be pulled before there are segments.
      if (kind !== 'pull') await currentModel(state);
      const dueAt = app.now().toISOString();
      await state.jobs.enqueue(kind, dueAt);
      if (options.json) printJson(context, { kind, dueAt });
      else
        context.terminal.out(
          context.terminal.app
            ? `Queued: the server runs the ${kind} next. See \`kindred jobs\`.\n`
            : `Queued: \`kindred serve\` runs the ${kind} when it is started.\n`,
        );
    });
  });
}
