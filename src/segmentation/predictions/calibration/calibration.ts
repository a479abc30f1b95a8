import type { PurchaseModelName } from '../../../forecasting/purchase-model.ts';

/** What is held against what happened: orders, whether any came (churn), and revenue after returns. */
export type Target = 'orders' | 'churn' | 'revenue';

/** Plain predictions that a model has to beat: the customer's own last period of the same length, and the segment's. */
export type Baseline = 'last-period' | 'segment-mean';

export type Predictor = PurchaseModelName | Baseline;

/** How one predictor did on one target. */
export interface Accuracy {
  predictor: Predictor;
  /** Sums over customers, and predicted / actual - 1; null where nothing happened. */
  predicted: number;
  actual: number;
  totalError: number | null;
  /** Root of the mean squared error per customer; for churn of its probability. */
  rmse: number;
  /** Chance that of two customers, one who ordered and one who did not, the former was ranked higher; null without both. */
  auc: number | null;
}

/** Customers in order of what was predicted for them, in ten groups of (nearly) the same size; or by segment. */
export interface CalibrationGroup {
  /** "1" is the tenth with the lowest prediction; or the key of a segment. */
  key: string;
  name: string;
  customers: number;
  /** Means per customer. */
  predicted: number;
  actual: number;
}

/** What was predicted at a date, against what happened by a later one. */
export interface Calibration {
  /** The model knew what came before `from`, and is held against what came from then until before `to`. */
  from: string;
  to: string;
  /** Customers who had ordered before `from` and were looked at: `part` (0..1) of all of them. */
  customers: number;
  part: number;
  targets: Record<Target, TargetCalibration>;
  /** What a person should know: a season that falls into the period, spend that goes with frequency. */
  notes: string[];
}

export interface TargetCalibration {
  /** Best first. */
  accuracies: Accuracy[];
  /**
   * What is used: a baseline where it does better than the purchase model of the shop, which is the one that does best on
   * orders, the same for all targets; else that model.
   */
  used: Predictor;
  /** A baseline that came closer than the model, but by a handful of customers alone: a draw, which goes to the model. */
  draw: Baseline | null;
  deciles: CalibrationGroup[];
  segments: CalibrationGroup[];
}
