import { extname } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { lift } from '../../activation/lift/lift.ts';
import { InputError } from '../../errors.ts';
import { writeWhole } from '../../write-whole.ts';
import { type CommandContext, inApp, pathFrom, printJson, reading } from '../context.ts';
import { liftView } from '../views/lift.ts';

interface LiftOptions {
  days: number;
  from?: string;
  sync?: string;
  asOf?: string;
  chart?: string;
  data?: string;
  json?: boolean;
}

/** What a campaign did, against customers who were held out of it. */
export function registerLift(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const command = program
    .command('lift')
    .description('what a campaign did, against customers who were held out of it')
    .argument(
      '[campaign]',
      'a sync ("s-3"), the handle or name of its audience, or a campaign as e-mail events name it',
    )
    .option('--days <days>', 'how long after it orders count', days, 30)
    .option('--from <date>', 'only who was assigned from this day on')
    .option('--sync <id>', 'where a campaign went to the customers of several syncs')
    .option('--as-of <date>', 'the day to look from (default: that of the latest figures)')
    .option('--chart <file>', 'draw the differences as well: a file that ends in .svg or .png');
  reading(command).action(async (campaign: string | undefined, options: LiftOptions) => {
    const { data, json, chart, ...asked } = options;
    if (chart !== undefined && !['.svg', '.png'].includes(extname(chart).toLowerCase()))
      throw new InputError(`${chart} is no name of a picture.`, 'End it in .svg or .png.');
    await inApp(context, 'lift', data, async app => {
      const report = await lift(
        { warehouse: await app.warehouse(), state: await app.state() },
        { campaign, ...asked },
      );
      if (chart !== undefined) await draw(chart, report);
      if (json) printJson(context, report);
      else terminal.out(liftView(report, terminal.columns));
    });
  });

  async function draw(file: string, report: Awaited<ReturnType<typeof lift>>): Promise<void> {
    // Loaded by the commands that draw: the charts would slow the start of all others.
    const { liftChart } = await import('../../charts/lift-chart.ts');
    const { renderSvg } = await import('../../charts/render.ts');
    const { pngOf } = await import('../../charts/png.ts');
    const { liftChartData } = await import('../../tools/results/charts/lift-chart-data.ts');
    const picture = liftChart(liftChartData(report), false);
    const drawn =
      extname(file).toLowerCase() === '.png' ? await pngOf(picture) : renderSvg(picture.option, picture.size);
    await writeWhole(pathFrom(terminal, file), drawn, 'The chart');
  }
}

function days(text: string): number {
  const value = Number(text);
  if (!/^\d{1,3}$/.test(text) || value < 7 || value > 365)
    throw new InvalidArgumentError('Give whole days from 7 to 365.');
  return value;
}
