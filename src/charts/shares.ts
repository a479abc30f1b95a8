import { faint, fontFamily, ink, rule, segmentColour } from './palette.ts';
import type { ChartOption, ChartSize } from './render.ts';

export interface ShareBar {
  name: string;
  /** 0..1 */
  share: number;
  /** 0..1 */
  revenueShare: number;
}

/** Each segment's share of customers beside its share of revenue: who is worth more than their number says. */
export function sharesChart(
  bars: readonly ShareBar[],
  narrow: boolean,
): { option: ChartOption; size: ChartSize } {
  const percent = (share: number) =>
    `${share < 0.0995 ? (100 * share).toFixed(1) : Math.round(100 * share)} %`;
  const series = (name: string, pick: (bar: ShareBar) => number, opacity: number) => ({
    name,
    type: 'bar',
    barWidth: narrow ? 11 : 12,
    barGap: '20%',
    data: bars.map((bar, i) => ({
      value: pick(bar),
      itemStyle: { color: segmentColour(i), opacity, borderRadius: [0, 3, 3, 0] },
      label: {
        show: true,
        position: 'right',
        formatter: () => `${percent(pick(bar))} ${name}`,
        color: faint,
        opacity: 1,
        fontSize: 11,
        fontFamily,
      },
    })),
  });
  return {
    size: { width: narrow ? 340 : 920, height: 24 + bars.length * (narrow ? 54 : 46) },
    option: {
      textStyle: { fontFamily },
      grid: { left: narrow ? 128 : 284, right: narrow ? 112 : 130, top: 4, bottom: 4 },
      xAxis: { type: 'value', show: false, min: 0 },
      yAxis: {
        type: 'category',
        inverse: true,
        data: bars.map(bar => bar.name),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: rule } },
        axisLabel: {
          color: ink,
          fontSize: narrow ? 12 : 14,
          width: narrow ? 96 : 220,
          overflow: 'break',
          lineHeight: narrow ? 14 : 18,
        },
      },
      series: [
        series('of customers', bar => bar.share, 0.5),
        series('of revenue', bar => bar.revenueShare, 1),
      ],
    },
  };
}
