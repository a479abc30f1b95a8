/**
 * Quantile by linear interpolation between order statistics, as numpy and pandas take it.
 * @param sorted ascending, at least one value
 * @param q 0..1
 */
export function quantile(sorted: Float64Array, q: number): number {
  const at = q * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (at - below);
}
