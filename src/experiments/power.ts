import { normalQuantile } from './normal.ts';

export interface Design {
  /** Share of customers who do it anyway, between 0 and 1. */
  rate: number;
  /** Share of the customers who are held out, between 0 and 1. */
  control: number;
  /** Two-sided level that a p-value is held against. */
  level: number;
  /** Chance of seeing a lift that is there; 0.8 by custom. */
  power: number;
}

/**
 * How many customers each arm needs so that a lift of a rate is seen.
 *
 * Source: J. L. Fleiss, Statistical Methods for Rates and Proportions, section 4.2, without a continuity correction; for
 * equal arms what `power.prop.test` of R gives.
 *
 * @param lift difference of the rates, not 0; rate + lift is within 0..1
 * @returns whole customers
 */
export function neededPerArm(lift: number, { rate, control, level, power }: Design) {
  const raised = rate + lift;
  const mean = control * rate + (1 - control) * raised;
  const unseen = Math.sqrt((mean * (1 - mean)) / (control * (1 - control)));
  const seen = Math.sqrt((rate * (1 - rate)) / control + (raised * (1 - raised)) / (1 - control));
  const reach = normalQuantile(1 - level / 2) * unseen + normalQuantile(power) * seen;
  const all = (reach / lift) ** 2;
  return { treated: Math.ceil(all * (1 - control)), control: Math.ceil(all * control) };
}

/**
 * The least rise of a rate that so many customers can show.
 *
 * @returns difference of the rates; null where even a rise to 1 would need more customers
 */
export function detectableLift(customers: number, design: Design): number | null {
  const needs = (lift: number) => {
    const { treated, control } = neededPerArm(lift, design);
    return treated + control;
  };
  let low = 0;
  let high = 1 - design.rate;
  if (!(needs(high) <= customers)) return null;
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (needs(middle) <= customers) high = middle;
    else low = middle;
  }
  return high;
}
