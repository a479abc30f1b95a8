/**
 * What a chart of the segments is drawn from, in a browser as well as here. Aggregates only: no point is a customer, and
 * a number of customers below ten reads "fewer than 10".
 */

export const chartKinds = ['map', 'profile', 'moves', 'sizes'] as const;
export type ChartKind = (typeof chartKinds)[number];

/** A number of customers, or words that stand for a few. */
export type Customers = number | 'fewer than 10';

/** One chart: that of its kind is told, the others are null. */
export interface ChartData {
  /** YYYY-MM-DD */
  asOf: string;
  chart: ChartKind;
  title: string;
  /** How it is read, and what is left out. */
  note: string;
  /** What is seen, in a few sentences, for those who see no picture. */
  alt: string;
  /** Those that stand. The place here, from 1, is the number of a segment, and gives it its colour. */
  segments: { key: string; name: string; customers: Customers }[];
  map: MapData | null;
  profile: ProfileData | null;
  moves: MovesData | null;
  sizes: SizesData | null;
}

/** Segments in two dimensions, those alike near each other. */
export interface MapData {
  /** One a segment; null where too few customers are known to place it. */
  places: (Place | null)[];
  /** What changes most from segment to segment along each dimension; null where nothing goes with it. */
  across: Axis | null;
  up: Axis | null;
}

/** A feature, and whether it rises to the right, or upwards. */
export interface Axis {
  feature: string;
  rises: boolean;
}

/** The middle of a segment, and the ellipse about it that holds half of its customers. Coordinates have no unit. */
export interface Place {
  x: number;
  y: number;
  /** Half axes; `tilt` is the angle of the longer one from the first dimension, in radians. */
  long: number;
  short: number;
  tilt: number;
}

/** What tells the segments apart. */
export interface ProfileData {
  features: string[];
  /** One a segment, of one a feature; null where a segment is too small to be described. */
  rows: ({ difference: number; value: string }[] | null)[];
}

/** Who went where at the last refresh; those who stayed are not told. */
export interface MovesData {
  from: string;
  /** `from` and `to`: keys of segments, or `new`, `gone`, `set-aside`. Most customers first, none below ten. */
  flows: { from: string; to: string; customers: Customers }[];
}

/** Customers of each segment over time, to the nearest ten. */
export interface SizesData {
  dates: string[];
  /** Dates at which other segments took the place of those before. */
  replaced: string[];
  /** One a segment, of one a date; null where it did not stand. */
  lines: (Customers | null)[][];
  /** Segments that stand no more. */
  earlier: { name: string; sizes: (Customers | null)[] }[];
}
