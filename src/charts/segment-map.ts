import type { Axis, ChartData, Customers, MapData, Place } from './chart-data.ts';
import { type Box, type Disc, labelPlaces } from './label-places.ts';
import { pageWidth } from './page-width.ts';
import { faint, fontFamily, ink, paper, segmentColour } from './palette.ts';
import type { Chart, ChartOption, ChartSize } from './render.ts';
import { spread } from './spread.ts';
import { isolated, textWidth, wrapped } from './text-width.ts';

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
  };
}

/** Discs of this radius hold their number. */
const ROOMY = 12;
const BADGE = 9.5;
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
    { x: 24, y: 0, width: layout.width - 24, height: layout.height - 22 },
  );
  const option = {
    graphic: [
      ...drawn.map(ground),
      ...drawn.flatMap((each, i) => (labels[i]!.lines.length > 0 ? thread(each, boxes[i]!) : [])),
      ...drawn.toSorted((a, b) => b.r - a.r || a.position - b.position).flatMap(disc),
      ...drawn.flatMap((_, i) => words(labels[i]!, drawn[i]!, boxes[i]!, layout)),
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

/** A number stands on paper: not every colour of a segment bears words. */
function disc({ x, y, r, position }: Drawn) {
  const circle = (radius: number, style: object) => ({
    type: 'circle',
    silent: true,
    shape: { cx: x, cy: y, r: radius },
    style,
  });
  const whole = circle(r, { fill: segmentColour(position).light, stroke: paper.light, lineWidth: 1.5 });
  const number = text(x, y, String(position + 1), { fontWeight: 600, fontSize: 12, align: 'center' });
  return r < ROOMY ? [whole] : [whole, circle(BADGE, { fill: paper.light }), number];
}

interface Label {
  /** With the number, where the disc does not hold it. None on a narrow page where it does. */
  lines: string[];
  width: number;
  height: number;
}

function labelOf(name: string, position: number, held: boolean, narrow: boolean, layout: Layout): Label {
  const { fontSize, nameWidth, lineHeight } = layout;
  const words = [...(held ? [] : [position + 1]), ...(narrow ? [] : [name])].join('\u00a0');
  const lines = wrapped(words, { width: nameWidth, fontSize, lines: 2 });
  const width = Math.max(0, ...lines.map(line => textWidth(line, fontSize)));
  return { lines, width, height: lines.length * lineHeight };
}

/** They begin, or end, at the disc's side: the width of words is not known exactly. */
function words({ lines }: Label, { x: middle }: Disc, box: Box, { fontSize, lineHeight }: Layout) {
  const [x, align] =
    box.x >= middle
      ? [box.x, 'left']
      : box.x + box.width <= middle
        ? [box.x + box.width, 'right']
        : [box.x + box.width / 2, 'center'];
  return lines.map((line, i) =>
    text(x, box.y + (i + 0.5) * lineHeight, isolated(line), { ...halo, fontSize, align }),
  );
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
const halo = { stroke: paper.light, lineWidth: 3, strokeOpacity: 0.75 };

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
