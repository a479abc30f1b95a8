import type { Place } from '../charts/chart-data.ts';
import type { MapPoint, Model } from './model.ts';
import { SMALLEST_REPORTED } from './wording.ts';

/**
 * The middle of each segment on the model's map, and the ellipse about it that holds half of its customers there; null
 * where the segment, or what the map's sample has of it, is under ten customers. Coordinates have no unit.
 */
export function mapPlaces({ segments, map }: Pick<Model, 'segments' | 'map'>): (Place | null)[] {
  return segments.map(({ size }, i) => {
    const own = map.filter(({ segment }) => segment === i);
    return Math.min(size, own.length) < SMALLEST_REPORTED ? null : placeOf(own);
  });
}

type Point = Pick<MapPoint, 'x' | 'y'>;

/** The ellipse has the axes of the points' covariance, and a scale at which half of the points lie within it. */
function placeOf(points: readonly Point[]): Place {
  const mean = (of: (point: Point) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [mean(point => point.x), mean(point => point.y)];
  const xx = mean(point => (point.x - x) ** 2);
  const yy = mean(point => (point.y - y) ** 2);
  const xy = mean(point => (point.x - x) * (point.y - y));
  const tilt = xy === 0 && xx >= yy ? 0 : Math.atan2(2 * xy, xx - yy) / 2;
  const apart = Math.hypot((xx - yy) / 2, xy);
  const [long, short] = [(xx + yy) / 2 + apart, Math.max(0, (xx + yy) / 2 - apart)].map(Math.sqrt);
  const distances = points.map(point => {
    const [dx, dy] = [point.x - x, point.y - y];
    const along = dx * Math.cos(tilt) + dy * Math.sin(tilt);
    const across = dy * Math.cos(tilt) - dx * Math.sin(tilt);
    return Math.hypot(over(along, long!), over(across, short!));
  });
  const scale = distances.sort((a, b) => a - b)[Math.ceil(points.length / 2) - 1]!;
  return {
    x: rounded(x),
    y: rounded(y),
    long: rounded(long! * scale),
    short: rounded(short! * scale),
    tilt: rounded(tilt),
  };
}

/** A side without spread has all points on its middle. */
const over = (value: number, spread: number) => (spread > 1e-9 ? value / spread : 0);

const rounded = (value: number) => Math.round(value * 1000) / 1000;
