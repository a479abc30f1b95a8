import { upperTail } from './normal.ts';

/**
 * Chance of arms at least as far from their planned shares, where the lot was fair: Pearson's chi-square with one degree of
 * freedom. Below 0.001 something other than the lot has a hand in it, and no comparison of the arms can be believed.
 *
 * Source: A. Fabijan et al. (2019), Diagnosing sample ratio mismatch in online controlled experiments, KDD.
 *
 * @param share of the customers that the control arm was to get, between 0 and 1
 * @returns p-value, 0..1
 */
export function sampleRatioP(treated: number, control: number, share: number): number {
  const all = treated + control;
  if (all === 0) return 1;
  const off = control - all * share;
  return 2 * upperTail(Math.abs(off) / Math.sqrt(all * share * (1 - share)));
}
