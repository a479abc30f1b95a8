import { z } from 'zod';
import { chartKinds } from '../charts/chart-data.ts';
import { tamed } from '../segmentation/wording.ts';
import { chartData } from './results/chart-data.ts';
import { mapChart } from './results/charts/map-chart.ts';
import { movesChart } from './results/charts/moves-chart.ts';
import { profileChart } from './results/charts/profile-chart.ts';
import { sizesChart } from './results/charts/sizes-chart.ts';
import { coarsePeople } from './results/coarse.ts';
import { readSegments } from './results/segment-figures.ts';
import { peopleOf } from './results/values.ts';
import { tool } from './tool.ts';

/** Weekly refreshes of a year: more dates than these no picture tells apart. */
const OF_A_YEAR = 54;

const told = { map: mapChart, profile: profileChart, moves: movesChart, sizes: sizesChart };

export const showChartTool = tool({
  name: 'show_chart',
  title: 'Show a chart',
  description:
    'A chart for people who can see it: the map of segments, the profile that tells them apart, moves of the last refresh, or sizes over time.',
  input: z.object({ chart: z.enum(chartKinds) }),
  output: chartData,
  effect: 'read',
  role: 'viewer',
  async run({ state }, { chart }) {
    const shop = await readSegments(state, OF_A_YEAR);
    const { model } = shop;
    // With sizes over time, which are told in tens, the latest is told as the chart tells it.
    const sizeOf = chart === 'sizes' ? coarsePeople : peopleOf;
    return {
      asOf: model.describedAsOf,
      chart,
      segments: model.segments.map(({ key, persona, size }) => ({
        key,
        name: tamed(persona.name),
        customers: sizeOf(size),
      })),
      ...told[chart](shop),
    };
  },
});
