import { daysAfter } from '../../features/as-of.ts';
import { significant } from '../../features/rounding.ts';
import type { Warehouse } from '../../warehouse/port.ts';
import { baselinePredictions, type LastPeriod } from './calibration/baselines.ts';
import type { Baseline, Calibration, Predictor, Target } from './calibration/calibration.ts';
import { readOutcomes } from './histories.ts';
import type { PurchaseScores } from './score-profiles.ts';
import { churnDays } from './scores.ts';

/** The scores that come from a baseline where it did better than the models. */
export type BaselineScores = Partial<PurchaseScores>;

interface Customers {
  asOf: string;
  profileIds: readonly string[];
  /** segment[i]: index of the segment in which customer i stands, -1 for none. */
  segment: Int32Array;
}

/** Scores of the targets that a baseline won, rounded to nine significant digits. */
export async function baselineScores(
  tx: Warehouse,
  { targets }: Calibration,
  { asOf, profileIds, segment }: Customers,
): Promise<BaselineScores> {
  const won = (target: Target) => asBaseline(targets[target].used);
  const [orders, churn, revenue] = [won('orders'), won('churn'), won('revenue')];
  if (!orders && !churn && !revenue) return {};

  const last = async (days: number): Promise<LastPeriod> => ({
    days,
    ...(await readOutcomes(tx, { from: daysAfter(asOf, -days), to: asOf, profileIds })),
  });
  const period = await last(churnDays);
  const found: BaselineScores = {};
  if (orders)
    for (const days of [30, 90, 365] as const)
      found[`expected_orders_${days}`] = baselinePredictions(orders, period, segment, days).orders;
  if (churn) {
    found.churn_probability = baselinePredictions(churn, period, segment).churn;
    const idle = baselinePredictions(churn, await last(30), segment).churn;
    found.order_probability_30 = idle.map(share => 1 - share);
  }
  if (revenue) found.lifetime_value = baselinePredictions(revenue, period, segment, 365).revenue;
  return Object.fromEntries(Object.entries(found).map(([id, values]) => [id, values.map(significant)]));
}

function asBaseline(used: Predictor): Baseline | null {
  return used === 'last-period' || used === 'segment-mean' ? used : null;
}
