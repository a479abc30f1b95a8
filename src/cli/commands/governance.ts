import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { reviewNames } from '../../agent/tasks/sensitive/review-names.ts';
import { deliverFile } from '../../segmentation/deliver-file.ts';
import { governanceReport } from '../../segmentation/governance/report/report.ts';
import { setupOf } from '../../segmentation/governance/report/setup.ts';
import { sensitiveReview } from '../../segmentation/governance/sensitive-review.ts';
import { toolContext } from '../../tool-context.ts';
import {
  besideOthers,
  type CommandContext,
  inApp,
  pathFrom,
  printJson,
  reading,
  withData,
} from '../context.ts';
import { watchStages } from '../stages.ts';
import { reviewView } from '../views/governance.ts';

interface ReviewOptions {
  data?: string;
  json?: boolean;
}

interface ReportOptions {
  out?: string;
  data?: string;
}

/** Who answers for data protection looks here: what may tell of protected traits, and the whole of it on paper. */
export function registerGovernance(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const governance = program
    .command('governance')
    .description('look through what may tell of protected traits, and write the data protection review');

  reading(
    governance
      .command('review')
      .description(
        'look through names of features, categories, coupons and others; with a language model it reads them as well, and what it flags is blocked',
      ),
  ).action(async ({ data, json }: ReviewOptions) => {
    await besideOthers(context, 'governance', data, async (app, signal) => {
      const actor = terminal.user || 'kindred';
      const stages = watchStages(terminal);
      const { progress } = stages;
      const tools = await toolContext(app, { actor, role: 'approver', progress, signal });
      const access = await app.model();
      const read = access && (await reviewNames(tools, { access, surface: 'cli' }));
      const review = await tools.turn('governance review', () => sensitiveReview(tools));
      stages.finish();
      if (json) printJson(context, { review, read });
      else terminal.out(reviewView(review, read, terminal.columns));
    });
  });

  withData(
    governance
      .command('report')
      .description('write down what is held, used, sent, blocked and decided, and on which lawful basis')
      .option('--out <file>', 'a Markdown file (default: the terminal)'),
  ).action(async ({ out, data }: ReportOptions) => {
    await inApp(context, 'governance', data, async app => {
      const stores = { warehouse: await app.warehouse(), state: await app.state(), now: app.now };
      const text = await governanceReport(stores, setupOf(app.config));
      if (out === undefined) return terminal.out(text);
      await deliverFile(pathFrom(terminal, out), path => writeFile(path, text));
      terminal.out(`Wrote the review to ${out}. What only you can know is left blank: search for "[".\n`);
    });
  });
}
