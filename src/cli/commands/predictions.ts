import type { Command } from 'commander';
import { currentModel } from '../../segmentation/current.ts';
import type { Predictions } from '../../segmentation/predictions/predictions.ts';
import { type CommandContext, inApp, printJson, reading } from '../context.ts';
import { predictionsView } from '../views/predictions.ts';

export function registerPredictions(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const command = program
    .command('predictions')
    .description('what is expected of each segment, and how far that can be believed');
  reading(command).action(async ({ data, json }: { data?: string; json?: boolean }) => {
    await inApp(context, 'predictions', data, async app => {
      const state = await app.state();
      const model = await currentModel(state);
      const record = await state.refreshes.latest();
      const asOf = record?.asOf ?? model.describedAsOf;
      const predictions = record?.predictions ?? fromBefore;
      if (json) printJson(context, { asOf, predictions });
      else terminal.out(predictionsView(model, asOf, predictions, terminal.columns));
    });
  });
}

const fromBefore: Predictions = {
  kind: 'none',
  reason: 'The last refresh was made by a version that did not predict. The next `kindred refresh` does.',
};
