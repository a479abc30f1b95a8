import { groupHistories, type HistoryGroups } from './history-groups.ts';
import { integratePowers, type PowerMeans } from './power-integral.ts';
import type { PurchaseHistory } from './purchase-history.ts';
import type { PurchaseModel } from './purchase-model.ts';
import { logistic, risingFactorials, softplus } from './special.ts';

type Parameters = [r: number, alpha: number, s: number, beta: number];

/**
 * Pareto/NBD (Schmittlein, Morrison & Colombo 1987): Poisson buying at a rate lambda ~ Gamma(r, alpha), dropping out at
 * any time at a rate mu ~ Gamma(s, beta).
 *
 * The integral over the time of dropping out is taken by quadrature rather than as the difference of two hypergeometric
 * functions (Fader & Hardie 2005), which cancels where t_x is close to T.
 */
export const paretoNbd: PurchaseModel = {
  name: 'pareto-nbd',
  parameters: ['r', 'alpha', 's', 'beta'],
  timeParameters: [1, 3],
  logLikelihood: (parameters, histories) => logLikelihoodOf(parameters, groupHistories(histories)),
  logLikelihoodOf,
  aliveProbability: alive,
  expectedPurchases: (parameters, history, time) =>
    alive(parameters, history) * expectedIfAlive(parameters, history, time),
  expectedIfAlive,
  purchaseProbability(parameters, history, time) {
    const { powers, density } = nextPurchase(parameters, history);
    return alive(parameters, history) * Math.min(1, density * integratePowers(powers, 0, time));
  },
  timeToPurchase(parameters, history, probability) {
    const share = probability / alive(parameters, history);
    if (!(share < 1)) return null;
    const { powers, density } = nextPurchase(parameters, history);
    if (!(share < density * integratePowers(powers, 0, Infinity))) return null;
    // If nobody dropped out it would take this long; it takes at least as long.
    let time = powers.a * Math.expm1(-Math.log1p(-share) / (powers.p - 1));
    if (!(time < Infinity)) return null;
    let missing = share - density * integratePowers(powers, 0, time);
    // F(t) is concave, so Newton's steps never go too far: no bracket is needed.
    for (let step = 0; step < mostSteps && missing > 1e-13 * share; step++) {
      const here =
        density * Math.exp(-powers.p * Math.log1p(time / powers.a) - powers.q * Math.log1p(time / powers.b));
      const next = time + missing / here;
      if (!(next < Infinity)) return null;
      if (next <= time) break;
      missing -= here * integratePowers(powers, time, next);
      time = next;
    }
    return time;
  },
};

const mostSteps = 500;

function expectedIfAlive(
  parameters: readonly number[],
  { repeats, age }: PurchaseHistory,
  time: number,
): number {
  const [r, alpha, s, beta] = parameters as Parameters;
  const elapsed = Math.log1p(time / (beta + age));
  const share = s === 1 ? elapsed : -Math.expm1((1 - s) * elapsed) / (s - 1);
  return ((r + repeats) / (alpha + age)) * (beta + age) * share;
}

/** Density of the time to the next occasion of a customer who is alive: `density` at 0, falling as `powers` do. */
function nextPurchase(parameters: readonly number[], { repeats, age }: PurchaseHistory) {
  const [r, alpha, s, beta] = parameters as Parameters;
  return {
    density: (r + repeats) / (alpha + age),
    powers: { a: alpha + age, p: r + repeats + 1, b: beta + age, q: s },
  };
}

function alive(parameters: readonly number[], { repeats, recency, age }: PurchaseHistory): number {
  const [r, alpha, s, beta] = parameters as Parameters;
  return logistic(-logOdds(r, alpha, s, beta, repeats, recency, age));
}

/** ln odds of having dropped out, between t_x and T. */
function logOdds(
  r: number,
  alpha: number,
  s: number,
  beta: number,
  x: number,
  recency: number,
  age: number,
  means?: PowerMeans,
): number {
  const gap = age - recency;
  const integral = integratePowers({ a: alpha, p: r + x, b: beta, q: s + 1 }, recency, age, means);
  return (
    Math.log((s * integral) / (beta + recency)) +
    (r + x) * Math.log1p(gap / (alpha + recency)) +
    s * Math.log1p(gap / (beta + recency))
  );
}

function logLikelihoodOf(
  parameters: readonly number[],
  { repeats, recency, age, counts, mostRepeats }: HistoryGroups,
  gradient?: Float64Array,
): number {
  const [r, alpha, s, beta] = parameters as Parameters;
  const inRate = risingFactorials(r, mostRepeats);
  const means: PowerMeans = { logA: 0, inverseA: 0, logB: 0, inverseB: 0 };
  let sum = 0;
  let byR = 0;
  let byAlpha = 0;
  let byS = 0;
  let byBeta = 0;
  for (let i = 0; i < counts.length; i++) {
    const x = repeats[i]!;
    const start = recency[i]!;
    const end = age[i]!;
    const count = counts[i]!;
    const sinceAlpha = Math.log1p(end / alpha);
    const sinceBeta = Math.log1p(end / beta);
    let log = inRate.logs[x]! - (r + x) * sinceAlpha - s * sinceBeta;
    if (x > 0) log -= x * Math.log(alpha);
    if (gradient) {
      byR += count * (inRate.slopes[x]! - sinceAlpha);
      byAlpha += (count * (r * (end / alpha) - x)) / (alpha + end);
      byS -= count * sinceBeta;
      byBeta += (count * s * (end / beta)) / (beta + end);
    }
    if (end > start) {
      const odds = logOdds(r, alpha, s, beta, x, start, end, gradient ? means : undefined);
      log += softplus(odds);
      if (gradient) {
        const gone = count * logistic(odds);
        byR += gone * (Math.log1p((end - start) / (alpha + start)) - means.logA);
        byAlpha += gone * (r + x) * (1 / (alpha + end) - means.inverseA);
        byS += gone * (1 / s + Math.log1p((end - start) / (beta + start)) - means.logB);
        byBeta += gone * (s / (beta + end) - (s + 1) * means.inverseB);
      }
    }
    sum += count * log;
  }
  gradient?.set([byR, byAlpha, byS, byBeta]);
  return sum;
}
