import type { ChartData } from '../../../charts/chart-data.ts';
import type { ChartOption } from '../../../charts/render.ts';
import { hasLines } from './spots.ts';

type Part = Record<string, unknown>;

/** A still chart that answers the pointer: what it is on comes out, and all else steps back. */
export function alive(option: ChartOption, opens: boolean): ChartOption {
  const { series, graphic, ...others } = option as { series?: Part[]; graphic?: Part[] };
  const cursor = opens ? 'pointer' : 'default';
  return {
    ...others,
    ...(graphic
      ? { graphic: graphic.map(part => (part.info ? { ...part, silent: false, cursor } : part)) }
      : {}),
    ...(series ? { series: series.map(each => liveSeries(each, cursor)) } : {}),
  } as ChartOption;
}

function liveSeries(series: Part, cursor: string): Part {
  switch (series.type) {
    case 'sankey':
      return {
        ...series,
        silent: false,
        cursor,
        emphasis: { focus: 'adjacency', lineStyle: { opacity: 0.65 } },
        blur: { lineStyle: { opacity: 0.12 }, itemStyle: { opacity: 0.35 }, label: { opacity: 0.4 } },
      };
    case 'bar':
    case 'heatmap':
      return {
        ...series,
        silent: false,
        cursor,
        emphasis: { focus: 'self' },
        blur: { itemStyle: { opacity: 0.4 }, label: { opacity: 0.7 } },
      };
    case 'line':
      // Found by the nearest date, not by being hit.
      return {
        ...series,
        emphasis: { focus: 'series' },
        blur: { lineStyle: { opacity: 0.2 }, itemStyle: { opacity: 0.2 } },
      };
    default:
      return series;
  }
}

/** The parts of a chart that belong to the segment at a position, as ECharts is asked to bring them out. */
export function partsOf(data: ChartData, at: number): Part[] {
  const { segments, profile, moves, sizes } = data;
  const { key } = segments[at]!;
  if (hasLines(data)) return [{ seriesIndex: at }];
  if (sizes) return [{ seriesIndex: 0, dataIndex: at }];
  if (moves) return [{ seriesIndex: 0, name: [`left ${key}`, `right ${key}`] }];
  if (profile)
    return [{ seriesIndex: 0, dataIndex: profile.features.map((_, f) => at * profile.features.length + f) }];
  return [];
}
