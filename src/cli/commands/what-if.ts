import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { InputError } from '../../errors.ts';
import { catalogue } from '../../features/catalogue.ts';
import type { OverlayId } from '../../segmentation/overlays/overlay.ts';
import { parseWeights, type Weights } from '../../segmentation/weights.ts';
import { whatIf } from '../../segmentation/what-if/what-if.ts';
import { type CommandContext, inApp, pathFrom, printJson, reading } from '../context.ts';
import { overlayOption, wholeNumber } from '../options.ts';
import { watchStages } from '../stages.ts';
import type { Terminal } from '../terminal.ts';
import { exitCodes } from '../terminal.ts';
import { noGroupsView, warningsView } from '../views/segments.ts';
import { whatIfView } from '../views/what-if.ts';

interface WhatIfOptions {
  weights?: string;
  k?: number;
  overlay?: OverlayId;
  seed?: number;
  data?: string;
  json?: boolean;
}

export function registerWhatIf(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const command = program
    .command('what-if')
    .description('see what another recipe would make of the segments; nothing changes')
    .option('--weights <file>', 'weights of features and classes: a JSON file, or the JSON itself')
    .option('--k <number>', 'how many groups', wholeNumber(2, 30))
    .addOption(overlayOption())
    .option('--seed <number>', 'seed of the random numbers', wholeNumber(0, 2 ** 31 - 1))
    .addHelpText(
      'after',
      `
Examples:
  kindred what-if --k 5
  kindred what-if --weights '{"features": {"open_rate": 0}, "classes": {"browse": 2}}'`,
    );
  reading(command).action(async ({ weights: given, k, overlay, seed, data, json }: WhatIfOptions) => {
    const weights = given === undefined ? undefined : await readWeights(terminal, given);
    if ([weights, k, overlay, seed].every(value => value === undefined))
      return command.error('error: say what to change: --weights, --k, --overlay or --seed');
    await inApp(context, 'what-if', data, async app => {
      const stages = watchStages(terminal);
      const outcome = await whatIf(
        {
          warehouse: await app.warehouse(),
          state: await app.state(),
          pool: app.pool(),
          now: app.now,
          signal: terminal.signal,
        },
        { weights, k, overlay, seed },
        stages.progress,
      );
      stages.finish();
      if (json) printJson(context, outcome);
      else {
        terminal.err(warningsView(outcome.warnings, terminal.columns));
        if (outcome.kind === 'fitted') terminal.out(`\n${whatIfView(outcome, terminal.columns)}`);
        else terminal.out(noGroupsView(outcome.choice, terminal.columns));
      }
      if (outcome.kind !== 'fitted') context.exit(exitCodes.noStableGroups);
    });
  });
}

/** JSON begins with a brace, which no path of a file does that anybody would give here. */
async function readWeights(terminal: Terminal, given: string): Promise<Weights> {
  if (given.trim().startsWith('{')) return parseWeights(given, '--weights', catalogue);
  const file = pathFrom(terminal, given);
  const text = await readFile(file, 'utf8').catch(error => {
    throw new InputError(`${file} cannot be read.`, 'Give a JSON file, or the JSON itself, to --weights.', {
      cause: error,
    });
  });
  return parseWeights(text, file, catalogue);
}
