import type { FittedPurchases } from '../../forecasting/purchase-model.ts';
import type { Calibration } from './calibration/calibration.ts';

/** What a refresh tells of its scores; kept in its record. */
export type Predictions =
  | { kind: 'none'; reason: string }
  | {
      kind: 'scored';
      purchases: FittedPurchases;
      /** Gamma-Gamma p, q, v, in the shop's currency; null where too few came back to fit it. */
      spend: { p: number; q: number; v: number } | null;
      calibration: Calibration;
      segments: SegmentPredictions[];
    };

/** Of a segment's members together. */
export interface SegmentPredictions {
  key: string;
  customers: number;
  /** Sums. */
  expectedOrders90: number;
  lifetimeValue: number;
  valueAtRisk: number;
  /** Means; null where no member has the score. */
  churn: number | null;
  alive: number | null;
  /** Share of members who are overdue; null without members. */
  overdue: number | null;
}
