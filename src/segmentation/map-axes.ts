import type { Axis, Place } from '../charts/chart-data.ts';
import type { Model } from './model.ts';

/** Part of what a feature differs by from segment to segment that must go along a dimension for it to be named there. */
const LEAST_EXPLAINED = 0.5;

/**
 * For each dimension of the map the feature that changes most along it, of those that carry the segments: the steepest
 * slope of the segments' differences over their places, each weighing as its customers, among the features of which the
 * dimension explains half. No feature is named twice.
 *
 * @param labelOf the words for a feature
 */
export function mapAxes(
  { segments, carrying }: Pick<Model, 'segments' | 'carrying'>,
  places: readonly (Place | null)[],
  labelOf: (feature: { id: string; label: string }) => string,
): { across: Axis | null; up: Axis | null } {
  const placed = segments.flatMap((segment, i) => (places[i] ? [{ segment, place: places[i] }] : []));
  const steepest = (along: 'x' | 'y', taken: string | null) => {
    const slopes = carrying
      .filter(id => id !== taken)
      .flatMap(id => {
        const points = placed.flatMap(({ segment, place }) => {
          const feature = segment.features.find(each => each.id === id);
          return feature ? [{ at: place[along], value: feature.difference, weight: segment.size }] : [];
        });
        const slope = slopeOf(points);
        return slope === null ? [] : [{ id, slope }];
      });
    const [first] = slopes.sort((a, b) => Math.abs(b.slope) - Math.abs(a.slope));
    return first ?? null;
  };
  const axis = (found: { id: string; slope: number } | null): Axis | null => {
    const feature = segments[0]?.features.find(({ id }) => id === found?.id);
    return found && feature ? { feature: labelOf(feature), rises: found.slope > 0 } : null;
  };
  const across = steepest('x', null);
  return { across: axis(across), up: axis(steepest('y', across?.id ?? null)) };
}

interface Weighed {
  at: number;
  value: number;
  weight: number;
}

/** Of three places at least: through two there is a line whatever they are. null where the line explains too little. */
function slopeOf(points: readonly Weighed[]): number | null {
  if (points.length < 3) return null;
  const all = points.reduce((sum, { weight }) => sum + weight, 0);
  const mean = (of: (point: Weighed) => number) =>
    points.reduce((sum, point) => sum + of(point) * point.weight, 0) / all;
  const [at, value] = [mean(point => point.at), mean(point => point.value)];
  const together = mean(point => (point.at - at) * (point.value - value));
  const spreadAt = mean(point => (point.at - at) ** 2);
  const spreadValue = mean(point => (point.value - value) ** 2);
  if (!(spreadAt > 0 && spreadValue > 0)) return null;
  return together ** 2 / (spreadAt * spreadValue) >= LEAST_EXPLAINED ? together / spreadAt : null;
}
