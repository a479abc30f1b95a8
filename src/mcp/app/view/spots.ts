import type { ChartData, ProfileData, SizesData } from '../../../charts/chart-data.ts';
import { stepOf, steps } from '../../../charts/palette.ts';
import { dayNumber } from '../../../charts/time-ticks.ts';
import type { Drawing } from './echarts.ts';
import { countOf, dateWords } from './words.ts';

/** What the pointer is on: words for it, and the segment whose card a click opens. */
export interface Spot {
  title: string;
  lines: string[];
  segment: string | null;
}

/** As ECharts tells of what the pointer is on. */
export interface Hit {
  componentType: string;
  dataType?: string;
  data?: unknown;
  info?: unknown;
}

/** What `src/charts` leaves on the parts of a chart: positions of a segment and a feature, or the ends of a move. */
interface Left {
  segment?: number;
  feature?: number;
  name?: string;
  source?: string;
  target?: string;
  value?: number;
}

export function spotOf(data: ChartData, { componentType, dataType, ...hit }: Hit): Spot | null {
  const left = (componentType === 'graphic' ? hit.info : hit.data) as Left | null | undefined;
  if (!left) return null;
  if (data.moves) return dataType === 'edge' ? moveSpot(data, left) : endSpot(data, left);
  if (left.segment === undefined) return null;
  if (data.profile && left.feature !== undefined)
    return cellSpot(data, data.profile, left.segment, left.feature);
  return segmentSpot(data, left.segment);
}

function segmentSpot({ segments }: ChartData, at: number, ...lines: string[]): Spot | null {
  const segment = segments[at];
  if (!segment) return null;
  const { key, name, customers } = segment;
  return {
    title: `${at + 1} ${name}`,
    lines: lines.length > 0 ? lines : [`${countOf(customers)} customers`],
    segment: key,
  };
}

function cellSpot(data: ChartData, { features, rows }: ProfileData, segment: number, feature: number) {
  const cell = rows[segment]?.[feature];
  const what = features[feature] ?? '';
  if (!cell) return segmentSpot(data, segment, `${what}: not told of fewer than ten customers`);
  const step = stepOf(cell.difference);
  const words = steps[step]!.words;
  const against = words === 'about average' ? words : `${words} the average customer`;
  return segmentSpot(data, segment, `${what}: ${cell.value}`, against);
}

const beside = new Map([
  ['new', 'First-time buyers'],
  ['gone', 'Gone'],
  ['set-aside', 'Set aside'],
]);

/** A band: "left KEY" to "right KEY". */
function moveSpot({ segments, moves }: ChartData, { source = '', target = '' }: Left): Spot | null {
  const [from, to] = [keyOf(source), keyOf(target)];
  const flow = moves?.flows.find(each => each.from === from && each.to === to);
  if (!flow) return null;
  const nameOf = (key: string) =>
    segments.find(segment => segment.key === key)?.name ?? beside.get(key) ?? key;
  const standing = [to, from].find(key => !beside.has(key));
  return {
    title: `${nameOf(from)} → ${nameOf(to)}`,
    lines: [`${countOf(flow.customers)} customers`],
    segment: standing ?? null,
  };
}

function endSpot({ segments, moves }: ChartData, { name = '' }: Left): Spot | null {
  const key = keyOf(name);
  const at = segments.findIndex(segment => segment.key === key);
  const total = (end: 'from' | 'to') =>
    (moves?.flows ?? []).reduce(
      (sum, flow) => sum + (flow[end] === key && typeof flow.customers === 'number' ? flow.customers : 0),
      0,
    );
  const lines = [
    ...(total('to') > 0 ? [`${countOf(total('to'))} came`] : []),
    ...(total('from') > 0 ? [`${countOf(total('from'))} left`] : []),
  ];
  const title = at >= 0 ? `${at + 1} ${segments[at]!.name}` : (beside.get(key) ?? key);
  return { title, lines, segment: at >= 0 ? key : null };
}

const keyOf = (end: string) => end.replace(/^(left|right) /, '');

/** Sizes of a single date are bars. */
export const hasLines = ({ sizes }: ChartData) => sizes !== null && sizes.dates.length > 1;

/** Pixels around a line that count as on it. */
const NEAR = 22;

/** The line and the date nearest to a place among lines, which are too thin to be hit. */
export function lineSpot(data: ChartData, drawing: Drawing, x: number, y: number): Spot | null {
  const { sizes, segments } = data;
  if (!sizes || !drawing.containPixel('grid', [x, y])) return null;
  const [day] = drawing.convertFromPixel('grid', [x, y]) as [number, number];
  const at = nearestOf(sizes.dates.map(date => Math.abs(dayNumber(date) - day)));
  if (at < 0) return null;
  const lines = linesOf(sizes);
  const away = lines.map(({ counts }) => {
    const count = counts[at];
    if (count == null) return Infinity;
    const known = typeof count === 'number' ? count : 0;
    const [, height] = drawing.convertToPixel('grid', [day, known]) as [number, number];
    return Math.abs(height - y);
  });
  const line = nearestOf(away);
  if (line < 0 || away[line]! > NEAR) return null;
  const words = `${countOf(lines[line]!.counts[at]!)} customers on ${dateWords(sizes.dates[at]!)}`;
  if (line < segments.length) return segmentSpot(data, line, words);
  return { title: lines[line]!.name ?? '', lines: [words, 'Stands no more.'], segment: null };
}

function linesOf({ lines, earlier }: SizesData) {
  return [
    ...lines.map(counts => ({ counts, name: null })),
    ...earlier.map(({ name, sizes }) => ({ counts: sizes, name })),
  ];
}

/** Of the least, the first; -1 where all are infinite, or there are none. */
function nearestOf(distances: readonly number[]): number {
  return distances.reduce((best, each, i) => (each < (distances[best] ?? Infinity) ? i : best), -1);
}
