import { extname } from 'node:path';
import { Argument, type Command } from 'commander';
import { type ChartData, type ChartKind, chartKinds } from '../../charts/chart-data.ts';
import { InputError } from '../../errors.ts';
import { toolContext } from '../../tool-context.ts';
import { runTool } from '../../tools/run-tool.ts';
import { writeWhole } from '../../write-whole.ts';
import { besideOthers, type CommandContext, pathFrom, printJson, reading } from '../context.ts';

interface ChartOptions {
  to: string;
  narrow?: boolean;
  dark?: boolean;
  data?: string;
  json?: boolean;
}

/** A chart of the segments as a picture to send or to put into a document. */
export function registerChart(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const command = program
    .command('chart')
    .description('write a chart of the segments as a picture: SVG or PNG')
    .addArgument(new Argument('<kind>', 'which chart').choices(chartKinds))
    .requiredOption('--to <file>', 'where to write it: a file that ends in .svg or .png')
    .option('--narrow', 'for a phone')
    .option('--dark', 'light on dark');
  reading(command).action(async (kind: ChartKind, { to, narrow, dark, data, json }: ChartOptions) => {
    const ending = extname(to).toLowerCase();
    if (ending !== '.svg' && ending !== '.png')
      throw new InputError(`${to} is no name of a picture.`, 'End it in .svg or .png.');
    await besideOthers(context, 'chart', data, async (app, signal) => {
      const tools = await toolContext(app, { actor: terminal.user || 'nobody', role: 'viewer', signal });
      const chart = (await runTool(tools, 'show_chart', { chart: kind })).output as unknown as ChartData;
      // Loaded by the commands that draw: the charts would slow the start of all others.
      const { pictureOf } = await import('../../charts/picture.ts');
      const { renderSvg } = await import('../../charts/render.ts');
      const { pngOf } = await import('../../charts/png.ts');
      const picture = pictureOf(chart, narrow === true, dark ? 'dark' : 'light');
      await writeWhole(
        pathFrom(terminal, to),
        ending === '.png' ? await pngOf(picture) : renderSvg(picture.option, picture.size),
        'The chart',
      );
      if (json) printJson(context, { file: to, ...chart });
      else terminal.out(`${chart.alt}\nWrote ${to}\n`);
    });
  });
}
