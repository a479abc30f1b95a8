import { createHash } from 'node:crypto';
import type { EChartsOption } from 'echarts';
import { init } from 'echarts/dist/echarts.esm.min';

export type ChartOption = EChartsOption;

/** In pixels. */
export interface ChartSize {
  width: number;
  height: number;
}

export interface Chart {
  option: ChartOption;
  size: ChartSize;
}

/** Draws a chart to SVG text without a browser: a still picture, without script. Equal charts give equal text. */
export function renderSvg(option: ChartOption, size: ChartSize): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    chart.setOption({ animation: false, ...option });
    return withOwnIds(still(chart.renderToSVGString({ useViewBox: true })));
  } finally {
    chart.dispose();
  }
}

/**
 * Takes out what only serves hovering, and the blank that a broken line leaves at the start of the next. Quotation marks in words from data are escaped, so what looks like an attribute
 * is one.
 */
function still(svg: string): string {
  return svg
    .replace(/<style[^>]*>[\s\S]*?<\/style>/g, '')
    .replace(/ (?:class|pointer-events|ecmeta_\w+)="[^"]*"/g, '')
    .replace(/(<text[^>]*>) +/g, '$1')
    .replace(/\n+/g, '\n');
}

/**
 * ECharts numbers ids through all charts of a process, which would make equal charts differ. Here they are numbered
 * within the chart, after a hash of its text, so that different charts can stand on one page.
 */
function withOwnIds(svg: string): string {
  const ids = [...new Set(Array.from(svg.matchAll(/ id="([^"]+)"/g), match => match[1]!))];
  const named = (prefix: string) =>
    ids.reduce(
      (text, id, i) =>
        text
          .replaceAll(` id="${id}"`, ` id="${prefix}${i}"`)
          .replaceAll(`url(#${id})`, `url(#${prefix}${i})`),
      svg,
    );
  const hash = createHash('sha256').update(named('')).digest('hex').slice(0, 10);
  return named(`c${hash}-`);
}
