import { pageWidth } from './page-width.ts';
import { faint, fontFamily, ink, segmentColour } from './palette.ts';
import type { Chart, ChartOption } from './render.ts';
import { isolated, textWidth, wrapped } from './text-width.ts';

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
      formatter: () => (narrow ? shortLabel(end, side) : longLabel(end, place)),
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

const shortLabel = ({ short, text }: MoveEnd, side: 'left' | 'right') =>
  side === 'left' ? `${text} · ${short}` : `${short} · ${text}`;

/** Two lines at most, of which the last ends in the number of customers. */
function longLabel(
  { name, short, position, text }: MoveEnd,
  { label, fontSize }: { label: number; fontSize: number },
): string {
  // Braces and bars would be read as the chart's own marks.
  const plain = name.replace(/[{}|]/g, ' ');
  const room = { width: label - 14, fontSize };
  const ending = ` · ${text}`;
  const lines = wrapped(position === null ? plain : `${short}\u00a0${plain}`, { ...room, lines: 2 });
  const last = lines.at(-1) ?? '';
  if (textWidth(last + ending, fontSize) <= room.width) return told(lines, ending);
  if (lines.length === 1) return `${isolated(last)}\n${text}`;
  const [cut] = wrapped(last, { fontSize, lines: 1, width: room.width - textWidth(ending, fontSize) });
  return told([lines[0]!, cut!], ending);
}

const told = (lines: readonly string[], ending: string) => lines.map(isolated).join('\n') + ending;
