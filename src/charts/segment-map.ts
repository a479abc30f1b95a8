import type { Axis, ChartData, Customers, MapData, Place } from './chart-data.ts';
import { type Box, type Disc, labelPlaces } from './label-places.ts';
import { pageWidth } from './page-width.ts';
import { faint, fontFamily, ink, paper, segmentColour } from './palette.ts';
import type { Chart, ChartOption, ChartSize } from './render.ts';
import { spread } from './spread.ts';
import { textWidth, wrapped } from './text-width.ts';

interface Layout extends ChartSize {
  /** Of the disc of the largest segment, in pixels. */
  largest: number;
  fontSize: number;
  lineHeight: number;
  nameWidth: number;
  /** Kept free of discs: sides, and below for the words of the dimension. */
  margin: { x: number; y: number };
}

const wide: Layout = {
  width: 960,
  height: 540,
  largest: 34,
  fontSize: 13,
  lineHeight: 16,
  nameWidth: 170,
  margin: { x: 64, y: 52 },
};
const slim: Layout = {
  width: 330,
  height: 320,
  largest: 20,
  fontSize: 12,
  lineHeight: 15,
  nameWidth: 40,
  margin: { x: 26, y: 40 },
};
/** All but the words gives way where a page has less room. */
function wideLayout(width: number): Layout {
  const part = Math.min(1, width / wide.width);
  return {
    ...wide,
    width,
    height: Math.round(wide.height * part),
    largest: Math.round(wide.largest * Math.sqrt(part)),
    nameWidth: Math.round(wide.nameWidth * Math.sqrt(part)),
  };
}

/** Discs of this radius hold their number. */
const ROOMY = 12;
const points = 48;

interface Drawn extends Place, Disc {
  position: number;
  outline: [x: number, y: number][];
}

/**
 * Segments in two dimensions, those alike near each other: a disc as large as its customers are many, in the middle of
 * the ground that half of them lie on, with its name beside it. On a narrow page a segment bears its number alone.
 */
export function segmentMapChart(
  segments: ChartData['segments'],
  { places, across, up }: MapData,
  narrow: boolean,
  width = pageWidth(narrow),
): Chart {
  const layout = narrow ? { ...slim, width } : wideLayout(width);
  const drawn = drawnOf(segments, places, layout);
  const labels = drawn.map(({ position, r }) =>
    labelOf(segments[position]!.name, position, r >= ROOMY, narrow, layout),
  );
  const boxes = labelPlaces(
    drawn,
    labels.map(({ width, height }) => ({ width, height })),
    { width: layout.width, height: layout.height - 22 },
  );
  const option = {
    graphic: [
      ...drawn.map(ground),
      ...drawn.flatMap((each, i) => (labels[i]!.lines.length > 0 ? thread(each, boxes[i]!) : [])),
      ...drawn.toSorted((a, b) => b.r - a.r || a.position - b.position).flatMap(disc),
      ...drawn.flatMap((_, i) => words(labels[i]!, boxes[i]!, layout)),
      ...axisWords(across, up, layout),
    ],
  };
  return { option: option as ChartOption, size: { width: layout.width, height: layout.height } };
}

/** In pixels. Discs that would hide each other's numbers are parted. */
function drawnOf(
  segments: ChartData['segments'],
  places: readonly (Place | null)[],
  layout: Layout,
): Drawn[] {
  const known = places.flatMap((place, position) => (place ? [{ ...place, position }] : []));
  const outlines = known.map(outlineOf);
  const across = scaleOf(
    outlines.flatMap(outline => outline.map(([x]) => x)),
    [layout.margin.x, layout.width - layout.margin.x],
  );
  const up = scaleOf(
    outlines.flatMap(outline => outline.map(([, y]) => y)),
    [layout.height - layout.margin.y, layout.margin.y - 10],
  );
  const customers = known.map(({ position }) => numberOf(segments[position]!.customers));
  const most = Math.max(1, ...customers);
  const middles = spread(
    known.map(({ x, y }) => ({ x: across(x), y: up(y) })),
    1.3 * layout.largest,
    layout,
  );
  return known.map((place, i) => ({
    ...place,
    ...middles[i]!,
    r: tenth(Math.max(4, layout.largest * Math.sqrt(customers[i]! / most))),
    outline: outlines[i]!.map(([x, y]) => [across(x), up(y)]),
  }));
}

function outlineOf({ x, y, long, short, tilt }: Place): [x: number, y: number][] {
  return Array.from({ length: points }, (_, i) => {
    const turn = (2 * Math.PI * i) / points;
    const [along, across] = [long * Math.cos(turn), short * Math.sin(turn)];
    return [
      x + along * Math.cos(tilt) - across * Math.sin(tilt),
      y + along * Math.sin(tilt) + across * Math.cos(tilt),
    ];
  });
}

