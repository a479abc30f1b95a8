import type { Command } from 'commander';
import { currentModel, findSegment } from '../../segmentation/current.ts';
import { type CommandContext, inApp, printJson, reading } from '../context.ts';
import { segmentView } from '../views/segment.ts';
import { segmentsView } from '../views/segments.ts';

export function registerSegments(program: Command, context: CommandContext): void {
  const list = program.command('segments').description('list the segments, or show one');
  reading(list).action(async (options: { data?: string; json?: boolean }) => {
    await inApp(context, 'segments', options.data, async app => {
      const model = await currentModel(await app.state());
      if (options.json)
        printJson(context, {
          asOf: model.describedAsOf,
          population: model.population,
          segments: model.segments,
        });
      else context.terminal.out(segmentsView(model, context.terminal.columns));
    });
  });

  const show = list
    .command('show')
    .description('one segment: persona, evidence, rule and neighbours')
    .argument('<key>', 'the key that `kindred segments` lists');
  reading(show).action(async (key: string, _options: unknown, command: Command) => {
    // `--data` and `--json` are taken by the parent too; the merged options hold whichever was given.
    const options = command.optsWithGlobals<{ data?: string; json?: boolean }>();
    await inApp(context, 'segments show', options.data, async app => {
      const model = await currentModel(await app.state());
      const segment = findSegment(model, key);
      if (options.json) printJson(context, segment);
      else context.terminal.out(segmentView(model, segment, context.terminal.columns));
    });
  });
}
