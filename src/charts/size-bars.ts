import { pageWidth } from './page-width.ts';
import { faint, fontFamily, segmentColour } from './palette.ts';
import type { Chart, ChartOption } from './render.ts';
import { labelRoom, segmentAxes } from './segment-labels.ts';

export interface SizeBar {
  name: string;
  size: number;
  /** The size as a person reads it. */
  text: string;
}

/** Customers of each segment at one date. */
export function sizeBarsChart(bars: readonly SizeBar[], narrow: boolean, width = pageWidth(narrow)): Chart {
  const names = narrow ? { width: 270, fontSize: 13, above: 14 } : { width: 232, fontSize: 14 };
  const option = {
    textStyle: { fontFamily },
    grid: { left: labelRoom(names), right: 64, top: narrow ? 12 : 2, bottom: 2, outerBoundsMode: 'none' },
    xAxis: { type: 'value', show: false, min: 0 },
    yAxis: segmentAxes(
      bars.map(({ name }) => name),
      names,
    ),
    series: [
      {
        type: 'bar',
        barWidth: narrow ? 14 : 18,
        silent: true,
        data: bars.map(({ size, text }, i) => ({
          segment: i,
          value: size,
          itemStyle: { color: segmentColour(i).light, borderRadius: [0, 3, 3, 0] },
          label: {
            show: true,
            position: 'right',
            formatter: () => text,
            color: faint.light,
            fontSize: 12,
            fontFamily,
          },
        })),
      },
    ],
  };
  return {
    option: option as ChartOption,
    size: { width, height: 8 + bars.length * (narrow ? 48 : 40) },
  };
}
