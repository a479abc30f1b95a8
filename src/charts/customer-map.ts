import { fontFamily, ink, paper, segmentColour } from './palette.ts';
import type { Chart, ChartOption } from './render.ts';
import { spread } from './spread.ts';

export interface PlacedCustomer {
  x: number;
  y: number;
  /** Position of the segment. */
  segment: number;
}

/** Customers in two dimensions, those alike near each other; each segment's number stands in its midst. */
export function customerMapChart(points: readonly PlacedCustomer[], narrow: boolean): Chart {
  const size = narrow ? { width: 330, height: 300 } : { width: 960, height: 520 };
  const segments = [...new Set(points.map(point => point.segment))].sort((a, b) => a - b);
  const badge = narrow ? 20 : 24;
  const frame = frameOf(points, size, badge);
  const members = segments.map(segment => points.filter(point => point.segment === segment));
  const middles = members.map(own => ({
    x: frame.x(median(own.map(point => point.x))),
    y: frame.y(median(own.map(point => point.y))),
  }));
  const places = spread(middles, badge + 2, size);
  const option = {
    grid: { left: 0, right: 0, top: 0, bottom: 0, outerBoundsMode: 'none' },
    xAxis: { type: 'value', show: false, min: 0, max: size.width },
    yAxis: { type: 'value', show: false, min: 0, max: size.height },
    series: [
      ...segments.map((segment, i) => ({
        type: 'scatter',
        // One path a segment instead of one a customer keeps the picture small.
        large: true,
        largeThreshold: 1,
        silent: true,
        symbolSize: narrow ? 3.6 : 6,
        itemStyle: { color: segmentColour(segment).light, opacity: 0.7 },
        data: members[i]!.map(point => [frame.x(point.x), frame.y(point.y)]),
      })),
      {
        type: 'scatter',
        silent: true,
        symbolSize: badge,
        data: segments.map((segment, i) => ({
          value: [places[i]!.x, places[i]!.y],
          itemStyle: {
            color: paper.light,
            borderColor: segmentColour(segment).light,
            borderWidth: 2.5,
            opacity: 1,
          },
          label: {
            show: true,
            formatter: () => String(segment + 1),
            color: ink.light,
            fontFamily,
            fontSize: narrow ? 11 : 13,
            fontWeight: 600,
          },
        })),
      },
    ],
  };
  return { option: option as ChartOption, size };
}

/** From the map's coordinates to pixels, tenths of them, with a margin that keeps whole dots and badges inside. */
function frameOf(points: readonly PlacedCustomer[], size: { width: number; height: number }, margin: number) {
  const along = (values: number[], length: number) => {
    const least = values.reduce((a, b) => Math.min(a, b), Infinity);
    const range = values.reduce((a, b) => Math.max(a, b), -Infinity) - least;
    const scale = range > 0 ? (length - 2 * margin) / range : 0;
    const start = range > 0 ? margin : length / 2;
    return (value: number) => Math.round(10 * (start + (value - least) * scale)) / 10;
  };
  return {
    x: along(
      points.map(point => point.x),
      size.width,
    ),
    y: along(
      points.map(point => point.y),
      size.height,
    ),
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
