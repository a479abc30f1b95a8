import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { InputError } from '../../errors.ts';
import { catalogue } from '../../features/catalogue.ts';
import type { OverlayId } from '../../segmentation/overlays/overlay.ts';
import { type SegmentOutcome, segmentShop } from '../../segmentation/segment-shop.ts';
import { parseWeights } from '../../segmentation/weights.ts';
import { type CommandContext, inApp, pathFrom, printJson, reading } from '../context.ts';
import { asDate, overlayOption, wholeNumber } from '../options.ts';
import { watchStages } from '../stages.ts';
import { exitCodes } from '../terminal.ts';
import { noGroupsView, segmentsView, warningsView } from '../views/segments.ts';

interface SegmentOptions {
  asOf?: string;
  seed?: number;
  k?: number;
  weights?: string;
  overlay?: OverlayId;
  force?: boolean;
  data?: string;
  json?: boolean;
}

export function registerSegment(program: Command, context: CommandContext): void {
  const command = program
    .command('segment')
    .description('find the groups, name them and keep them')
    .option('--as-of <date>', 'look from this date (default: the day after the last order)', asDate)
    .option('--seed <number>', 'seed of the random numbers (default: 1)', wholeNumber(0, 2 ** 31 - 1))
    .option('--k <number>', 'how many groups, instead of finding the number', wholeNumber(2, 30))
    .option('--weights <file>', 'weights of features and classes, as JSON')
    .addOption(overlayOption())
    .option('--force', 'look for groups where the data is thin for it');
  reading(command).action(async (options: SegmentOptions) => {
    const weights =
      options.weights === undefined
        ? undefined
        : await readWeights(pathFrom(context.terminal, options.weights));
    await inApp(context, 'segment', options.data, async app => {
      const stages = watchStages(context.terminal);
      const outcome = await segmentShop(
        { warehouse: await app.warehouse(), state: await app.state(), pool: app.pool(), now: app.now },
        {
          asOf: options.asOf,
          seed: options.seed,
          k: options.k,
          weights,
          overlay: options.overlay,
          force: options.force ?? false,
        },
        stages.progress,
      );
      const times = stages.finish();
      const { readiness: _, ...told } = outcome;
      if (options.json) printJson(context, { ...told, stages: times });
      else showOutcome(context, outcome);
      if (outcome.kind === 'no-stable-groups') context.exit(exitCodes.noStableGroups);
    });
  });
}

export function showOutcome(context: CommandContext, outcome: SegmentOutcome): void {
  const { terminal } = context;
  terminal.err(warningsView(outcome.warnings, terminal.columns));
  if (outcome.kind === 'segmented') terminal.out(`\n${segmentsView(outcome.model, terminal.columns)}`);
  else terminal.out(noGroupsView(outcome.choice, terminal.columns));
}

async function readWeights(file: string) {
  const text = await readFile(file, 'utf8').catch(error => {
    throw new InputError(`${file} cannot be read.`, 'Give the path of a JSON file to --weights.', {
      cause: error,
    });
  });
  return parseWeights(text, file, catalogue);
}
