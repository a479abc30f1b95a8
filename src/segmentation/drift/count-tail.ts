/**
 * Probability of at most `seen` where counts are spread as `earlier` are: negative binomial with their mean and their
 * sample variance, Poisson where they vary no more than chance has it.
 *
 * @param seen a whole number >= 0
 * @param earlier at least two counts >= 0
 * @returns in 0..1
 */
export function lowerTail(seen: number, earlier: readonly number[]): number {
  const mean = earlier.reduce((sum, count) => sum + count, 0) / earlier.length;
  if (mean === 0) return 1;
  const squares = earlier.reduce((sum, count) => sum + (count - mean) ** 2, 0);
  const excess = squares / (earlier.length - 1) - mean;
  // P(0) = (r / (r + m))^r and P(x + 1) / P(x) = (x + r) / (x + 1) * m / (r + m), with r = m^2 / (variance - m).
  const r = excess > 0 ? (mean * mean) / excess : Number.POSITIVE_INFINITY;
  let log = Number.isFinite(r) ? -r * Math.log1p(mean / r) : -mean;
  let sum = log;
  for (let x = 0; x < seen; x++) {
    log += Math.log(Number.isFinite(r) ? ((x + r) * mean) / ((x + 1) * (r + mean)) : mean / (x + 1));
    sum = Math.max(sum, log) + Math.log1p(Math.exp(-Math.abs(sum - log)));
  }
  return Math.min(1, Math.exp(sum));
}
