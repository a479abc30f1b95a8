import type { PurchaseHistory } from '../../forecasting/purchase-history.ts';
import type { PurchaseModel } from '../../forecasting/purchase-model.ts';

/** At half of the gaps every second customer in good standing would count as late on any day. */
const back = 0.75;

/**
 * Days from the last occasion until three quarters of those who buy as this customer did, and have not dropped out, are
 * back: who is silent for longer is overdue. Of a rate with the gamma posterior (r + x, alpha + t_x) the next gap t has
 * P(gap > t) = ((alpha + t_x) / (alpha + t_x + t))^(r + x), in all models alike.
 */
export function lateGap(
  model: PurchaseModel,
  parameters: readonly number[],
  { repeats, recency }: PurchaseHistory,
): number {
  const r = parameters[model.parameters.indexOf('r')]!;
  const alpha = parameters[model.parameters.indexOf('alpha')]!;
  return (alpha + recency) * ((1 - back) ** (-1 / (r + repeats)) - 1);
}
