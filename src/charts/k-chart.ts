import { faint, fontFamily, ink, rule, segmentColour } from './palette.ts';
import type { ChartOption, ChartSize } from './render.ts';

export interface KPoint {
  k: number;
  /** Compactness beyond data without groups. */
  delta: number;
  eligible: boolean;
  chosen: boolean;
}

/** How clear the groups are for each number of them; filled where that number may be chosen. */
export function kChart(points: readonly KPoint[], narrow: boolean): { option: ChartOption; size: ChartSize } {
  return {
    size: { width: narrow ? 340 : 920, height: 220 },
    option: {
      textStyle: { fontFamily },
      grid: { left: 44, right: 12, top: 26, bottom: 40 },
      xAxis: {
        type: 'category',
        name: 'number of groups',
        nameLocation: 'middle',
        nameGap: 26,
        nameTextStyle: { color: faint },
        data: points.map(point => String(point.k)),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: rule } },
        axisLabel: { color: ink, fontSize: 12 },
      },
      yAxis: {
        type: 'value',
        splitLine: { lineStyle: { color: rule } },
        axisLabel: { color: faint, fontSize: 11, formatter: (value: number) => value.toFixed(2) },
      },
      series: [
        {
          type: 'bar',
          barMaxWidth: 36,
          data: points.map(point => ({
            value: Math.round(point.delta * 1e4) / 1e4,
            itemStyle: {
              color: point.chosen ? segmentColour(0) : faint,
              opacity: point.chosen ? 1 : point.eligible ? 0.55 : 0.2,
              borderRadius: [3, 3, 0, 0],
            },
            label: { show: point.chosen, position: 'top', formatter: () => 'chosen', color: ink, fontFamily },
          })),
        },
      ],
    },
  };
}
