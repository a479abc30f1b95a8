import type { ChartData, Customers, Place } from './chart-data.ts';
import type { Disc } from './label-places.ts';
import type { ChartSize } from './render.ts';
import { spread } from './spread.ts';

export interface MapLayout extends ChartSize {
  /** Of the disc of the largest segment, in pixels. */
  largest: number;
  fontSize: number;
  lineHeight: number;
  nameWidth: number;
  /** Kept free of discs: sides, and below for the words of the dimension. */
  margin: { x: number; y: number };
}

const wide: MapLayout = {
  width: 960,
  height: 540,
  largest: 34,
  fontSize: 13,
  lineHeight: 16,
  nameWidth: 170,
  margin: { x: 64, y: 52 },
};
const slim: MapLayout = {
  width: 330,
  height: 320,
  largest: 20,
  fontSize: 12,
  lineHeight: 15,
  nameWidth: 40,
  margin: { x: 26, y: 40 },
};

export function layoutOf(narrow: boolean, width: number): MapLayout {
  return narrow ? { ...slim, width } : wideLayout(width);
}

/** All but the words gives way where a page has less room. */
function wideLayout(width: number): MapLayout {
  const part = Math.min(1, width / wide.width);
  return {
    ...wide,
    width,
    height: Math.round(wide.height * part),
    largest: Math.round(wide.largest * Math.sqrt(part)),
  };
}

/** Sides of an ellipse. */
const points = 48;

/** A segment on the map, in pixels. */
export interface MapSegment extends Place, Disc {
  /** Of the segment among all. */
  position: number;
  /** Of the ground that half of its customers lie on. */
  outline: [x: number, y: number][];
}

/** Discs that would hide each other's numbers are parted. */
export function onMap(
  segments: ChartData['segments'],
  places: readonly (Place | null)[],
  layout: MapLayout,
): MapSegment[] {
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

/** A tenth of a pixel is as fine as it gets. */
export const tenth = (value: number) => Math.round(10 * value) / 10;

const numberOf = (customers: Customers) => (typeof customers === 'number' ? customers : 0);
