import { type Command, Option } from 'commander';
import { writeSeed } from '../../segmentation/lookalike/seed.ts';
import { type CommandContext, inApp, pathFrom, printJson, reading } from '../context.ts';
import { decider } from '../decision.ts';
import { wholeNumber, words } from '../options.ts';
import { seedView } from '../views/lookalike.ts';

interface LookalikeOptions {
  size: number;
  to: string;
  by?: string;
  data?: string;
  json?: boolean;
}

export function registerLookalike(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const command = program
    .command('lookalike')
    .description(
      "write a segment's most typical and most valuable customers to a file, to find people like them",
    )
    .argument('<segment>', 'the key that `kindred segments` lists')
    .option('--size <number>', 'how many at most', wholeNumber(1, 1_000_000), 500)
    .addOption(
      new Option(
        '--to <file>',
        'the file; its ending says the format: .csv, .parquet, .json, .jsonl',
      ).makeOptionMandatory(),
    )
    .option('--by <name>', 'who asks (default: your user name on this machine)', words);
  reading(command).action(async (segment: string, options: LookalikeOptions) => {
    const { size, to } = options;
    const actor = decider(terminal, options.by);
    await inApp(context, 'lookalike', options.data, async app => {
      const stores = { warehouse: await app.warehouse(), state: await app.state(), now: app.now };
      const written = await writeSeed(stores, { segment, size, file: pathFrom(terminal, to), actor });
      if (options.json) printJson(context, { ...written, file: to });
      else terminal.out(seedView(written, to, terminal.columns));
    });
  });
}
