import { pageWidth } from './page-width.ts';
import { fontFamily, ink, paper, stepOf, steps, textRoom } from './palette.ts';
import type { Chart, ChartOption } from './render.ts';
import { labelRoom, segmentAxes } from './segment-labels.ts';
import { wrapped } from './text-width.ts';

export interface HeatMap {
  segments: readonly string[];
  features: readonly string[];
  /** cells[s][f]: standardised difference from the average customer, and the value as a person reads it. */
  cells: readonly (readonly { difference: number; value: string }[])[];
}

/** Pixels that the words of a feature, and a value, take at least. */
const [leastHead, leastValue] = [72, 58];

const names = { width: 212, fontSize: 13 };

/**
 * What tells the segments apart. On a wide page a row is a segment and a cell bears its value; on a narrow one a row is
 * a feature, a column is a segment by its number, and a cell bears marks that say the same as its colour, or its value
 * where there is room.
 */
export function heatMapChart(map: HeatMap, narrow: boolean, width = pageWidth(narrow)): Chart {
  const column = (width - labelRoom(names)) / map.features.length;
  return narrow || (width < pageWidth(false) && column < leastHead)
    ? turnedMap(map, width)
    : wideMap(map, width);
}

function wideMap({ segments, features, cells }: HeatMap, width: number): Chart {
  const left = labelRoom(names);
  const [top, row, bottom] = [80, 42, 4];
  const column = (width - left) / features.length;
  const option = {
    grid: { left, right: 0, top, bottom, outerBoundsMode: 'none' },
    xAxis: {
      ...plainAxis(features),
      position: 'top',
      axisLabel: {
        ...labels(12),
        ...lines(features, { width: column - 8, fontSize: 12, lines: 5 }),
        lineHeight: 15,
      },
    },
    yAxis: segmentAxes(segments, names),
    ...tiles(
      cells.flatMap((each, segment) =>
        each.map(({ difference, value }, feature) => ({
          segment,
          feature,
          difference,
          at: [feature, segment] as const,
          words: value,
        })),
      ),
      { fontSize: 12, width: column * textRoom, overflow: 'break', lineHeight: 14 },
    ),
  };
  return { option: option as ChartOption, size: { width, height: top + segments.length * row + bottom } };
}

function turnedMap({ segments, features, cells }: HeatMap, width: number): Chart {
  const roomy = width >= 480;
  const left = roomy ? 196 : 118;
  const room = (width - left) / segments.length;
  const valued = roomy && room >= leastValue;
  const [top, row] = [24, roomy ? 40 : 56];
  // Marks stand on each other where a column has no room for three.
  const crowded = room < 26;
  const option = {
    grid: { left, right: 0, top, bottom: 0, outerBoundsMode: 'none' },
    xAxis: {
      ...plainAxis(segments.map((_, i) => String(i + 1))),
      position: 'top',
      axisLabel: { ...labels(crowded ? 10 : 12), fontWeight: 600 },
    },
    yAxis: {
      ...plainAxis(features),
      inverse: true,
      axisLabel: {
        ...labels(12),
        ...lines(features, { width: left - 8, fontSize: 12, lines: roomy ? 3 : 4 }),
        align: 'left',
        margin: left,
        lineHeight: 13,
      },
    },
    ...tiles(
      cells.flatMap((each, segment) =>
        each.map(({ difference, value }, feature) => ({
          segment,
          feature,
          difference,
          at: [segment, feature] as const,
          words: valued ? value : marked(difference, crowded),
        })),
      ),
      valued
        ? { fontSize: 12, width: room * textRoom, overflow: 'break', lineHeight: 14 }
        : { fontSize: 11, lineHeight: 15, fontWeight: 600 },
    ),
  };
  return { option: option as ChartOption, size: { width, height: top + features.length * row } };
}

interface Tile {
  at: readonly [x: number, y: number];
  words: string;
  difference: number;
  /** Positions, for pages that tell what is pointed at. */
  segment: number;
  feature: number;
}

/** Tiles coloured by the step of a difference and bearing words. */
function tiles(cells: readonly Tile[], label: object) {
  return {
    textStyle: { fontFamily },
    visualMap: {
      type: 'piecewise',
      show: false,
      dimension: 2,
      pieces: steps.map(({ ground }, value) => ({ value, color: ground.light })),
    },
    series: [
      {
        type: 'heatmap',
        silent: true,
        itemStyle: { borderColor: paper.light, borderWidth: 2, borderRadius: 5 },
        label: { ...label, fontFamily },
        data: cells.map(({ at, words, difference, segment, feature }) => {
          const step = stepOf(difference);
          return {
            segment,
            feature,
            value: [...at, step],
            label: { show: words !== '', formatter: () => words, color: steps[step]!.ink.light },
          };
        }),
      },
    ],
  };
}

function plainAxis(names: readonly string[]) {
  return {
    type: 'category',
    data: [...names],
    axisTick: { show: false },
    axisLine: { show: false },
    splitArea: { show: false },
  };
}

const labels = (fontSize: number) => ({
  color: ink.light,
  fontSize,
  fontFamily,
  interval: 0,
});

const lines = (names: readonly string[], room: Parameters<typeof wrapped>[1]) => ({
  formatter: (_: string, i: number) => wrapped(names[i]!, room).join('\n'),
});

function marked(difference: number, crowded: boolean): string {
  const { mark } = steps[stepOf(difference)]!;
  return crowded ? [...mark].join('\n') : mark;
}
