import { BarChart, HeatmapChart, LineChart, SankeyChart } from 'echarts/charts';
import {
  GraphicComponent,
  GridSimpleComponent,
  MarkLineComponent,
  VisualMapPiecewiseComponent,
} from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

// What src/charts draws with, and no more: the whole library would be too large for a page in a chat.
use([
  BarChart,
  GraphicComponent,
  GridSimpleComponent,
  HeatmapChart,
  LineChart,
  MarkLineComponent,
  SankeyChart,
  SVGRenderer,
  VisualMapPiecewiseComponent,
]);

export type Drawing = ReturnType<typeof init>;

export const openDrawing = (on: HTMLElement): Drawing => init(on, null, { renderer: 'svg' });
