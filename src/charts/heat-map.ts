import { diverging, fontFamily, ink, paper } from './palette.ts';
import type { ChartOption, ChartSize } from './render.ts';

export interface HeatMap {
  segments: readonly string[];
  features: readonly string[];
  /** cells[s][f]: standardised difference from the average customer, and the value in words. */
  cells: readonly (readonly { difference: number; value: string }[])[];
}

/** Differences beyond this many standard deviations share a colour. */
const farthest = 1.5;

/** What tells the segments apart: a row a segment and a column a feature; on a narrow page the other way round. */
export function heatMapChart(map: HeatMap, narrow: boolean): { option: ChartOption; size: ChartSize } {
  const { segments, features, cells } = map;
  const axis = (names: readonly string[]) => ({
    type: 'category',
    data: [...names],
    axisTick: { show: false },
    axisLine: { show: false },
    splitArea: { show: false },
  });
  const label = { color: ink, fontSize: narrow ? 11 : 12.5, interval: 0, overflow: 'break' };
  const data = cells.flatMap((row, s) =>
    row.map((cell, f) => ({
      value: narrow ? [s, f, cell.difference] : [f, s, cell.difference],
      label: {
        show: !narrow,
        formatter: () => cell.value,
        // Dark grounds at both ends carry white words.
        color: Math.abs(cell.difference) > 0.8 * farthest ? '#ffffff' : '#1c1c1c',
      },
    })),
  );
  const row = narrow ? 44 : 38;
  const size = narrow
    ? { width: 340, height: 210 + features.length * row }
    : { width: 920, height: 82 + segments.length * row };
  return {
    size,
    option: {
      textStyle: { fontFamily },
      grid: narrow
        ? { left: 122, right: 6, top: 4, bottom: 206 }
        : { left: 264, right: 6, top: 74, bottom: 4 },
      xAxis: narrow
        ? { ...axis(segments), axisLabel: { ...label, rotate: 90, width: 164, overflow: 'truncate' } }
        : { ...axis(features), position: 'top', axisLabel: { ...label, width: 76, lineHeight: 14 } },
      yAxis: {
        ...axis(narrow ? features : segments),
        inverse: true,
        axisLabel: { ...label, width: narrow ? 92 : 206, lineHeight: narrow ? 13 : 16 },
      },
      visualMap: { show: false, min: -farthest, max: farthest, inRange: { color: [...diverging] } },
      series: [
        {
          type: 'heatmap',
          data,
          label: { fontSize: 12, fontFamily },
          itemStyle: { borderColor: paper, borderWidth: 2, borderRadius: 4 },
        },
      ],
    },
  };
}
