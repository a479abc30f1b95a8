import { normalQuantile } from './normal.ts';
import { hypergeometric } from './whole-numbers.ts';

/** So many of so many. */
export interface Rate {
  successes: number;
  /** At least 1. */
  of: number;
}

export interface Interval {
  low: number;
  high: number;
}

/**
 * Wilson's score interval of a proportion.
 *
 * Source: E. B. Wilson (1927), Probable inference, the law of succession, and statistical inference, JASA 22, 209-212.
 * @param confidence 0..1, such as 0.95
 */
export function wilson({ successes, of }: Rate, confidence: number): Interval {
  const z = normalQuantile((1 + confidence) / 2);
  const middle = 2 * successes + z * z;
  const reach = z * Math.sqrt(z * z + (4 * successes * (of - successes)) / of);
  const scale = 2 * (of + z * z);
  return {
    low: successes === 0 ? 0 : (middle - reach) / scale,
    high: successes === of ? 1 : (middle + reach) / scale,
  };
}

/**
 * Newcombe's hybrid score interval of the difference of two proportions, treated less control: from the limits of
 * Wilson's interval of each, without a continuity correction.
 *
 * Source: R. G. Newcombe (1998), Interval estimation for the difference between independent proportions: comparison of
 * eleven methods, Statistics in Medicine 17, 873-890, method 10.
 * @returns within -1..1
 */
export function newcombe(treated: Rate, control: Rate, confidence: number): Interval {
  const [one, other] = [wilson(treated, confidence), wilson(control, confidence)];
  const [p, q] = [treated.successes / treated.of, control.successes / control.of];
  const difference = p - q;
  return {
    low: difference - Math.hypot(p - one.low, other.high - q),
    high: difference + Math.hypot(one.high - p, q - other.low),
  };
}

/**
 * Fisher's exact test of equal proportions, two-sided: the chance of a table no likelier than this one, given how many
 * successes there are in all. Never too small, however few they are and however unequal the arms.
 *
 * @returns p-value, 0..1
 */
export function exactRateP(treated: Rate, control: Rate): number {
  const { from, weights } = hypergeometric(
    treated.of + control.of,
    treated.successes + control.successes,
    control.of,
  );
  const seen = weights[control.successes - from] ?? 0;
  let rarer = 0;
  let all = 0;
  for (const weight of weights) {
    all += weight;
    // Tables that are as likely differ by rounding.
    if (weight <= seen * (1 + 1e-7)) rarer += weight;
  }
  return Math.min(1, rarer / all);
}
