import { significant } from '../../features/rounding.ts';
import { baselinePredictions, type Predicted } from './calibration/baselines.ts';
import type { Baseline, Calibration, Target } from './calibration/calibration.ts';
import { isModel } from './calibration/judge.ts';
import type { LastPeriod } from './histories.ts';
import type { PurchaseScores } from './score-profiles.ts';

/** The scores that come from a baseline where it did better than the models. */
export type BaselineScores = Partial<PurchaseScores>;

interface Customers {
  /** What they paid so far; where nobody ever paid, nothing is known of what anybody is worth. */
  paid: Float64Array;
  /** What they did in as many last days as a prediction of theirs is of, and in the last 30. */
  period: LastPeriod;
  month: LastPeriod;
  /** segment[i]: index of the segment in which customer i stands, -1 for none. */
  segment: Int32Array;
}

/** Scores of the targets that a baseline won, rounded to nine significant digits. */
export function baselineScores(
  { targets }: Calibration,
  { paid, period, month, segment }: Customers,
): BaselineScores {
  const ofPeriod = new Map<Baseline, Predicted>();
  const found: BaselineScores = {};
  const won = (target: Target, tell: (said: Predicted, by: Baseline) => void) => {
    const { used } = targets[target];
    if (isModel(used)) return;
    const said = ofPeriod.get(used) ?? baselinePredictions(used, period, segment);
    ofPeriod.set(used, said);
    tell(said, used);
  };
  const scaled = (values: Float64Array, days: number) =>
    values.map(value => significant((value * days) / period.days));

  won('orders', ({ orders }) => {
    for (const days of [30, 90, 365] as const) found[`expected_orders_${days}`] = scaled(orders, days);
  });
  won('churn', ({ churn }, by) => {
    found.churn_probability = churn.map(significant);
    const idle = baselinePredictions(by, month, segment).churn;
    found.order_probability_30 = idle.map(share => significant(1 - share));
  });
  if (paid.some(sum => sum > 0))
    won('revenue', ({ revenue }) => {
      found.lifetime_value = scaled(revenue, 365);
    });
  return found;
}
