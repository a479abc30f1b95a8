/** A part of a group of customers, and how many each of the part stands for. */
export interface Sampled {
  /** NaN where a customer has no value. */
  values: Float64Array;
  /** Greater than 0. */
  weight: number;
}

/** Share clipped at either end, so that a few of unusual volume do not decide. */
const tail = 0.01;

/**
 * The standardised difference of two groups: of their means, in standard deviations over both together, of values clipped
 * to their 1 % and 99 % quantiles over both, log1p before that where the values have a long tail.
 *
 * @returns 0 where nobody of a group has a value, or all have the same; greater than 0 where members have more
 */
export function standardisedDifference(members: Sampled, others: Sampled, log: boolean): number {
  const own = ordered(members.values, log);
  const rest = ordered(others.values, log);
  if (own.length === 0 || rest.length === 0) return 0;
  const weights = [members.weight, others.weight] as const;
  const low = lowest([own, rest], weights);
  // The same from the other end.
  const high = -lowest([mirrored(own), mirrored(rest)], weights);
  const [a, b] = [moments(own, low, high), moments(rest, low, high)];
  const [m, n] = [members.weight * own.length, others.weight * rest.length];
  const shift = a.mean - b.mean;
  const variance = (m * a.variance + n * b.variance) / (m + n) + (m * n * shift ** 2) / (m + n) ** 2;
  const deviation = Math.sqrt(variance);
  return deviation > 1e-12 * Math.max(1, Math.abs(low), Math.abs(high)) ? shift / deviation : 0;
}

/** The values that are known, in order. */
function ordered(values: Float64Array, log: boolean): Float64Array {
  const known = new Float64Array(values.length);
  let count = 0;
  for (const value of values)
    if (!Number.isNaN(value)) known[count++] = log ? Math.log1p(Math.max(0, value)) : value;
  return known.subarray(0, count).sort();
}

function mirrored(values: Float64Array): Float64Array {
  return values.map(value => -value).reverse();
}

/** The value at which the share `tail` of all weight is passed, from the least value on. */
function lowest(groups: readonly [Float64Array, Float64Array], weights: readonly [number, number]): number {
  const [a, b] = groups;
  const end = tail * (weights[0] * a.length + weights[1] * b.length);
  let [i, j, passed, value] = [0, 0, 0, Number.NaN];
  while (passed < end) {
    const fromA = j >= b.length || (i < a.length && a[i]! <= b[j]!);
    value = fromA ? a[i++]! : b[j++]!;
    passed += weights[fromA ? 0 : 1];
  }
  return value;
}

function moments(values: Float64Array, low: number, high: number): { mean: number; variance: number } {
  let sum = 0;
  for (const value of values) sum += Math.min(high, Math.max(low, value));
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (Math.min(high, Math.max(low, value)) - mean) ** 2;
  return { mean, variance: squares / values.length };
}
