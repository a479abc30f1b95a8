import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Command } from 'commander';
import { InputError, OperatorError } from '../../errors.ts';
import { dayAfter, daysAfter } from '../../features/as-of.ts';
import { orderSpan } from '../../features/span.ts';
import { calibrate } from '../../segmentation/predictions/calibration/calibrate.ts';
import type { Calibration } from '../../segmentation/predictions/calibration/calibration.ts';
import { churnDays } from '../../segmentation/predictions/scores.ts';
import { countCurrencies, onlyCurrency } from '../../segmentation/readiness.ts';
import type { Warehouse } from '../../warehouse/port.ts';
import { type CommandContext, inApp, pathFrom, printJson, reading } from '../context.ts';
import { asDate, wholeNumber } from '../options.ts';
import { watchStages } from '../stages.ts';
import { calibrationView } from '../views/calibration.ts';
import { wrap } from '../views/text.ts';

interface CalibrateOptions {
  from?: string;
  to?: string;
  days?: number;
  chart?: string;
  data?: string;
  json?: boolean;
}

export function registerCalibrate(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const command = program
    .command('calibrate')
    .description('how far predictions can be believed: what could have been predicted, against what happened')
    .option('--from <date>', 'predict from this date, knowing only what came before it', asDate)
    .option(
      '--to <date>',
      'and compare until before this one (default: so many days later, or the day after the last order)',
      asDate,
    )
    .option('--days <number>', `days held out (default: ${churnDays})`, wholeNumber(7, 730))
    .option('--chart <file>', 'draw predicted against actual as an SVG');
  reading(command).action(async (options: CalibrateOptions) => {
    await inApp(context, 'calibrate', options.data, async app => {
      const warehouse = await app.warehouse();
      const model = (await (await app.state()).models.current()) ?? null;
      const period = await periodOf(warehouse, options);
      const stages = watchStages(terminal);
      const outcome = await warehouse.transaction(tx =>
        calibrate(tx, { model, ...period, part: 1, progress: stages.progress }),
      );
      stages.finish();
      if (outcome.kind === 'none') {
        if (options.json) printJson(context, outcome);
        else terminal.out(`\n${wrap(`Nothing can be predicted yet. ${outcome.reason}`, terminal.columns)}\n`);
        return;
      }
      const { calibration } = outcome;
      if (options.chart !== undefined) await writeChart(pathFrom(terminal, options.chart), calibration);
      if (options.json) return printJson(context, outcome);
      const currency = onlyCurrency(await countCurrencies(warehouse, 'TRUE'));
      terminal.out(`\n${calibrationView(calibration, currency, terminal.columns)}`);
      if (options.chart !== undefined) terminal.out(`\nWrote ${options.chart}\n`);
    });
  });
}

/** The days that are held out: the last ones before the day after the last order, unless told. */
async function periodOf(
  warehouse: Warehouse,
  { from, to, days }: CalibrateOptions,
): Promise<{ from: string; to: string }> {
  if (from !== undefined && to !== undefined && days !== undefined)
    throw new InputError('--from, --to and --days say more than one period.', 'Leave out one of them.');
  const span = await orderSpan(warehouse);
  if (!span) throw new InputError('There are no orders.', 'Bring some in with `kindred import`.');
  const end = dayAfter(span.last);
  const until = to ?? (from === undefined ? end : daysAfter(from, days ?? churnDays));
  if (until > end)
    throw new InputError(
      `The orders end on ${span.last}: nobody knows what came until ${daysAfter(until, -1)}.`,
      `Hold out days until ${end} at the latest, with an earlier --from or --to or fewer --days.`,
    );
  const since = from ?? daysAfter(until, -(days ?? churnDays));
  if (since >= until)
    throw new InputError(`From ${since} to ${until} there are no days.`, 'Give a later --to.');
  return { from: since, to: until };
}

async function writeChart(file: string, calibration: Calibration): Promise<void> {
  // Loaded by the commands that draw: the charts would slow the start of all others.
  const { drawCalibration } = await import('../../report/calibration-picture.ts');
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, drawCalibration(calibration));
  } catch (error) {
    throw new OperatorError(
      `The chart could not be written to ${file}: ${(error as Error).message}`,
      'Choose another place with --chart.',
      { cause: error },
    );
  }
}
