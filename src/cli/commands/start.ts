import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { InputError } from '../../errors.ts';
import { segmentShop } from '../../segmentation/segment-shop.ts';
import { importPaths } from '../../sources/import.ts';
import { type CommandContext, inOwnApp } from '../context.ts';
import { watchStages } from '../stages.ts';
import { exitCodes } from '../terminal.ts';
import { importView } from '../views/import.ts';
import { showOutcome } from './segment.ts';

const sample = fileURLToPath(
  new URL('../../../samples/online-retail/online-retail.parquet', import.meta.url),
);
const attribution =
  'Online Retail by Daqing Chen (2015), UCI Machine Learning Repository, CC BY 4.0, https://doi.org/10.24432/C5BW33';

/** What `npm start` runs: the real sample from files to named segments and a page, in one go. */
export function registerStart(program: Command, context: CommandContext): void {
  program
    .command('start')
    .description('see it work: import the real sample, find its segments, write out/report.html')
    .option('--data <dir>', 'folder for the stores of the sample', 'data/sample')
    .option('--to <file>', 'where to write the report', 'out/report.html')
    .action(async (options: { data: string; to: string }) => {
      if (!existsSync(sample)) throw new InputError('The sample is missing.', `It belongs at ${sample}.`);
      const { terminal } = context;
      terminal.out(`Kindred on a real shop: a year of orders of a UK online gift shop.\n${attribution}\n\n`);
      await inOwnApp(context, 'start', options.data, async app => {
        const warehouse = await app.warehouse();
        const stages = watchStages(terminal);
        const imported = await importPaths(
          warehouse,
          { paths: [sample], importedAt: app.now().toISOString(), tempDir: app.tempDir },
          stages.progress,
        );
        stages.finish();
        terminal.out(`\n${importView(imported, terminal.columns)}\n`);

        const fitting = watchStages(terminal);
        const state = await app.state();
        const outcome = await segmentShop(
          { warehouse, state, pool: app.pool(), now: app.now },
          { force: true },
          fitting.progress,
        );
        if (outcome.kind === 'segmented') {
          fitting.progress({ stage: 'Writing the report' });
          const { writeReport } = await import('../../report/write.ts');
          await writeReport(options.to, {
            model: outcome.model,
            readiness: outcome.readiness,
            history: await state.refreshes.list(),
            title: 'Customer segments of Online Retail',
            attribution,
          });
        }
        fitting.finish();
        showOutcome(context, outcome);
        if (outcome.kind === 'no-stable-groups') return context.exit(exitCodes.noStableGroups);
        const data = `--data ${options.data}`;
        const first = outcome.model.segments[0]!.key;
        terminal.out(`
The report: ${options.to} (open it in a browser)

Try next:
  npx kindred segments show ${first} ${data}
  npx kindred predictions ${data}
  npx kindred rejects ${data}
  npx kindred export memberships --to out/memberships.csv ${data}
  npx kindred demo demo-shop && npx kindred import demo-shop && npx kindred segment
  npx kindred import your-orders.csv && npx kindred readiness
`);
      });
    });
}
