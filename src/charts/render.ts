import { BarChart, HeatmapChart, ScatterChart } from 'echarts/charts';
import { GridComponent, VisualMapComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, HeatmapChart, ScatterChart, GridComponent, VisualMapComponent, SVGRenderer]);

export type ChartOption = EChartsCoreOption;

export interface ChartSize {
  width: number;
  height: number;
}

/**
 * Draws a chart to SVG text without a browser; equal options give equal text.
 *
 * @param id unique among the charts of a page: it begins every id and class in the SVG
 */
export function renderSvg(option: ChartOption, size: ChartSize, id: string): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    chart.setOption({ animation: false, ...option });
    return renumbered(chart.renderToSVGString({ useViewBox: true }), id);
  } finally {
    chart.dispose();
  }
}

/** ECharts numbers ids and classes through all charts of a process, which would make equal charts differ. */
function renumbered(svg: string, id: string): string {
  const names = new Map<string, string>();
  return svg.replaceAll(/\bzr\d+-\w+(?:-\d+)?/g, name => {
    const known = names.get(name) ?? `${id}-${names.size}`;
    names.set(name, known);
    return known;
  });
}
