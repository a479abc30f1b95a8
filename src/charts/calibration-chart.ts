import { accent, faint, fontFamily, ink, rule } from './palette.ts';
import type { Chart, ChartOption } from './render.ts';

/** A tenth of the customers, means of what was predicted for them and of what happened. */
export interface Tenth {
  predicted: number;
  actual: number;
}

export interface CalibrationPanel {
  title: string;
  /** Lowest prediction first. */
  tenths: readonly Tenth[];
  format: (value: number) => string;
}

/**
 * What was predicted against what happened, by tenths of the customers in order of the prediction: a bar for what
 * happened, a dot for what was predicted. Where dots sit on the tops of bars, predictions can be taken as they are.
 */
export function calibrationChart(panels: readonly CalibrationPanel[], narrow: boolean): Chart {
  const width = narrow ? 330 : 960;
  const plot = narrow ? { width: width - 52, height: 150 } : { width: 412, height: 190 };
  const [legendRoom, titleRoom, axisRoom] = [34, 34, 46];
  const between = titleRoom + plot.height + axisRoom;
  const places = panels.map((_, i) => ({
    ...plot,
    left: narrow ? 44 : 48 + i * 492,
    top: legendRoom + titleRoom + (narrow ? i * (between + 10) : 0),
  }));
  const word = { fontFamily, fontSize: 12, color: faint.light };
  const axes = panels.map(({ title, tenths, format }, gridIndex) => ({
    x: {
      type: 'category',
      gridIndex,
      data: tenths.map((_, i) => String(i + 1)),
      name: 'Tenths of the customers, lowest prediction first',
      nameLocation: 'middle',
      nameGap: 26,
      nameTextStyle: word,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: rule.light } },
      axisLabel: { ...word, interval: 0 },
    },
    y: {
      type: 'value',
      gridIndex,
      min: 0,
      name: title,
      nameLocation: 'end',
      nameGap: 16,
      nameTextStyle: {
        ...word,
        fontSize: 13,
        color: ink.light,
        fontWeight: 600,
        align: 'left',
        padding: [0, 0, 0, -places[gridIndex]!.left + (narrow ? 0 : gridIndex * 492)],
      },
      splitNumber: 4,
      splitLine: { lineStyle: { color: rule.light } },
      axisLine: { show: false },
      axisLabel: { ...word, formatter: format },
    },
  }));
  const series = panels.flatMap(({ tenths }, axis) => {
    const shared = { xAxisIndex: axis, yAxisIndex: axis, silent: true };
    return [
      {
        ...shared,
        type: 'bar',
        barWidth: '62%',
        itemStyle: { color: accent.light, opacity: 0.28, borderRadius: [3, 3, 0, 0] },
        data: tenths.map(({ actual }) => round(actual)),
      },
      {
        ...shared,
        type: 'line',
        symbol: 'circle',
        symbolSize: 8,
        showAllSymbol: true,
        z: 3,
        itemStyle: { color: accent.light },
        lineStyle: { color: accent.light, width: 1.5, opacity: 0.55 },
        data: tenths.map(({ predicted }) => round(predicted)),
      },
    ];
  });
  const option = {
    textStyle: { fontFamily },
    grid: places.map(place => ({ ...place, outerBoundsMode: 'none' })),
    xAxis: axes.map(({ x }) => x),
    yAxis: axes.map(({ y }) => y),
    series,
    graphic: legend(narrow ? 4 : 0),
  };
  const height = legendRoom + (narrow ? panels.length * (between + 10) : between);
  return { option: option as ChartOption, size: { width, height } };
}

function legend(left: number) {
  const y = 12;
  const text = (x: number, words: string) => ({
    type: 'text',
    silent: true,
    x,
    y,
    style: { text: words, fontFamily, fontSize: 13, fill: ink.light, verticalAlign: 'middle' },
  });
  return [
    {
      type: 'circle',
      silent: true,
      shape: { cx: left + 6, cy: y, r: 4.5 },
      style: { fill: accent.light },
    },
    text(left + 18, 'predicted'),
    {
      type: 'rect',
      silent: true,
      shape: { x: left + 100, y: y - 7, width: 14, height: 14, r: 3 },
      style: { fill: accent.light, opacity: 0.28 },
    },
    text(left + 122, 'happened'),
  ];
}

const round = (value: number) => Math.round(value * 1e4) / 1e4;
