/** counts[band][bin]. */
type Banded = readonly (readonly number[])[];

/**
 * Population stability index of two samples over the same bins: the sum of (a - e) ln(a / e) over their shares e and a
 * (the Jeffreys divergence; Siddiqi, "Credit Risk Scorecards", 2006). 0 where the shares are equal, never below 0.
 * A bin that is empty in one sample counts there as half an observation, a bin that is empty in both does not count.
 *
 * @param expected counts, B values
 * @param actual counts, B values
 * @returns 0 where either sample is empty
 */
export function populationStabilityIndex(expected: ArrayLike<number>, actual: ArrayLike<number>): number {
  if (expected.length !== actual.length) {
    throw new RangeError(`${expected.length} bins cannot be compared with ${actual.length}`);
  }
  const n = sumOf(expected);
  const m = sumOf(actual);
  if (!(n > 0 && m > 0)) return 0;
  let index = 0;
  for (let bin = 0; bin < expected.length; bin++) {
    if (expected[bin]! === 0 && actual[bin]! === 0) continue;
    const e = (expected[bin]! || 0.5) / n;
    const a = (actual[bin]! || 0.5) / m;
    if (e !== a) index += (a - e) * Math.log(a / e);
  }
  return index;
}

/**
 * The index that samples of one distribution stay below in 95 of 100 cases: chi-square 95 % of B - 1 times
 * (1 / N + 1 / M), which is how the index of two samples is distributed where nothing changed (Yurdakul and Naranjo,
 * "Statistical properties of the population stability index", 2020).
 *
 * @param bins number of bins that are not empty in both samples
 * @param sizes size of every sample that the index was made of
 */
export function stabilityNoise(bins: number, sizes: readonly number[]): number {
  if (bins < 2) return 0;
  return chiSquareQuantile(0.95, bins - 1) * sizes.reduce((sum, size) => sum + 1 / size, 0);
}

/**
 * Direct standardisation: the shares of every sample within each band, put together as the first sample is made up of
 * bands, so that what is left of their differences is none of the bands' (Rothman et al., "Modern Epidemiology",
 * chapter 4). Bands with fewer than `least` in any sample are left out of all.
 *
 * @param samples counts[band][bin] of each, of one shape
 * @returns counts by bin for each sample. They add up to its effective size, 1 / sum(w^2 / m) over the weights w and its
 *   sizes m of the bands: the size of a plain sample that would be as sure. `covered` is the share of the first sample
 *   that lies in the bands that were kept; where that is 0, the counts are.
 */
export function standardise(
  samples: readonly Banded[],
  least: number,
): { counts: Float64Array[]; covered: number } {
  const sizes = samples.map(sample => sample.map(sumOf));
  const [first = []] = sizes;
  const kept = Array.from(first.keys()).filter(band => sizes.every(of => of[band]! >= least));
  const size = kept.reduce((sum, band) => sum + first[band]!, 0);
  const counts = samples.map((sample, s) => {
    const shares = new Float64Array(sample[0]?.length ?? 0);
    let variance = 0;
    for (const band of kept) {
      const weight = first[band]! / size;
      variance += (weight * weight) / sizes[s]![band]!;
      sample[band]!.forEach((count, bin) => {
        shares[bin]! += (weight * count) / sizes[s]![band]!;
      });
    }
    return kept.length === 0 ? shares : shares.map(share => share / variance);
  });
  return { counts, covered: size > 0 ? size / sumOf(first) : 0 };
}

/**
 * Quantile of the chi-square distribution.
 * @param p 0 < p < 1
 * @param degrees of freedom, a whole number from 1
 */
export function chiSquareQuantile(p: number, degrees: number): number {
  let low = 0;
  let high = Math.max(1, degrees);
  while (chiSquareBelow(high, degrees) < p) high *= 2;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (chiSquareBelow(middle, degrees) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * P(X <= x) for chi-square of whole degrees of freedom: the regularised incomplete gamma function of degrees / 2 by its
 * power series (Abramowitz and Stegun, 6.5.29).
 */
function chiSquareBelow(x: number, degrees: number): number {
  const a = degrees / 2;
  const y = x / 2;
  // y^a e^-y / gamma(a + 1), by steps of one from gamma(1) = 1 or gamma(3 / 2) = sqrt(pi) / 2.
  const whole = degrees % 2 === 0;
  let term = Math.exp(-y) * (whole ? 1 : Math.sqrt(y) / (Math.sqrt(Math.PI) / 2));
  for (let from = whole ? 1 : 1.5; from <= a; from++) term *= y / from;
  let sum = term;
  for (let n = 1; term > sum * 1e-15 && n < 10_000; n++) {
    term *= y / (a + n);
    sum += term;
  }
  return sum;
}

function sumOf(counts: ArrayLike<number>): number {
  let sum = 0;
  for (let bin = 0; bin < counts.length; bin++) sum += counts[bin]!;
  return sum;
}
