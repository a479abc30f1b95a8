import { significant } from '../../features/rounding.ts';
import { expectedPurchasesAt } from '../../forecasting/expected-purchases.ts';
import { discountedOccasions, monthEnds } from '../../forecasting/lifetime-value.ts';
import {
  historyAt,
  type PurchaseHistories,
  type PurchaseHistory,
} from '../../forecasting/purchase-history.ts';
import type { FittedPurchases, PurchaseModel } from '../../forecasting/purchase-model.ts';
import { purchaseModels } from '../../forecasting/purchase-models.ts';
import { lateGap } from './late-gap.ts';
import { churnDays } from './scores.ts';

/** What the purchase model and the expected worth of an order say of each customer; NaN where nothing can be said. */
export type PurchaseScores = Record<(typeof purchaseScores)[number], Float64Array>;

const purchaseScores = [
  'expected_orders_30',
  'expected_orders_90',
  'expected_orders_365',
  'order_probability_30',
  'churn_probability',
  'alive_probability',
  'lifetime_value',
  'value_if_back',
  'value_at_risk',
  'next_order_in',
  'next_order_earliest',
  'next_order_latest',
  'days_overdue',
] as const;

/** What lies beyond says nothing but "not soon". */
const latestDays = 5 * 365;

/** Days ahead at which occasions are asked for: the scores', then the ends of months. */
const horizons = [30, 90, ...monthEnds] as const;

/** Customers scored at once: what they share is worked out once, and what is in between takes little memory. */
const atOnce = 100_000;

/**
 * Scores of everybody by a purchase model, rounded to nine significant digits; a customer's depend on nobody else. Days are
 * from the as-of date, which the histories end at.
 *
 * @param orderValue expected worth of an order after returns, in any currency; NaN where it is not known
 */
export function scoreProfiles(
  { repeats, recency, age }: PurchaseHistories,
  { model: name, parameters }: FittedPurchases,
  orderValue: Float64Array,
): PurchaseScores {
  const columns = Object.fromEntries(
    purchaseScores.map(id => [id, new Float64Array(orderValue.length)]),
  ) as PurchaseScores;
  for (let from = 0; from < orderValue.length; from += atOnce) {
    const of = (values: Float64Array) => values.subarray(from, from + atOnce);
    const histories = { repeats: of(repeats), recency: of(recency), age: of(age) };
    for (const [i, own] of scoresOf(histories, purchaseModels[name], parameters, of(orderValue)))
      for (const id of purchaseScores) columns[id][from + i] = significant(own[id]);
  }
  return columns;
}

function* scoresOf(
  histories: PurchaseHistories,
  model: PurchaseModel,
  parameters: readonly number[],
  orderValue: Float64Array,
): Generator<[number, Record<keyof PurchaseScores, number>]> {
  const expected = expectedPurchasesAt(model, parameters, histories, horizons);
  const months = expected.slice(2);
  // As they looked on the day of their last order: what they were worth before they went quiet.
  const then = { ...histories, age: histories.recency };
  const monthsThen = expectedPurchasesAt(model, parameters, then, monthEnds);
  for (let i = 0; i < orderValue.length; i++) {
    yield [
      i,
      {
        expected_orders_30: expected[0]![i]!,
        expected_orders_90: expected[1]![i]!,
        expected_orders_365: expected.at(-1)![i]!,
        ...timesOf(model, parameters, historyAt(histories, i)),
        ...valuesOf(orderValue[i]! * twelveMonths(months, i), orderValue[i]! * twelveMonths(monthsThen, i)),
      },
    ];
  }
}

/** When the next order comes, if it does. */
function timesOf(model: PurchaseModel, parameters: readonly number[], history: PurchaseHistory) {
  const probability = (days: number) => model.purchaseProbability(parameters, history, days);
  const next = (share: number) => soon(model.timeToPurchase(parameters, history, share));
  return {
    order_probability_30: probability(30),
    churn_probability: 1 - probability(churnDays),
    alive_probability: model.aliveProbability(parameters, history),
    next_order_in: next(0.5),
    next_order_earliest: next(0.25),
    next_order_latest: next(0.75),
    days_overdue: history.age - history.recency - soon(lateGap(model, parameters, history)),
  };
}

/** What is at risk is the difference within one model, be the value itself told by a plainer prediction or not. */
function valuesOf(now: number, then: number) {
  return { lifetime_value: now, value_if_back: then, value_at_risk: Math.max(0, then - now) };
}

function twelveMonths(expected: readonly Float64Array[], customer: number): number {
  return discountedOccasions(month => expected[month]![customer]!);
}

function soon(days: number | null): number {
  return days === null || days > latestDays ? Number.NaN : days;
}
