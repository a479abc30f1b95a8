import { maximise } from './optimise.ts';
import { logGamma } from './special.ts';

/** What customers spend, one entry per customer. */
export interface SpendHistories {
  /** How many times they bought, as far as `value` tells of it. */
  occasions: Float64Array;
  /** Mean worth of an occasion, in any one unit of money. */
  value: Float64Array;
}

/**
 * What customers spend varies around a mean of their own, by a gamma distribution of shape p whose rate varies over
 * customers by a gamma distribution of shape q and rate v; v is in the unit of the money.
 */
export interface SpendModel {
  p: number;
  q: number;
  v: number;
}

export interface FittedSpend extends SpendModel {
  /** Of all customers that it was fitted on, natural logarithm. */
  logLikelihood: number;
  /** How many these are. */
  customers: number;
}

/** ln p and ln (q - 1) count no farther: there, each always spends the same to a percent, or all do. */
const highest = Math.log(1e4);

/**
 * The Gamma-Gamma model by maximum likelihood. Fader, Hardie & Lee (2005), "RFM and CLV", appendix; Fader & Hardie
 * (2013), "The Gamma-Gamma model of monetary value", who count repeat purchases only. Here the caller says what an
 * occasion is. Kindred counts all of them, since a shop sees the first order too and most customers have no other, and
 * fits on who came back: what these spend next was foretold a little better so, on CDNOW and on Online Retail, than by a
 * fit on everybody or on repeat purchases alone.
 *
 * q is kept above 1: at or below it the mean over customers would be infinite, and with it what is expected of whoever
 * bought little. Where spend is that uneven, the fit ends beside 1.
 *
 * @param atLeast occasions of those whom it is fitted on; who spent nothing is left out too
 * @param start where the search begins; q above 1
 * @returns null where nobody is left
 */
export function fitSpend(
  histories: SpendHistories,
  atLeast = 2,
  start: Pick<SpendModel, 'p' | 'q'> = { p: 2, q: 3 },
): FittedSpend | null {
  const of = fitted(histories, atLeast);
  if (of.length === 0) return null;
  const spend = sufficient(histories, of);
  const { point, value } = maximise(
    (at, gradient) => meanLogLikelihood(spend, at, gradient),
    [Math.log(start.p), Math.log(start.q - 1), 0],
    1e-9,
  );
  const { p, q, v } = atPoint(point);
  return {
    p,
    q,
    v: v * spend.unit,
    logLikelihood: spend.n * (value - Math.log(spend.unit)),
    customers: spend.n,
  };
}

/**
 * The worth to be expected of a customer's occasions to come: between their own mean and that of all customers, nearer
 * to their own the more often they bought; in the unit of v. NaN where the model has no mean: q <= 1, and little bought.
 */
export function expectedOrderValue({ p, q, v }: SpendModel, occasions: number, value: number): number {
  const weight = p * occasions + q - 1;
  return weight > 0 ? (p * (v + occasions * value)) / weight : Number.NaN;
}

/**
 * Pearson's correlation of how often customers bought and what they spend each time, over those whom the model is fitted
 * on. The model takes the two for independent; far from 0 (0.1 on CDNOW, where it does well) it should be said that they
 * are not. NaN where either is the same for all.
 */
export function spendCorrelation(histories: SpendHistories, atLeast = 2): number {
  const { occasions, value } = histories;
  const of = fitted(histories, atLeast);
  const mean = (values: Float64Array) => of.reduce((sum, i) => sum + values[i]!, 0) / of.length;
  const [x, y] = [mean(occasions), mean(value)];
  let [xx, xy, yy] = [0, 0, 0];
  for (const i of of) {
    const [a, b] = [occasions[i]! - x, value[i]! - y];
    xx += a * a;
    xy += a * b;
    yy += b * b;
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : Number.NaN;
}

function fitted({ occasions, value }: SpendHistories, atLeast: number): number[] {
  return Array.from(occasions.keys()).filter(i => occasions[i]! >= atLeast && value[i]! > 0);
}

/** What the likelihood needs, in units of the mean spend, so that no currency is far from the start. */
interface Sufficient {
  n: number;
  unit: number;
  times: Float64Array;
  /** All that a customer spent, by customer. */
  sum: Float64Array;
  /** How many customers bought so many times: few distinct numbers, and Gamma functions are dear. */
  customersOf: [times: number, customers: number][];
  /** Sums over customers: times x ln sum, and ln mean. */
  timesLogSum: number;
  logMean: number;
}

function sufficient(histories: SpendHistories, of: readonly number[]): Sufficient {
  const times = Float64Array.from(of, i => histories.occasions[i]!);
  const unit = of.reduce((sum, i) => sum + histories.value[i]!, 0) / of.length;
  const sum = Float64Array.from(of, i => (histories.occasions[i]! * histories.value[i]!) / unit);
  const customersOf = new Map<number, number>();
  let timesLogSum = 0;
  let logMean = 0;
  for (let i = 0; i < of.length; i++) {
    const log = Math.log(sum[i]!);
    timesLogSum += times[i]! * log;
    logMean += log - Math.log(times[i]!);
    customersOf.set(times[i]!, (customersOf.get(times[i]!) ?? 0) + 1);
  }
  const sorted = [...customersOf].sort(([a], [b]) => a - b);
  return { n: of.length, unit, times, sum, customersOf: sorted, timesLogSum, logMean };
}

/**
 * p, q and v from ln p, ln (q - 1) and the logarithm of the mean over customers, p v / (q - 1): data that tell little of
 * p and q tell the mean, so that the search does not run along a ridge.
 */
function atPoint(point: Float64Array): SpendModel {
  const [logP, logQ] = [Math.min(point[0]!, highest), Math.min(point[1]!, highest)];
  return { p: Math.exp(logP), q: 1 + Math.exp(logQ), v: Math.exp(point[2]! + logQ - logP) };
}

/** Per customer; Fader & Hardie (2013), equation 1a. */
function meanLogLikelihood(spend: Sufficient, point: Float64Array, gradient: Float64Array): number {
  const { n, times, sum } = spend;
  const { p, q, v } = atPoint(point);
  let value = p * spend.timesLogSum - spend.logMean + n * (q * Math.log(v) - logGamma(q));
  let byP = spend.timesLogSum;
  let byQ = n * (Math.log(v) - digamma(q));
  let byV = (n * q) / v;
  for (const [x, customers] of spend.customersOf) {
    const together = digamma(p * x + q);
    value += customers * (logGamma(p * x + q) - logGamma(p * x));
    byP += customers * x * (together - digamma(p * x));
    byQ += customers * together;
  }
  for (let i = 0; i < n; i++) {
    const log = Math.log(sum[i]! + v);
    const shape = p * times[i]! + q;
    value -= shape * log;
    byP -= times[i]! * log;
    byQ -= log;
    byV -= shape / (sum[i]! + v);
  }
  gradient[0] = point[0]! < highest ? (byP * p - byV * v) / n : 0;
  gradient[1] = point[1]! < highest ? (byQ * (q - 1) + byV * v) / n : 0;
  gradient[2] = (byV * v) / n;
  return value / n;
}

/** The derivative of ln Gamma(x), x > 0, to about 1e-12; Abramowitz & Stegun 6.3.5 and 6.3.18. */
function digamma(x: number): number {
  let below = 0;
  let y = x;
  for (; y < 10; y++) below += 1 / y;
  const i = 1 / (y * y);
  const series = i * (1 / 12 - i * (1 / 120 - i * (1 / 252 - i * (1 / 240 - (i * 5) / 660))));
  return Math.log(y) - 1 / (2 * y) - series - below;
}
