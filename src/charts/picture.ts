import type { ChartData } from './chart-data.ts';
import { chartOf } from './chart-of.ts';
import { faint, fontFamily, ink, paper, segmentColour } from './palette.ts';
import type { Chart, ChartOption } from './render.ts';
import { textWidth, wrapped } from './text-width.ts';
import { type Theme, themed } from './themed.ts';
import { dateWords } from './time-ticks.ts';

/** A chart that stands alone: with its title and how it is read, and on a narrow page the names of its segments. */
export function pictureOf(data: ChartData, narrow: boolean, theme: Theme = 'light'): Chart {
  const chart = chartOf(data, narrow);
  const margin = narrow ? 12 : 24;
  const width = chart.size.width + 2 * margin;
  const head = headOf(data, width - 2 * margin, margin);
  const named = !narrow || data.sizes?.dates.length === 1;
  const names = named ? { height: 0, graphic: [] } : legendOf(data, width - 2 * margin, margin);
  const height = head.height + chart.size.height + names.height + 2 * margin;
  const below = head.height + margin + chart.size.height;
  const option = {
    ...within(chart.option, { top: margin + head.height, bottom: names.height + margin, side: margin }),
    backgroundColor: paper.light,
  } as Record<string, unknown>;
  option.graphic = [
    ...head.graphic,
    { type: 'group', x: margin, y: margin + head.height, children: option.graphic ?? [] },
    { type: 'group', x: 0, y: below, children: names.graphic },
  ];
  return themed({ option: option as ChartOption, size: { width, height } }, theme);
}

interface Part {
  height: number;
  graphic: object[];
}

function headOf({ title, note, asOf }: ChartData, width: number, margin: number): Part {
  const titles = wrapped(title, { width: width / 1.12, fontSize: 17, lines: 2 });
  const notes = wrapped(`As of ${dateWords(asOf)}. ${note}`, { width, fontSize: 12, lines: 8 });
  const below = titles.length * 22 + 4;
  return {
    height: below + notes.length * 16 + 16,
    graphic: [
      ...titles.map((line, i) => text(margin, margin + i * 22 + 11, line, { fontSize: 17, fontWeight: 600 })),
      ...notes.map((line, i) =>
        text(margin, margin + below + i * 16 + 8, line, { fontSize: 12, fill: faint.light }),
      ),
    ],
  };
}

/** Numbers, colours and names of the segments. */
function legendOf({ segments }: ChartData, width: number, margin: number): Part {
  let y = 14;
  const graphic = segments.flatMap(({ name }, i) => {
    const lines = wrapped(name, { width: width - 40, fontSize: 12, lines: 2 });
    const top = y;
    y += lines.length * 15 + 5;
    return [
      {
        type: 'circle',
        silent: true,
        shape: { cx: margin + 6, cy: top + 8, r: 5 },
        style: { fill: segmentColour(i).light },
      },
      text(margin + 32 - textWidth(String(i + 1), 12), top + 8, String(i + 1), { fill: faint.light }),
      ...lines.map((line, l) => text(margin + 40, top + 8 + l * 15, line, {})),
    ];
  });
  return { height: y, graphic };
}

/** The chart's own parts, moved to leave room around them. */
function within(option: ChartOption, room: { top: number; bottom: number; side: number }): ChartOption {
  const moved = <T>(part: T): T => {
    const { top, bottom, left, right } = part as Record<string, number>;
    return {
      ...part,
      ...(top === undefined ? {} : { top: top + room.top }),
      ...(bottom === undefined ? {} : { bottom: bottom + room.bottom }),
      ...(left === undefined ? {} : { left: left + room.side }),
      ...(right === undefined ? {} : { right: right + room.side }),
    };
  };
  const each = (parts: unknown) => (Array.isArray(parts) ? parts.map(moved) : parts && moved(parts));
  return {
    ...option,
    ...(option.grid ? { grid: each(option.grid) } : {}),
    ...(option.series ? { series: each(option.series) } : {}),
  } as ChartOption;
}

function text(x: number, y: number, words: string, style: object) {
  return {
    type: 'text',
    silent: true,
    x,
    y,
    style: { text: words, fontFamily, fontSize: 12, fill: ink.light, verticalAlign: 'middle', ...style },
  };
}
