import { significant } from '../../../features/rounding.ts';
import { auc, groupsByRank, rmse, totalError } from '../../../forecasting/accuracy.ts';
import type { PurchaseModelName } from '../../../forecasting/purchase-model.ts';
import type { Predicted } from './baselines.ts';
import type {
  Accuracy,
  Baseline,
  CalibrationGroup,
  Predictor,
  Target,
  TargetCalibration,
} from './calibration.ts';

/** What one predictor said, one entry per customer; null where it cannot say. */
export interface Contender {
  predictor: Predictor;
  predicted: { [target in Target]: Float64Array | null };
}

/** Who stood where, in the order of the customers; segment -1 is the last of the groups. */
export interface Places {
  segment: Int32Array;
  groups: readonly { key: string; name: string }[];
}

const tenths = 10;
const handful = 5;

/**
 * Holds what was predicted against what happened.
 *
 * @param contenders models first: of equals the first is the better one
 * @param actual churn is 1 for who did not order
 */
export function judge(
  contenders: readonly Contender[],
  actual: Predicted,
  places: Places | null,
): Record<Target, TargetCalibration> {
  const ordered = actual.churn.map(churned => 1 - churned);
  const ranked = (target: Target) =>
    contenders
      .flatMap(({ predictor, predicted }) => {
        const values = predicted[target];
        return values === null ? [] : [accuracyOf(predictor, target, values, actual[target], ordered)];
      })
      .sort((a, b) => nearly(a.rmse) - nearly(b.rmse));
  const model = firstModel(ranked('orders'));
  const judged = (target: Target): TargetCalibration => {
    const accuracies = ranked(target);
    const said = (by: Predictor) => contenders.find(({ predictor }) => predictor === by)!.predicted[target];
    // One model for all targets, so that the scores of a customer agree with each other.
    const ofShop = accuracies.map(({ predictor }) => predictor).filter(by => by === model || !isModel(by));
    const byModel = said(model);
    const nearer = (byModel ? ofShop.slice(0, ofShop.indexOf(model)) : ofShop) as Baseline[];
    const better = nearer.find(by => byModel === null || beats(said(by)!, byModel, actual[target]));
    const used = better ?? model;
    const predicted = said(used)!;
    return {
      accuracies,
      used,
      draw: better ? null : (nearer[0] ?? null),
      deciles: decilesOf(predicted, actual[target]),
      segments: places ? segmentsOf(predicted, actual[target], places) : [],
    };
  };
  return { orders: judged('orders'), churn: judged('churn'), revenue: judged('revenue') };
}

/** Models that come to the same fit differ in the last digits, which tell nothing. */
function nearly(error: number): number {
  return Number(error.toPrecision(6));
}

function accuracyOf(
  predictor: Predictor,
  target: Target,
  predicted: Float64Array,
  actual: Float64Array,
  ordered: Float64Array,
): Accuracy {
  // Who is likely not to order ranks low.
  const rank = target === 'churn' ? predicted.map(value => -value) : predicted;
  const error = totalError(predicted, actual);
  const area = auc(rank, ordered);
  return {
    predictor,
    predicted: significant(sum(predicted)),
    actual: significant(sum(actual)),
    totalError: Number.isNaN(error) ? null : significant(error),
    rmse: significant(rmse(predicted, actual)),
    auc: area === null ? null : significant(area),
  };
}

/**
 * Whether squared errors are smaller, and not for a handful of customers alone: without those who speak most for it they
 * have to be smaller still. Of shops with a few wholesalers these alone may decide it either way.
 */
function beats(better: Float64Array, other: Float64Array, actual: Float64Array): boolean {
  const gains = actual.map((happened, i) => (other[i]! - happened) ** 2 - (better[i]! - happened) ** 2);
  return sum(gains.sort().subarray(0, -handful)) > 0;
}

/** The purchase model that did best, of accuracies with the best first. */
export function firstModel(accuracies: readonly Pick<Accuracy, 'predictor'>[]): PurchaseModelName {
  const best = accuracies.map(({ predictor }) => predictor).find(isModel);
  if (!best) throw new Error('No purchase model was held against what happened.');
  return best;
}

export function isModel(predictor: Predictor): predictor is PurchaseModelName {
  return predictor !== 'last-period' && predictor !== 'segment-mean';
}

function decilesOf(predicted: Float64Array, actual: Float64Array): CalibrationGroup[] {
  const group = groupsByRank(predicted, tenths);
  const names = Array.from({ length: tenths }, (_, i) => ({ key: String(i + 1), name: tenthNames[i]! }));
  return groupsOf(group, names, predicted, actual);
}

const tenthNames = ['lowest', '2nd', '3rd', '4th', '5th', '6th', '7th', '8th', '9th', 'highest'].map(
  place => `${place} tenth`,
);

function segmentsOf(
  predicted: Float64Array,
  actual: Float64Array,
  { segment, groups }: Places,
): CalibrationGroup[] {
  const group = segment.map(s => (s < 0 ? groups.length - 1 : s));
  return groupsOf(group, groups, predicted, actual);
}

/** Groups without customers are left out. */
function groupsOf(
  group: Int32Array,
  names: readonly { key: string; name: string }[],
  predicted: Float64Array,
  actual: Float64Array,
): CalibrationGroup[] {
  const sums = names.map(() => ({ customers: 0, predicted: 0, actual: 0 }));
  for (let i = 0; i < group.length; i++) {
    const own = sums[group[i]!]!;
    own.customers++;
    own.predicted += predicted[i]!;
    own.actual += actual[i]!;
  }
  return sums.flatMap((own, g) =>
    own.customers === 0
      ? []
      : [
          {
            ...names[g]!,
            customers: own.customers,
            predicted: significant(own.predicted / own.customers),
            actual: significant(own.actual / own.customers),
          },
        ],
  );
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
