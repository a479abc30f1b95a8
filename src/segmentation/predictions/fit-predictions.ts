import { significant } from '../../features/rounding.ts';
import { fitPurchases } from '../../forecasting/fit-purchases.ts';
import type { FittedPurchases, PurchaseModelName } from '../../forecasting/purchase-model.ts';
import { purchaseModels } from '../../forecasting/purchase-models.ts';
import type { ShopHistories } from './histories.ts';
import { type OrderValues, orderValuesOf } from './order-values.ts';

export interface FittedPredictions extends OrderValues {
  purchases: FittedPurchases;
}

/** Fits what scores come from; parameters carry nine significant digits, so that a record tells all that scores rest on. */
export function fitPredictions(model: PurchaseModelName, histories: ShopHistories): FittedPredictions {
  const { parameters, logLikelihood } = fitPurchases(purchaseModels[model], histories);
  return {
    purchases: {
      model,
      parameters: parameters.map(significant),
      logLikelihood: significant(logLikelihood),
    },
    ...orderValuesOf(histories),
  };
}
