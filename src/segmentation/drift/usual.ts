import { quantile } from '../../clustering/quantile.ts';

/** Of fewer changes the spread is not known. */
const leastChanges = 4;

/**
 * Standard deviation of the ordinary changes of a series over `step` places: 1.4826 times the median distance of those
 * changes from their median (Rousseeuw and Croux, 1993), which a few unusual weeks do not widen.
 * @returns 0 where the series is too short to tell
 */
export function usualChange(series: readonly number[], step: number): number {
  const changes = series.slice(step).map((value, i) => value - series[i]!);
  if (changes.length < leastChanges) return 0;
  const middle = median(changes);
  return 1.4826 * median(changes.map(change => Math.abs(change - middle)));
}

export function median(values: readonly number[]): number {
  return quantile(Float64Array.from(values).sort(), 0.5);
}
