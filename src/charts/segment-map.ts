import type { Axis, ChartData, MapData } from './chart-data.ts';
import { type Box, type Disc, labelPlaces } from './label-places.ts';
import { layoutOf, type MapLayout, type MapSegment, onMap, tenth } from './map-layout.ts';
import { pageWidth } from './page-width.ts';
import { faint, fontFamily, ink, paper, segmentColour } from './palette.ts';
import type { Chart, ChartOption } from './render.ts';
import { isolated, textWidth, wrapped } from './text-width.ts';

/** Discs of this radius hold their number. */
const ROOMY = 12;
const BADGE = 9.5;

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
  const layout = layoutOf(narrow, width);
  const drawn = onMap(segments, places, layout);
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

/** For pages that tell what is pointed at. */
const info = (segment: number) => ({ segment });

const ground = ({ outline, position }: MapSegment) => ({
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
function disc({ x, y, r, position }: MapSegment) {
  const circle = (radius: number, style: object) => ({
    type: 'circle',
    silent: true,
    shape: { cx: x, cy: y, r: radius },
    style,
  });
  const whole = {
    ...circle(r, { fill: segmentColour(position).light, stroke: paper.light, lineWidth: 1.5 }),
    info: info(position),
  };
  const number = text(x, y, String(position + 1), { fontWeight: 600, fontSize: 12, align: 'center' });
  return r < ROOMY ? [whole] : [whole, circle(BADGE, { fill: paper.light }), number];
}

interface Label {
  /** The number, and on a wide page the name; none where a narrow one has the number on the disc. */
  lines: string[];
  width: number;
  height: number;
}

function labelOf(name: string, position: number, held: boolean, narrow: boolean, layout: MapLayout): Label {
  const { fontSize, nameWidth, lineHeight } = layout;
  const number = String(position + 1);
  // A name may end up nearer to the disc of another: the number tells whose it is.
  const words = narrow ? (held ? '' : number) : `${number}\u00a0${name}`;
  const lines = wrapped(words, { width: nameWidth, fontSize, lines: 2 });
  const width = Math.max(0, ...lines.map(line => textWidth(line, fontSize)));
  return { lines, width, height: lines.length * lineHeight };
}

/** They begin, or end, at the disc's side: the width of words is not known exactly. */
function words({ lines }: Label, { x: middle }: Disc, box: Box, { fontSize, lineHeight }: MapLayout) {
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
function thread({ x, y, r, position }: MapSegment, box: Box) {
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
function axisWords(across: Axis | null, up: Axis | null, { width, height, fontSize }: MapLayout) {
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
