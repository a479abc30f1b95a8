import type { PurchaseModelName } from '../../forecasting/purchase-model.ts';
import type { Progress } from '../../progress.ts';
import type { Warehouse } from '../../warehouse/port.ts';
import type { Model } from '../model.ts';
import type { Calibration } from './predictions.ts';

export interface CalibrationRequest {
  /** The standing model, by whose segments it is told; null where there is none. */
  model: Model | null;
  /** Predictions know what came before this day, and are held against what came from it on, until before `to`. */
  from: string;
  to: string;
  /** Share of the customers that is looked at, 0..1. */
  part: number;
  progress?: Progress;
}

export type CalibrationOutcome =
  | { kind: 'calibrated'; calibration: Calibration }
  /** Why nothing can be predicted of this shop, for a person. */
  | { kind: 'none'; reason: string };

/**
 * Holds every model and both baselines, as they would have predicted on a day of the past, against what happened. Works
 * inside a transaction and outside.
 */
export async function calibrate(
  _warehouse: Warehouse,
  _request: CalibrationRequest,
): Promise<CalibrationOutcome> {
  throw new Error('Not there yet.');
}

/** The purchase model of the shop: the one that did best on orders. Where a baseline did better still, it is the best model. */
export function bestModel({ targets }: Calibration): PurchaseModelName {
  const models = targets.orders.accuracies.map(({ predictor }) => predictor).filter(isModel);
  return models[0]!;
}

function isModel(predictor: string): predictor is PurchaseModelName {
  return predictor !== 'last-period' && predictor !== 'segment-mean';
}
