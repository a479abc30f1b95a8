import { apart } from './apart.ts';
import { pageWidth } from './page-width.ts';
import { faint, fontFamily, ink, rule, segmentColour } from './palette.ts';
import type { Chart, ChartOption } from './render.ts';
import { wrapped } from './text-width.ts';
import { dayNumber, dayTicks, dayWords } from './time-ticks.ts';

export interface SizeLine {
  name: string;
  /** Position among the segments that stand; null for one that stands no more. */
  position: number | null;
  /** One a date; null where it did not stand. */
  sizes: readonly (number | null)[];
  /** The last size as a person reads it. */
  text: string;
}

export interface SizeHistory {
  /** YYYY-MM-DD, ascending. */
  dates: readonly string[];
  /** Positions of the dates at which other segments took the place of those before. */
  replaced: readonly number[];
  lines: readonly SizeLine[];
}

/** Up to so many dates, each is marked on the lines. */
const FEW_DATES = 6;
const [top, bottom] = [30, 28];
/** Pixels that the words of the first or last date, which stand inside, and half of the next take. */
const DATE = 124;

/** Columns to the right of the lines: a thread to the line's end, the number, the size, the name. */
interface Place {
  width: number;
  left: number;
  right: number;
  fontSize: number;
  /** Pixels from one name to the next. */
  between: number;
}

/**
 * Customers of each segment over time, named at the end of its line; a dashed line where other segments took over.
 * Segments that stand no more are grey. On a narrow page lines bear numbers alone.
 */
export function sizesChart(
  { dates, replaced, lines }: SizeHistory,
  narrow: boolean,
  width = pageWidth(narrow),
): Chart {
  const place: Place = narrow
    ? { width, left: 46, right: 40, fontSize: 12, between: 15 }
    : { width, left: 56, right: Math.min(318, Math.round(0.36 * width)), fontSize: 13, between: 34 };
  const standing = lines.filter(({ position, sizes }) => position !== null && sizes.at(-1) != null);
  const height = Math.max(narrow ? 260 : 340, top + bottom + standing.length * place.between);
  const days = dates.map(dayNumber);
  const last = days.at(-1)!;
  const first = days[0] === last ? last - 1 : days[0]!;
  const pixelsPerDay = (width - place.left - place.right) / (last - first);
  const ticks = dayTicks(days, DATE / pixelsPerDay);
  const { step, ceiling } = scaleOf(lines);
  const yOf = (size: number) => top + (1 - size / ceiling) * (height - top - bottom);
  const ends = standing.map(({ sizes }) => yOf(sizes.at(-1)!));
  const places = apart(ends, place.between, { least: top, most: height - bottom });
  const word = { fontFamily, fontSize: 12, color: faint.light };
  const option = {
    textStyle: { fontFamily },
    grid: { left: place.left, right: place.right, top, bottom, outerBoundsMode: 'none' },
    xAxis: {
      type: 'value',
      min: first,
      max: last,
      axisLine: { onZero: false, lineStyle: { color: rule.light } },
      axisTick: { customValues: ticks, lineStyle: { color: rule.light } },
      splitLine: { show: false },
      axisLabel: {
        ...word,
        customValues: ticks,
        ...(ticks.length > 1 ? { alignMinLabel: 'left' } : {}),
        alignMaxLabel: 'right',
        formatter: dayWords,
      },
    },
    yAxis: {
      type: 'value',
      min: 0,
      max: ceiling,
      interval: step,
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: rule.light } },
      axisLabel: { ...word, formatter: (value: number) => value.toLocaleString('en-GB') },
    },
    series: [
      ...lines.map(line => seriesOf(line, days)),
      {
        type: 'line',
        data: [],
        color: faint.light,
        markLine: {
          silent: true,
          symbol: 'none',
          lineStyle: { color: faint.light, type: 'dashed', width: 1 },
          data: marks(
            replaced.map(at => days[at]!),
            pixelsPerDay,
            word,
          ),
        },
      },
    ],
    graphic: standing.flatMap((line, i) => endLabel(line, ends[i]!, places[i]!, place, narrow)),
  };
  return { option: option as ChartOption, size: { width: place.width, height } };
}

/** Round steps of customers, four or five of them up to the largest size. */
function scaleOf(lines: readonly SizeLine[]): { step: number; ceiling: number } {
  const most = lines.reduce((all, { sizes }) => sizes.reduce<number>((a, b) => Math.max(a, b ?? 0), all), 1);
  const power = 10 ** Math.floor(Math.log10(most / 4));
  const step = Math.max(1, [1, 2, 5, 10].find(factor => factor * power >= most / 5)! * power);
  return { step, ceiling: step * Math.ceil(most / step) };
}

function seriesOf({ position, sizes }: SizeLine, days: readonly number[]) {
  const colour = position === null ? faint.light : segmentColour(position).light;
  const lone = sizes.filter(size => size !== null).length === 1;
  return {
    type: 'line',
    silent: true,
    clip: false,
    symbol: 'circle',
    symbolSize: 6,
    showSymbol: lone || days.length <= FEW_DATES,
    itemStyle: { color: colour },
    lineStyle: { color: colour, width: position === null ? 1.2 : 2.2 },
    data: days.map((day, i) => [day, sizes[i] ?? null]),
  };
}

/** Texts stand at fixed places: how wide a text is, is not known without a browser. */
function endLabel(
  { name, position, text }: SizeLine,
  from: number,
  y: number,
  { width, right, fontSize, between }: Place,
  narrow: boolean,
) {
  const x = width - right;
  const line = {
    type: 'line',
    silent: true,
    shape: { x1: x + 5, y1: from, x2: x + 17, y2: y },
    style: { stroke: segmentColour(position!).light, lineWidth: 1.5 },
  };
  const words = (at: number, value: string, style: object) => ({
    type: 'text',
    silent: true,
    x: at,
    y,
    style: { text: value, fontFamily, fontSize, fill: ink.light, verticalAlign: 'middle', ...style },
  });
  const number = words(x + 22, String(position! + 1), { fontWeight: 600 });
  if (narrow) return [line, number];
  return [
    line,
    number,
    words(x + 88, text, { align: 'right', fill: faint.light }),
    words(
      x + 98,
      wrapped(name, { width: right - 98, fontSize, lines: Math.floor(between / 15) }).join('\n'),
      {
        lineHeight: 15,
      },
    ),
  ];
}

/** A line where other segments took over, with words where they do not run into those before. */
function marks(replaced: readonly number[], pixelsPerDay: number, word: object) {
  let free = -Infinity;
  return replaced.map(day => {
    const show = day * pixelsPerDay >= free;
    if (show) free = day * pixelsPerDay + 110;
    return {
      xAxis: day,
      label: { ...word, show, formatter: 'other segments', position: 'end', distance: 4 },
    };
  });
}
