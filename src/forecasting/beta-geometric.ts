import { expectedGeometric } from './expected-geometric.ts';
import { groupHistories, type HistoryGroups } from './history-groups.ts';
import type { PurchaseHistory } from './purchase-history.ts';
import type { PurchaseModel, PurchaseModelName } from './purchase-model.ts';
import { logistic, risingFactorials, softplus } from './special.ts';

/**
 * Poisson buying at a rate lambda ~ Gamma(r, alpha); after each repeat occasion the customer drops out with probability
 * p ~ Beta(a, b). `firstChances` is 0 where the first occasion is no chance to drop out (BG/NBD), 1 where it is
 * (MBG/NBD). With n = x + firstChances chances so far, the likelihood is that of
 * - being alive: (b)_n / (a + b)_n at rate alpha + T, and
 * - having dropped out at t_x: a (b)_(n-1) / (a + b)_n at rate alpha + t_x, if n > 0.
 */
export function betaGeometric(name: PurchaseModelName, firstChances: 0 | 1): PurchaseModel {
  /** ln odds of having dropped out. */
  const logOdds = (parameters: readonly number[], { repeats, recency, age }: PurchaseHistory): number => {
    const [r, alpha, a, b] = parameters as [number, number, number, number];
    const chances = repeats + firstChances;
    if (chances === 0) return -Infinity;
    return Math.log(a / (b + chances - 1)) + (r + repeats) * Math.log1p((age - recency) / (alpha + recency));
  };
  const alive = (parameters: readonly number[], history: PurchaseHistory): number =>
    logistic(-logOdds(parameters, history));

  const model: PurchaseModel = {
    name,
    parameters: ['r', 'alpha', 'a', 'b'],
    timeParameters: [1],
    logLikelihood: (parameters, histories) => model.logLikelihoodOf(parameters, groupHistories(histories)),
    logLikelihoodOf: (parameters, groups, gradient) =>
      logLikelihood(firstChances, parameters as [number, number, number, number], groups, gradient),
    aliveProbability: alive,
    expectedIfAlive: ([r, alpha, a, b], { repeats, age }, time) =>
      expectedGeometric(a!, b! + repeats + firstChances, r! + repeats, alpha! + age, time),
    expectedPurchases: (parameters, history, time) =>
      alive(parameters, history) * model.expectedIfAlive(parameters, history, time),
    purchaseProbability(parameters, history, time) {
      const [r, alpha] = parameters as [number, number];
      const bought = -Math.expm1(-(r + history.repeats) * Math.log1p(time / (alpha + history.age)));
      return alive(parameters, history) * bought;
    },
    timeToPurchase(parameters, history, probability) {
      const [r, alpha] = parameters as [number, number];
      const share = probability / alive(parameters, history);
      if (!(share < 1)) return null;
      const time = (alpha + history.age) * Math.expm1(-Math.log1p(-share) / (r + history.repeats));
      return time < Infinity ? time : null;
    },
  };
  return model;
}

function logLikelihood(
  firstChances: number,
  [r, alpha, a, b]: [number, number, number, number],
  { repeats, recency, age, counts, mostRepeats }: HistoryGroups,
  gradient?: Float64Array,
): number {
  const inRate = risingFactorials(r, mostRepeats);
  const inB = risingFactorials(b, mostRepeats + firstChances);
  const inBoth = risingFactorials(a + b, mostRepeats + firstChances);
  let sum = 0;
  let byR = 0;
  let byAlpha = 0;
  let byA = 0;
  let byB = 0;
  for (let i = 0; i < counts.length; i++) {
    const x = repeats[i]!;
    const count = counts[i]!;
    const shape = r + x;
    const n = x + firstChances;
    const sinceStart = Math.log1p(age[i]! / alpha);
    let log = inRate.logs[x]! - shape * sinceStart + inB.logs[n]! - inBoth.logs[n]!;
    if (x > 0) log -= x * Math.log(alpha);
    // Share of the likelihood that the customer has dropped out.
    let gone = 0;
    if (n > 0) {
      const sinceLast = Math.log1p((age[i]! - recency[i]!) / (alpha + recency[i]!));
      const odds = Math.log(a / (b + n - 1)) + shape * sinceLast;
      log += softplus(odds);
      if (gradient) {
        gone = logistic(odds);
        byR += count * gone * sinceLast;
        byAlpha -=
          (count * gone * shape * (age[i]! - recency[i]!)) / ((alpha + age[i]!) * (alpha + recency[i]!));
        byA += (count * gone) / a;
        byB -= (count * gone) / (b + n - 1);
      }
    }
    sum += count * log;
    if (gradient) {
      byR += count * (inRate.slopes[x]! - sinceStart);
      byAlpha += (count * (r * (age[i]! / alpha) - x)) / (alpha + age[i]!);
      byA -= count * inBoth.slopes[n]!;
      byB += count * (inB.slopes[n]! - inBoth.slopes[n]!);
    }
  }
  gradient?.set([byR, byAlpha, byA, byB]);
  return sum;
}
