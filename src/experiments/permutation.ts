import { type Amounts, ascending, estimateOf, type Sums, sumsOf } from './amounts.ts';
import { chanceOf, drawn, seedOf } from './chance.ts';
import { hypergeometric } from './whole-numbers.ts';

/** Once so many shuffles were as far out as what was seen, more of them would only make a large p-value more exact. */
const FAR_OUT = 200;

/**
 * Two-sided test that amounts are the same in both arms, by shuffling customers between them: the statistic is the
 * difference of ratios over its standard error. Exact where a campaign changes nothing, however heavy the tails and
 * however unequal the arms; where only the means are equal it holds for large arms.
 *
 * Source: A. Janssen (1997), Studentized permutation tests for non-i.i.d. hypotheses, Statistics & Probability Letters 36,
 * 9-21; J. Besag & P. Clifford (1991), Sequential Monte Carlo p-values, Biometrika 78, 301-304.
 *
 * @param rounds how often is shuffled at most: no p-value is below 1 / (rounds + 1)
 * @returns p-value; the same for the same amounts, whatever their order
 */
export function shuffledP(treated: Amounts, control: Amounts, rounds = 9999): number {
  // Few are drawn to be in the smaller arm; the others are in the larger one.
  const [small, large] = [ascending(control), ascending(treated)].sort(
    (a, b) => a.customers - b.customers,
  ) as [Amounts, Amounts];
  const all = ascending({
    customers: small.customers + large.customers,
    amounts: joined(small.amounts, large.amounts),
    units: small.units && large.units && joined(small.units, large.units),
  });
  const whole = sumsOf(all, all.customers, null, all.amounts.length);
  const buyers =
    all.units === null ? drawn(hypergeometric(all.customers, all.amounts.length, small.customers)) : null;
  const seen = distance(sumsOf(small, small.customers, null, small.amounts.length), whole);
  if (seen === 0) return 1;
  const chance = chanceOf(seedOf(small.amounts, large.amounts));
  const places = Int32Array.from(all.amounts.keys());
  let far = 0;
  for (let round = 1; round <= rounds; round++) {
    const count = buyers === null ? small.amounts.length : chance.of(buyers);
    for (let i = 0; i < count; i++) {
      const j = i + chance.below(places.length - i);
      const place = places[j]!;
      places[j] = places[i]!;
      places[i] = place;
    }
    // The same split may sum to something else in the last digit.
    if (distance(sumsOf(all, small.customers, places, count), whole) >= seen * (1 - 1e-9)) far++;
    if (far === FAR_OUT) return far / round;
  }
  return (far + 1) / (rounds + 1);
}

/** Between a part and the rest of a whole, in standard errors. */
function distance(part: Sums, whole: Sums): number {
  const one = estimateOf(part);
  const other = estimateOf({
    customers: whole.customers - part.customers,
    x: whole.x - part.x,
    xx: whole.xx - part.xx,
    u: whole.u - part.u,
    xu: whole.xu - part.xu,
    uu: whole.uu - part.uu,
  });
  const difference = Math.abs(one.ratio - other.ratio);
  return difference === 0 ? 0 : difference / Math.sqrt(one.variance + other.variance);
}

function joined(one: Float64Array, other: Float64Array): Float64Array {
  const both = new Float64Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
