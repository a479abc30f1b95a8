import type { Command } from 'commander';
import { availableFeatures } from '../../features/availability.ts';
import { catalogueWith } from '../../features/catalogue.ts';
import type { OverlayId } from '../../segmentation/overlays/overlay.ts';
import { overlayOf } from '../../segmentation/overlays/overlays.ts';
import { type CommandContext, inApp, printJson, reading } from '../context.ts';
import { overlayOption } from '../options.ts';
import { featuresView } from '../views/features.ts';

interface FeaturesOptions {
  overlay?: OverlayId;
  data?: string;
  json?: boolean;
}

export function registerFeatures(program: Command, context: CommandContext): void {
  const command = program
    .command('features')
    .description('list the features, and which of them this data can give')
    .addOption(overlayOption());
  reading(command).action(async (options: FeaturesOptions) => {
    await inApp(context, 'features', options.data, async app => {
      const { id: sector, adds, leavesOut } = overlayOf(options.overlay);
      const { missing } = await availableFeatures(await app.warehouse(), undefined, adds);
      const why = new Map(missing.map(item => [item.feature.id, item.why]));
      const rows = catalogueWith(adds).map(feature => ({
        ...feature,
        missingBecause:
          why.get(feature.id) ?? (leavesOut.includes(feature.id) ? `left out in ${sector}` : null),
      }));
      if (options.json) printJson(context, rows);
      else context.terminal.out(featuresView(rows, context.terminal.columns));
    });
  });
}
