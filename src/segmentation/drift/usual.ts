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

/**
 * What a change is held against: the usual one, but no less than chance alone makes, and no more than twice that, so that
 * a change that goes on for weeks does not become the usual by it.
 */
export function usualError(chance: number, usual: number): number {
  return Math.min(2 * chance, Math.max(chance, usual));
}

export function median(values: readonly number[]): number {
  return quantile(Float64Array.from(values).sort(), 0.5);
}
