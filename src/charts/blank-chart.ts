import { faint, fontFamily } from './palette.ts';
import type { Chart, ChartOption } from './render.ts';

/** Where there is nothing to draw: a line that says so. */
export function blankChart(words: string, width: number): Chart {
  const option = {
    graphic: [
      {
        type: 'text',
        silent: true,
        x: width / 2,
        y: 40,
        style: {
          text: words,
          fontFamily,
          fontSize: 13,
          fill: faint.light,
          align: 'center',
          verticalAlign: 'middle',
        },
      },
    ],
  };
  return { option: option as ChartOption, size: { width, height: 80 } };
}
