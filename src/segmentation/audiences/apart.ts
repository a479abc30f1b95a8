/** A part of a group of customers, and how many each of the part stands for. */
export interface Sampled {
  /** NaN where a customer has no value. */
  values: Float64Array;
  /** Greater than 0. */
  weight: number;
}

/** Share cut at either end, so that a few of unusual volume do not decide. */
const tail = 0.01;

/**
 * The standardised difference of two groups: of their means, in standard deviations over both together, of values clipped
 * to their 1 % and 99 % quantiles over both, log1p before that where the values have a long tail.
 *
 * @returns 0 where nobody of a group has a value, or all have the same; greater than 0 where members have more
 */
export function standardisedDifference(members: Sampled, others: Sampled, log: boolean): number {
  const groups = [members, others].map(({ values, weight }) => ({
    weight,
    values: (log ? values.map(value => Math.log1p(Math.max(0, value))) : values)
      .filter(value => !Number.isNaN(value))
      .sort(),
  }));
  const [own, rest] = groups;
  if (own!.values.length === 0 || rest!.values.length === 0) return 0;
  const low = quantile(groups, tail);
  const high = quantile(groups, 1 - tail);
  const [a, b] = groups.map(group => moments(group, low, high));
  const weights = a!.weight + b!.weight;
  const within = (a!.weight * a!.variance + b!.weight * b!.variance) / weights;
  const shift = a!.mean - b!.mean;
  const deviation = Math.sqrt(within + (a!.weight * b!.weight * shift ** 2) / weights ** 2);
  return deviation > 1e-12 * Math.max(1, Math.abs(low), Math.abs(high)) ? shift / deviation : 0;
}

/** The least value that the share `q` of all weight does not lie above; values are in order. */
function quantile(groups: readonly Sampled[], q: number): number {
  const end = q * groups.reduce((sum, { values, weight }) => sum + weight * values.length, 0);
  const next = groups.map(() => 0);
  let passed = 0;
  let value = Number.NaN;
  while (passed < end) {
    const at = (g: number) => groups[g]!.values[next[g]!] ?? Number.POSITIVE_INFINITY;
    const g = at(0) <= at(1) ? 0 : 1;
    if (at(g) === Number.POSITIVE_INFINITY) break;
    value = at(g);
    passed += groups[g]!.weight;
    next[g]!++;
  }
  return value;
}

function moments({ values, weight }: Sampled, low: number, high: number) {
  const clipped = values.map(value => Math.min(high, Math.max(low, value)));
  const mean = clipped.reduce((sum, value) => sum + value, 0) / clipped.length;
  const variance = clipped.reduce((sum, value) => sum + (value - mean) ** 2, 0) / clipped.length;
  return { mean, variance, weight: weight * clipped.length };
}
