import { blankChart } from './blank-chart.ts';
import type { ChartData, Customers, MovesData, ProfileData, SizesData } from './chart-data.ts';
import { heatMapChart } from './heat-map.ts';
import { type MoveEnd, movesChart } from './moves-chart.ts';
import { pageWidth } from './page-width.ts';
import type { Chart } from './render.ts';
import { segmentMapChart } from './segment-map.ts';
import { sizeBarsChart } from './size-bars.ts';
import { sizesChart } from './sizes-chart.ts';
import { type Theme, themed } from './themed.ts';

/**
 * The chart that data stands for. Runs in Node and in a browser, and gives an equal chart in both: ECharts draws its
 * `option` at its `size`. Where it is narrow, segments bear numbers, and their names belong in a legend beside it.
 *
 * @param width in pixels, of a place that is neither a page nor a phone
 */
export function chartOf(
  data: ChartData,
  narrow: boolean,
  theme: Theme = 'light',
  width = pageWidth(narrow),
): Chart {
  return themed(inLight(data, { narrow, width }), theme);
}

interface Room {
  narrow: boolean;
  width: number;
}

function inLight({ segments, map, profile, moves, sizes, asOf }: ChartData, room: Room): Chart {
  if (map?.places.every(place => place === null))
    return blankChart('No segment has enough customers to be placed.', room.width);
  if (map) return segmentMapChart(segments, map, room.narrow, room.width);
  if (profile) return heatMap(segments, profile, room);
  if (moves?.flows.length === 0) return blankChart('No move of ten customers or more.', room.width);
  if (moves) return sankey(segments, moves, room);
  return lines(segments, sizes ?? { dates: [asOf], replaced: [], lines: [], earlier: [] }, room);
}

type Segments = ChartData['segments'];

function heatMap(segments: Segments, { features, rows }: ProfileData, { narrow, width }: Room): Chart {
  const unknown = features.map(() => ({ difference: 0, value: 'not told' }));
  return heatMapChart(
    { segments: segments.map(({ name }) => name), features, cells: rows.map(row => row ?? unknown) },
    narrow,
    width,
  );
}

/** What stands beside the segments in moves: its name, and a word for a narrow page. */
const others = new Map([
  ['new', ['First-time buyers', 'New']],
  ['set-aside', ['Set aside', 'Aside']],
  ['gone', ['Gone', 'Gone']],
] as const);

function sankey(segments: Segments, moves: MovesData, { narrow, width }: Room): Chart {
  const flows = moves.flows.map(flow => ({ ...flow, customers: known(flow.customers) }));
  const places = [
    ...segments.map(({ key, name }, i) => ({ key, name, short: String(i + 1), position: i })),
    ...[...others].map(([key, [name, short]]) => ({ key, name, short, position: null })),
  ];
  const ends = (side: 'from' | 'to') =>
    places.flatMap((place): MoveEnd[] => {
      const own = flows.filter(flow => flow[side] === place.key);
      const customers = own.reduce((sum, flow) => sum + flow.customers, 0);
      return own.length === 0 ? [] : [{ ...place, text: customers.toLocaleString('en-GB') }];
    });
  return movesChart({ left: ends('from'), right: ends('to'), flows }, narrow, width);
}

function lines(
  segments: Segments,
  { dates, replaced, lines, earlier }: SizesData,
  { narrow, width }: Room,
): Chart {
  if (dates.length < 2) {
    const sizes = segments.map(({ customers }, i) => lines[i]?.at(-1) ?? customers);
    const bar = (size: Customers, i: number) => ({
      name: segments[i]!.name,
      size: known(size),
      text: textOf(size),
    });
    return sizeBarsChart(sizes.map(bar), narrow, width);
  }
  const line = (name: string, position: number | null, sizes: readonly (Customers | null)[]) => ({
    name,
    position,
    sizes: sizes.map(size => (size === null ? null : known(size))),
    text: textOf(sizes.at(-1) ?? null),
  });
  return sizesChart(
    {
      dates,
      replaced: replaced.map(date => dates.indexOf(date)),
      lines: [
        ...segments.map(({ name }, i) => line(name, i, lines[i] ?? [])),
        ...earlier.map(({ name, sizes }) => line(name, null, sizes)),
      ],
    },
    narrow,
    width,
  );
}

/** A few are drawn as none. */
const known = (customers: Customers) => (typeof customers === 'number' ? customers : 0);

function textOf(customers: Customers | null): string {
  if (customers === null) return '';
  return typeof customers === 'number' ? customers.toLocaleString('en-GB') : '<10';
}
