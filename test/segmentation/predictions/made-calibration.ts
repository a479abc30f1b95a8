import type { Model } from '../../../src/segmentation/model.ts';
import type {
  Accuracy,
  Calibration,
  CalibrationGroup,
  Predictor,
  Target,
  TargetCalibration,
} from '../../../src/segmentation/predictions/calibration/calibration.ts';
import type { Predictions } from '../../../src/segmentation/predictions/predictions.ts';

type Scored = Extract<Predictions, { kind: 'scored' }>;

/** A calibration whose figures differ, in which the segment's mean wins revenue and the last period comes to a draw on orders. */
export function madeCalibration(segments: readonly { key: string; name: string }[]): Calibration {
  const accuracy = (predictor: Predictor, scale: number, rmse: number): Accuracy => ({
    predictor,
    predicted: 3000 * scale,
    actual: 3200,
    totalError: (3000 * scale) / 3200 - 1,
    rmse,
    auc: 0.9 - rmse / 1000,
  });
  const groups = (keys: readonly { key: string; name: string }[], scale: number): CalibrationGroup[] =>
    keys.map((named, i) => ({
      ...named,
      customers: i === 3 ? 6 : 400 + i,
      predicted: (scale * (i + 1)) / keys.length,
      actual: (scale * (i + 1.4)) / keys.length,
    }));
  const tenths = Array.from({ length: 10 }, (_, i) => ({ key: String(i + 1), name: `tenth ${i + 1}` }));
  const target = (used: Predictor, scale: number, accuracies: Accuracy[]): TargetCalibration => ({
    accuracies,
    used,
    draw: null,
    deciles: groups(tenths, scale).map(group => ({ ...group, customers: 400 })),
    segments: groups(segments, scale),
  });
  const targets: Record<Target, TargetCalibration> = {
    orders: {
      ...target('mbg-nbd', 4.2, [
        accuracy('last-period', 1, 1.39),
        accuracy('mbg-nbd', 0.9, 1.4),
        accuracy('bg-nbd', 0.91, 1.41),
      ]),
      draw: 'last-period',
    },
    churn: target('mbg-nbd', 0.9, [accuracy('mbg-nbd', 0.97, 0.41), accuracy('last-period', 1.2, 0.55)]),
    revenue: target('segment-mean', 220, [accuracy('segment-mean', 1, 90), accuracy('mbg-nbd', 1, 110)]),
  };
  return {
    from: '2026-08-03',
    to: '2026-11-01',
    customers: 4000,
    part: 0.25,
    targets,
    notes: ['A season: expect <more> orders than they predict.'],
  };
}

/** What is predicted of a model's segments; the fourth is of a few people only. */
export function madePredictions({ segments }: Model): Scored {
  const named = segments.map(({ key, persona }) => ({ key, name: persona.name }));
  return {
    kind: 'scored',
    purchases: { model: 'mbg-nbd', parameters: [0.5, 40, 0.9, 1.6], logLikelihood: -9582 },
    spend: { p: 6.2, q: 3.7, v: 15.4 },
    calibration: madeCalibration(named),
    segments: named.map(({ key }, i) => ({
      key,
      customers: i === 3 ? 7 : 1000 + i,
      expectedOrders90: 1234.4 + i,
      lifetimeValue: 98_765 + i,
      valueAtRisk: 4321 + i,
      churn: 0.62,
      alive: 0.8,
      overdue: i === 2 ? null : 0.31,
    })),
  };
}
