import { accent, faint, fontFamily, ink, rule } from './palette.ts';
import type { Chart, ChartOption } from './render.ts';

export interface KPoint {
  k: number;
  /** Compactness beyond data without groups. */
  delta: number;
  /** How far the least stable group is found again, 0..1. */
  stability: number;
  eligible: boolean;
  chosen: boolean;
}

/** For each number of groups, how clear and how stable they are; the chosen number stands out, those ruled out fade. */
export function kChart(points: readonly KPoint[], narrow: boolean): Chart {
  const width = narrow ? 330 : 960;
  const panels = narrow
    ? [
        { left: 40, top: 40, width: width - 48, height: 120 },
        { left: 40, top: 226, width: width - 48, height: 120 },
      ]
    : [
        { left: 44, top: 40, width: 420, height: 170 },
        { left: 536, top: 40, width: 420, height: 170 },
      ];
  const names = points.map(point => String(point.k));
  const word = { fontFamily, color: faint.light, fontSize: 12 };
  const least = Math.min(0, ...points.map(point => point.delta));
  const panel = (gridIndex: number, title: string, format: (value: number) => string, range: object) => ({
    x: {
      type: 'category',
      gridIndex,
      data: names,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: rule.light } },
      axisLabel: { ...word, color: ink.light, interval: 0 },
    },
    y: {
      type: 'value',
      gridIndex,
      name: title,
      nameLocation: 'end',
      nameGap: 18,
      nameTextStyle: {
        ...word,
        color: ink.light,
        fontWeight: 600,
        align: 'left',
        padding: [0, 0, 0, -panels[0]!.left],
      },
      splitNumber: 3,
      splitLine: { lineStyle: { color: rule.light } },
      axisLabel: { ...word, formatter: format },
      ...range,
    },
  });
  const clear = panel(0, 'Clearer than data without groups', value => value.toFixed(2), { min: least });
  const stable = panel(1, 'Least stable group found again', value => `${Math.round(100 * value)} %`, {
    min: 0,
    max: 1,
    interval: 0.25,
  });
  const bars = (axis: number, pick: (point: KPoint) => number) => ({
    type: 'bar',
    xAxisIndex: axis,
    yAxisIndex: axis,
    silent: true,
    clip: false,
    barMaxWidth: 26,
    data: points.map(point => ({
      value: Math.round(pick(point) * 1e4) / 1e4,
      itemStyle: {
        color: point.chosen ? accent.light : faint.light,
        opacity: point.chosen ? 1 : point.eligible ? 0.5 : 0.2,
        borderRadius: [3, 3, 0, 0],
      },
      label: {
        ...word,
        show: point.chosen && !narrow,
        position: 'top',
        formatter: () => 'chosen',
        color: ink.light,
        fontWeight: 600,
      },
    })),
  });
  const option = {
    textStyle: { fontFamily },
    grid: panels.map(place => ({ ...place, outerBoundsMode: 'none' })),
    xAxis: [clear.x, stable.x],
    yAxis: [clear.y, stable.y],
    series: [bars(0, point => point.delta), bars(1, point => point.stability)],
  };
  return { option: option as ChartOption, size: { width, height: narrow ? 374 : 240 } };
}
