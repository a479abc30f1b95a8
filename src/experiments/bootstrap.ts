import { type Amounts, ascending, type Estimate, estimateOf, sumsOf } from './amounts.ts';
import { type Chance, chanceOf, drawn, seedOf } from './chance.ts';
import { normalQuantile, upperTail } from './normal.ts';
import type { Interval } from './rates.ts';
import { binomial } from './whole-numbers.ts';

/**
 * Interval of a difference of mean amounts, treated less control, by the bootstrap-t: customers are drawn with
 * replacement within their arm, and each difference is held against a standard error of its own, which amounts with heavy
 * tails need. Drawn are only those with an amount, after how many of them are drawn was drawn; of many customers groups are drawn.
 *
 * Source: B. Efron & R. Tibshirani (1993), An Introduction to the Bootstrap, chapter 12.5; T. Hesterberg (2015), What
 * teachers should know about the bootstrap, The American Statistician 69, 371-386.
 *
 * @param confidence 0..1, such as 0.95
 * @param rounds how often is drawn; the seed is a hash of the amounts
 * @returns in the unit of the amounts per unit; the same for the same amounts, whatever their order
 */
export function bootstrapDifference(
  treated: Amounts,
  control: Amounts,
  confidence: number,
  rounds = 1999,
): Interval {
  const sorted = [ascending(treated), ascending(control)];
  const chance = chanceOf(
    seedOf(...sorted.flatMap(({ amounts, units }) => [amounts, units ?? new Float64Array(0)])),
  );
  const [one, other] = sorted.map(of => armOf(of, chance)) as [Arm, Arm];
  const difference = one.seen.ratio - other.seen.ratio;
  const spread = Math.sqrt(one.seen.variance + other.seen.variance);
  const statistics = new Float64Array(rounds);
  for (let round = 0; round < rounds; round++) {
    const a = one.redraw(chance);
    const b = other.redraw(chance);
    const off = a.ratio - b.ratio - difference;
    // An arm in which nobody has an amount has no spread to measure by.
    statistics[round] = off === 0 ? 0 : off / Math.sqrt(a.variance + b.variance);
  }
  statistics.sort();
  const fewest = Math.min(...sorted.map(({ amounts }) => amounts.length));
  const place = Math.max(1, Math.floor(outside(confidence, fewest) * (rounds + 1)));
  return {
    low: difference - statistics[rounds - place]! * spread,
    high: difference - statistics[place - 1]! * spread,
  };
}

/**
 * What is left out at each end. Redrawn samples vary less than samples do, by what Student's t is wider than the normal and
 * by the root of n / (n - 1) (Hesterberg, section 4.2).
 */
function outside(confidence: number, n: number): number {
  const z = normalQuantile((1 + confidence) / 2);
  const student = z * (1 + (z * z + 1) / (4 * (n - 1)));
  return upperTail(student * Math.sqrt(n / (n - 1)));
}

/**
 * With more amounts than twice this, customers are drawn by the group: put into so many groups by lot, their sums vary as
 * the customers do, in all cumulants, and there are fewer to draw.
 */
const GROUPS = 1000;

interface Arm {
  seen: Estimate;
  redraw(chance: Chance): Estimate;
}

function armOf(of: Amounts, chance: Chance): Arm {
  const { customers, amounts, units } = of;
  const seen = estimateOf(sumsOf(of, customers, null, amounts.length));
  if (amounts.length > 2 * GROUPS) return { seen, redraw: byGroup(of, chance) };
  const counts = units === null ? drawn(binomial(customers, amounts.length / customers)) : null;
  const places = new Int32Array(customers);
  return {
    seen,
    redraw(chance) {
      const count = counts === null ? amounts.length : chance.of(counts);
      for (let i = 0; i < count; i++) places[i] = chance.below(amounts.length);
      return estimateOf(sumsOf(of, customers, places, count));
    },
  };
}

function byGroup(of: Amounts, chance: Chance): Arm['redraw'] {
  const { customers, amounts } = of;
  const whole = sumsOf(of, customers, null, amounts.length);
  // Those without an amount have a place in a group too.
  const places = Int32Array.from({ length: customers }, (_, i) => i);
  const fields = ['x', 'xx', 'u', 'xu', 'uu'] as const;
  const groups = fields.map(() => new Float64Array(GROUPS));
  for (let i = 0; i < amounts.length; i++) {
    const j = i + chance.below(customers - i);
    const place = places[j]!;
    places[j] = places[i]!;
    const group = Math.floor((place * GROUPS) / customers);
    const own = sumsOf(of, customers, [i], 1);
    for (const [at, field] of fields.entries()) groups[at]![group]! += own[field];
  }
  const [x, xx, u, xu, uu] = groups as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  return chance => {
    const sums = { customers, x: 0, xx: 0, u: 0, xu: 0, uu: 0 };
    for (let i = 0; i < GROUPS; i++) {
      const group = chance.below(GROUPS);
      sums.x += x[group]!;
      sums.xx += xx[group]!;
      sums.u += u[group]!;
      sums.xu += xu[group]!;
      sums.uu += uu[group]!;
    }
    return estimateOf(of.units === null ? { ...whole, x: sums.x, xx: sums.xx, xu: sums.x } : sums);
  };
}
