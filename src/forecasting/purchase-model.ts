import type { HistoryGroups } from './history-groups.ts';
import type { PurchaseHistories, PurchaseHistory } from './purchase-history.ts';

export type PurchaseModelName = 'bg-nbd' | 'mbg-nbd' | 'pareto-nbd';

/**
 * A model of buying that goes on at a rate of the customer's own until the customer drops out unseen. All functions take
 * its parameters in the order of `parameters`, all positive.
 */
export interface PurchaseModel {
  name: PurchaseModelName;
  /** Names in the literature: r, alpha, a, b. */
  parameters: readonly string[];
  /** Indexes of those that are times. */
  timeParameters: readonly number[];
  /** Of all customers together, natural logarithm. */
  logLikelihood(parameters: readonly number[], histories: PurchaseHistories): number;
  /** The same of customers grouped; writes its partial derivatives by the parameters into `gradient`. */
  logLikelihoodOf(parameters: readonly number[], groups: HistoryGroups, gradient?: Float64Array): number;
  /** Expected occasions within `time` from now. */
  expectedPurchases(parameters: readonly number[], history: PurchaseHistory, time: number): number;
  /** Expected occasions within `time` from now of a customer who has not dropped out by now; t_x does not matter. */
  expectedIfAlive(parameters: readonly number[], history: PurchaseHistory, time: number): number;
  /** That the customer has not dropped out by now, 0..1. */
  aliveProbability(parameters: readonly number[], history: PurchaseHistory): number;
  /** F(t): that the next occasion comes within `time` from now, 0..1; its limit is the probability of being alive or less. */
  purchaseProbability(parameters: readonly number[], history: PurchaseHistory, time: number): number;
  /** The time by which F(t) reaches `probability`; null where it never does. */
  timeToPurchase(parameters: readonly number[], history: PurchaseHistory, probability: number): number | null;
}

/** A model fitted by maximum likelihood. */
export interface FittedPurchases {
  model: PurchaseModelName;
  parameters: number[];
  logLikelihood: number;
}
