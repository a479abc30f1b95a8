import { expectedPurchasesAt } from '../../../forecasting/expected-purchases.ts';
import { fitPurchases } from '../../../forecasting/fit-purchases.ts';
import { historyAt, type PurchaseHistories } from '../../../forecasting/purchase-history.ts';
import type { PurchaseModelName } from '../../../forecasting/purchase-model.ts';
import { purchaseModels } from '../../../forecasting/purchase-models.ts';
import type { Contender } from './judge.ts';

/** The simplest first: of equals it is the better one. */
const names: readonly PurchaseModelName[] = ['bg-nbd', 'mbg-nbd', 'pareto-nbd'];

/**
 * What each purchase model, fitted to the histories, says of the days after them.
 *
 * @param orderValue expected worth of an order after returns, one entry per customer; null where it is not known
 */
export function modelPredictions(
  histories: PurchaseHistories,
  days: number,
  orderValue: Float64Array | null,
): Contender[] {
  return names.map(name => {
    const model = purchaseModels[name];
    const { parameters } = fitPurchases(model, histories);
    const orders = expectedPurchasesAt(model, parameters, histories, [days])[0]!;
    const churn = orders.map(
      (_, i) => 1 - model.purchaseProbability(parameters, historyAt(histories, i), days),
    );
    const revenue = orderValue && orders.map((expected, i) => expected * orderValue[i]!);
    return { predictor: name, predicted: { orders, churn, revenue } };
  });
}
