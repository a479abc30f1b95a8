import type { Command } from 'commander';
import { writeDemoShop } from '../../demo/demo-shop.ts';
import { formatCount } from '../../segmentation/wording.ts';
import { type CommandContext, pathFrom, printJson } from '../context.ts';
import { asDate, wholeNumber } from '../options.ts';

interface DemoOptions {
  customers: number;
  seed: number;
  asOf: string;
  months: number;
  json?: boolean;
}

export function registerDemo(program: Command, context: CommandContext): void {
  program
    .command('demo')
    .description('write a made shop with orders, browsing, e-mail and tickets, to see what richer data gives')
    .argument('<dir>', 'the folder to write')
    .option('--customers <number>', 'how many customers', wholeNumber(1, 5_000_000), 8000)
    .option('--seed <number>', 'seed: the same one writes the same files', wholeNumber(0, 2 ** 31 - 1), 1)
    .option('--as-of <date>', 'the day after the last data', asDate, '2026-11-01')
    .option('--months <number>', 'how long the shop has been open', wholeNumber(1, 120), 18)
    .option('--data <dir>', 'not used: the files go to the folder given')
    .option('--json', 'print JSON instead of text')
    .action(async (dir: string, options: DemoOptions) => {
      const { counts } = await writeDemoShop(pathFrom(context.terminal, dir), options);
      if (options.json) return printJson(context, { dir, counts });
      const list = Object.entries(counts).map(
        ([table, rows]) => `  ${table.padEnd(14)} ${formatCount(rows)}`,
      );
      context.terminal.out(
        `Wrote a made shop to ${dir}:\n${list.join('\n')}\n\nNext:\n  kindred import ${dir}\n  kindred segment\n`,
      );
    });
}
