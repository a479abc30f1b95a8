import { faint, fontFamily, segmentColour } from './palette.ts';
import type { Chart, ChartOption } from './render.ts';
import { labelRoom, segmentAxes } from './segment-labels.ts';

export interface ShareBar {
  name: string;
  /** Of customers, 0..1. */
  share: number;
  /** Of revenue, 0..1. */
  revenueShare: number;
  /** The shares as a person reads them. */
  shareText: string;
  revenueShareText: string;
}

/** Each segment's share of customers beside its share of revenue: who is worth more than their number says. */
export function sharesChart(bars: readonly ShareBar[], narrow: boolean): Chart {
  const names = narrow ? { width: 270, fontSize: 13, above: 20 } : { width: 232, fontSize: 14 };
  const series = (
    pick: (bar: ShareBar) => number,
    text: (bar: ShareBar) => string,
    opacity: number,
    of: string,
  ) => ({
    type: 'bar',
    barWidth: narrow ? 13 : 14,
    barGap: '16%',
    silent: true,
    clip: false,
    data: bars.map((bar, i) => ({
      value: pick(bar),
      itemStyle: { color: segmentColour(i).light, opacity, borderRadius: [0, 3, 3, 0] },
      label: {
        show: true,
        position: 'right',
        formatter: () => `${text(bar)} ${of}`,
        color: faint.light,
        opacity: 1,
        fontSize: 12,
        fontFamily,
      },
    })),
  });
  const option = {
    textStyle: { fontFamily },
    grid: {
      left: labelRoom(names),
      right: narrow ? 112 : 128,
      top: narrow ? 12 : 2,
      bottom: narrow ? 0 : 2,
      outerBoundsMode: 'none',
    },
    xAxis: { type: 'value', show: false, min: 0 },
    yAxis: segmentAxes(
      bars.map(bar => bar.name),
      names,
    ),
    series: [
      series(
        bar => bar.share,
        bar => bar.shareText,
        0.45,
        'of customers',
      ),
      series(
        bar => bar.revenueShare,
        bar => bar.revenueShareText,
        1,
        'of revenue',
      ),
    ],
  };
  return {
    option: option as ChartOption,
    size: { width: narrow ? 330 : 960, height: 8 + bars.length * (narrow ? 64 : 50) },
  };
}
