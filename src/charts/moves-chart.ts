import { pageWidth } from './page-width.ts';
import { faint, fontFamily, ink, segmentColour, textRoom } from './palette.ts';
import type { Chart, ChartOption } from './render.ts';

/** An end of moves: a segment, or what stands beside segments (new customers, set aside, gone). */
export interface MoveEnd {
  key: string;
  name: string;
  /** For a narrow page: a segment's number, or a word. */
  short: string;
  /** Position of the segment; null for what is none. */
  position: number | null;
  /** The customers at this end as a person reads them: "212". */
  text: string;
}

export interface MoveFlows {
  /** Top to bottom. */
  left: readonly MoveEnd[];
  right: readonly MoveEnd[];
  /** Keys of a left and a right end. */
  flows: readonly { from: string; to: string; customers: number }[];
}

/**
 * Who went where between two dates: a band a move, as wide as its customers are many, in the colour of where they came
 * from. Those who stayed are not drawn; beside them no move could be seen. On a narrow page ends bear numbers alone.
 */
export function movesChart(
  { left, right, flows }: MoveFlows,
  narrow: boolean,
  width = pageWidth(narrow),
): Chart {
  // Labels of one line or two stand in the gaps.
  const place = narrow
    ? { label: 94, gap: 16, band: 18, fontSize: 12 }
    : { label: Math.min(292, Math.round(0.31 * width)), gap: 32, band: 22, fontSize: 13 };
  const ends = Math.max(left.length, right.length);
  const margin = place.gap / 2;
  const height = 2 * margin + ends * place.band + (ends - 1) * place.gap;
  const node = (end: MoveEnd, side: 'left' | 'right') => ({
    name: `${side} ${end.key}`,
    depth: side === 'left' ? 0 : 1,
    itemStyle: { color: (end.position === null ? faint : segmentColour(end.position)).light },
    label: {
      position: side,
      align: side === 'left' ? 'right' : 'left',
      formatter: () => labelOf(end, side, narrow),
    },
  });
  const option = {
    textStyle: { fontFamily },
    series: [
      {
        type: 'sankey',
        silent: true,
        left: place.label,
        right: place.label,
        top: margin,
        bottom: margin,
        nodeWidth: 12,
        nodeGap: place.gap,
        // Ends stay in the order of the segments.
        layoutIterations: 0,
        draggable: false,
        itemStyle: { borderWidth: 0 },
        lineStyle: { color: 'source', opacity: 0.4, curveness: 0.5 },
        label: {
          fontFamily,
          fontSize: place.fontSize,
          lineHeight: Math.round(place.fontSize * 1.2),
          color: ink.light,
          ...(narrow ? {} : { width: (place.label - 10) * textRoom, overflow: 'break' }),
          distance: 8,
        },
        data: [...left.map(end => node(end, 'left')), ...right.map(end => node(end, 'right'))],
        links: flows.map(({ from, to, customers }) => ({
          source: `left ${from}`,
          target: `right ${to}`,
          value: customers,
        })),
      },
    ],
  };
  return { option: option as ChartOption, size: { width, height } };
}

/** One run of text: how wide a run is, is not known without a browser. */
function labelOf({ name, short, position, text }: MoveEnd, side: 'left' | 'right', narrow: boolean): string {
  if (narrow) return side === 'left' ? `${text} · ${short}` : `${short} · ${text}`;
  // Braces and bars would be read as the chart's own marks.
  const plain = name.replace(/[{}|]/g, ' ');
  return `${position === null ? plain : `${short} ${plain}`} · ${text}`;
}