function scaleOf(values: readonly number[], [start, end]: [number, number]): (value: number) => number {
  const least = Math.min(...values);
  const range = Math.max(...values) - least;
  return value => tenth(range > 1e-9 ? start + ((value - least) / range) * (end - start) : (start + end) / 2);
}

/** For pages that tell what is pointed at. */
const info = (segment: number) => ({ segment });

const ground = ({ outline, position }: Drawn) => ({
  type: 'polygon',
  silent: true,
  info: info(position),
  shape: { points: outline, smooth: 0.5 },
  style: {
    fill: segmentColour(position).light,
    fillOpacity: 0.12,
    stroke: segmentColour(position).light,
    strokeOpacity: 0.45,
    lineWidth: 1,
  },
});

function disc({ x, y, r, position }: Drawn) {
  const circle = {
    type: 'circle',
    silent: true,
    info: info(position),
    shape: { cx: x, cy: y, r },
    style: { fill: segmentColour(position).light, stroke: paper.light, lineWidth: 1.5 },
  };
  const number = text(x, y, String(position + 1), {
    fill: paper.light,
    fontWeight: 600,
    fontSize: 13,
    align: 'center',
  });
  return r >= ROOMY ? [circle, number] : [circle];
}

interface Label {
  /** The number, where the disc does not hold it; the name. */
  number: string;
  lines: string[];
  width: number;
  height: number;
}

function labelOf(name: string, position: number, held: boolean, narrow: boolean, layout: Layout): Label {
  const { fontSize, nameWidth, lineHeight } = layout;
  const number = held ? '' : String(position + 1);
  const lines = narrow ? [] : wrapped(name, { width: nameWidth, fontSize, lines: 2 });
  const numberWidth = number === '' ? 0 : textWidth(`${number} `, fontSize, 'bold');
  const width = numberWidth + Math.max(0, ...lines.map(line => textWidth(line, fontSize)));
  return { number, lines, width, height: width === 0 ? 0 : Math.max(1, lines.length) * lineHeight };
}

function words({ number, lines, width, height }: Label, box: Box, { fontSize, lineHeight }: Layout) {
  if (height === 0) return [];
  const indent = number === '' ? 0 : textWidth(`${number} `, fontSize, 'bold');
  const middle = box.x + indent + (width - indent) / 2;
  const y = (line: number) => box.y + (line + 0.5) * lineHeight;
  return [
    ...(number === '' ? [] : [text(box.x, y(0), number, { ...halo, fontSize, fontWeight: 600 })]),
    ...lines.map((line, i) => text(middle, y(i), line, { ...halo, fontSize, align: 'center' })),
  ];
}

/** From a disc to a label that found no place beside it. */
function thread({ x, y, r, position }: Drawn, box: Box) {
  const to = {
    x: Math.max(box.x, Math.min(box.x + box.width, x)),
    y: Math.max(box.y, Math.min(box.y + box.height, y)),
  };
  const length = Math.hypot(to.x - x, to.y - y);
  if (length < r + 16) return [];
  return [
    {
      type: 'line',
      silent: true,
      shape: { x1: x, y1: y, x2: tenth(to.x), y2: tenth(to.y) },
      style: { stroke: segmentColour(position).light, lineWidth: 1, opacity: 0.7 },
    },
  ];
}

/** The feature that rises to the right below the map, the one that rises upwards at its left edge. */
function axisWords(across: Axis | null, up: Axis | null, { width, height, fontSize }: Layout) {
  const style = { fill: faint.light, fontSize: fontSize - 1 };
  const room = { fontSize: fontSize - 1, lines: 1 };
  const found: object[] = [];
  if (across) {
    const [words] = wrapped(across.feature, { ...room, width: width * 0.7 });
    const at = across.rises ? { x: width - 8, align: 'right' } : { x: 8, align: 'left' };
    found.push(
      text(at.x, height - 10, across.rises ? `${words} →` : `← ${words}`, { ...style, align: at.align }),
    );
  }
  if (up) {
    const [words] = wrapped(up.feature, { ...room, width: height * 0.6 });
    found.push({
      ...text(10, up.rises ? 8 : height - 30, up.rises ? `${words} →` : `← ${words}`, {
        ...style,
        align: up.rises ? 'right' : 'left',
      }),
      rotation: Math.PI / 2,
    });
  }
  return found;
}

/** Keeps words readable over the edges of grounds. */
const halo = { stroke: paper.light, lineWidth: 3 };

function text(x: number, y: number, words: string, style: object) {
  return {
    type: 'text',
    silent: true,
    x: tenth(x),
    y: tenth(y),
    style: { text: words, fontFamily, fontSize: 13, fill: ink.light, verticalAlign: 'middle', ...style },
  };
}

const tenth = (value: number) => Math.round(10 * value) / 10;
const numberOf = (customers: Customers) => (typeof customers === 'number' ? customers : 0);
