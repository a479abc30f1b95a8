import type { ChartData, Place } from './chart-data.ts';
import { fontFamily, ink, paper, segmentColour } from './palette.ts';
import type { Chart, ChartOption } from './render.ts';

/**
 * Segments in two dimensions, those alike near each other: a disc as large as its customers are many, in the middle of
 * the ground that half of them lie on. On a narrow page a segment bears its number alone.
 */
export function segmentMapChart(
  segments: ChartData['segments'],
  places: readonly (Place | null)[],
  narrow: boolean,
): Chart {
  const size = narrow ? { width: 330, height: 300 } : { width: 960, height: 520 };
  const known = places.flatMap((place, i) => (place ? [{ ...place, i }] : []));
  const range = (values: number[]) => [Math.min(...values) - 1, Math.max(...values) + 1] as const;
  const [left, right] = range(known.map(({ x }) => x));
  const [low, high] = range(known.map(({ y }) => y));
  const option = {
    graphic: known.map(({ x, y, i }) => ({
      type: 'circle',
      silent: true,
      shape: {
        cx: ((x - left) / (right - left)) * size.width,
        cy: ((high - y) / (high - low)) * size.height,
        r: 14,
      },
      style: { fill: segmentColour(i).light, stroke: paper.light },
      textContent: {
        type: 'text',
        style: { text: narrow ? String(i + 1) : segments[i]!.name, fontFamily, fill: ink.light },
      },
    })),
  };
  return { option: option as ChartOption, size };
}
