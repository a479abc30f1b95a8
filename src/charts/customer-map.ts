import { segmentColour } from './palette.ts';
import type { ChartOption, ChartSize } from './render.ts';

export interface PlacedCustomer {
  x: number;
  y: number;
  /** Position of the segment. */
  segment: number;
}

/** Customers in two dimensions, those alike near each other. It bears no words, so it may be scaled freely. */
export function customerMapChart(points: readonly PlacedCustomer[]): {
  option: ChartOption;
  size: ChartSize;
} {
  const segments = [...new Set(points.map(point => point.segment))].sort((a, b) => a - b);
  const hidden = { show: false, scale: true, min: 'dataMin', max: 'dataMax' };
  return {
    size: { width: 920, height: 520 },
    option: {
      grid: { left: 10, right: 10, top: 10, bottom: 10 },
      xAxis: hidden,
      yAxis: hidden,
      series: segments.map(segment => ({
        type: 'scatter',
        symbolSize: 6,
        itemStyle: { color: segmentColour(segment), opacity: 0.65 },
        data: points.filter(point => point.segment === segment).map(({ x, y }) => [x, y]),
      })),
    },
  };
}
