import { type Amounts, ascending, type Estimate, estimateOf, sumsOf } from './amounts.ts';
import { type Chance, chanceOf, drawn, seedOf } from './chance.ts';
import { normalQuantile, upperTail } from './normal.ts';
import type { Interval } from './rates.ts';
import { binomial } from './whole-numbers.ts';

/**
 * Interval of a difference of mean amounts, treated less control, by the bootstrap-t: customers are drawn with
 * replacement within their arm, and each difference is held against a standard error of its own, which amounts with heavy
 * tails need. Drawn are only those with an amount, after how many of them are drawn was drawn.
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
  const arms = [ascending(treated), ascending(control)].map(armOf);
  const chance = chanceOf(seedOf(...arms.flatMap(({ of }) => [of.amounts, of.units ?? new Float64Array(0)])));
  const [one, other] = arms as [Arm, Arm];
  const difference = one.seen.ratio - other.seen.ratio;
  const spread = Math.sqrt(one.seen.variance + other.seen.variance);
  const statistics = new Float64Array(rounds);
  for (let round = 0; round < rounds; round++) {
    const a = redrawn(one, chance);
    const b = redrawn(other, chance);
    const off = a.ratio - b.ratio - difference;
    // An arm in which nobody has an amount has no spread to measure by.
    statistics[round] = off === 0 ? 0 : off / Math.sqrt(a.variance + b.variance);
  }
  statistics.sort();
  const fewest = Math.min(...arms.map(({ of }) => of.amounts.length));
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

interface Arm {
  of: Amounts;
  seen: Estimate;
  /** How many of a redrawn arm have an amount; null: as many as there are. */
  drawn: ReturnType<typeof drawn> | null;
  /** For the places that are drawn. */
  places: Int32Array;
}

function armOf(of: Amounts): Arm {
  const { customers, amounts, units } = of;
  return {
    of,
    seen: estimateOf(sumsOf(of, customers, null, amounts.length)),
    drawn: units === null ? drawn(binomial(customers, amounts.length / customers)) : null,
    places: new Int32Array(customers),
  };
}

function redrawn({ of, drawn, places }: Arm, chance: Chance): Estimate {
  const count = drawn === null ? of.amounts.length : chance.of(drawn);
  for (let i = 0; i < count; i++) places[i] = chance.below(of.amounts.length);
  return estimateOf(sumsOf(of, of.customers, places, count));
}
