import { daysAfter, daysBetween } from '../../../features/as-of.ts';
import { spendCorrelation } from '../../../forecasting/gamma-gamma.ts';
import type { Warehouse } from '../../../warehouse/port.ts';
import { formatValue } from '../../wording.ts';
import type { ShopHistories } from '../histories.ts';
import type { Target, TargetCalibration } from './calibration.ts';
import { firstModel, isModel } from './judge.ts';
import { type SeasonRequest, seasonOf } from './season.ts';

/** So many times as many orders as foretold are a season's, or as many as one brings. */
const muchMore = 1.25;
/** From this on, that spend does not depend on frequency is no longer nearly true. */
const notableCorrelation = 0.2;
/** Sums off by more than this call for a word. */
const farOff = 0.2;

/** What a person should know before trusting what is predicted. */
export async function calibrationNotes(
  warehouse: Warehouse,
  period: Omit<SeasonRequest, 'model'>,
  histories: ShopHistories,
  targets: Record<Target, TargetCalibration>,
): Promise<string[]> {
  const { from, to } = period;
  const days = daysBetween(from, to);
  const model = firstModel(targets.orders.accuracies);
  const then = await seasonOf(warehouse, { ...period, model });
  const ahead = await seasonOf(warehouse, { ...period, model, from: to, to: daysAfter(to, days) });
  return [
    ...sumsNote(targets),
    ...seasonNote(
      then,
      times =>
        `A season: a year before the weeks held out (${from} to ${daysAfter(to, -1)}), ${times} as many orders came as would have been foretold. The models know no season and could not foresee it.`,
    ),
    ...seasonNote(
      ahead,
      (times, which) =>
        `A season: a year before the ${days} days that follow ${daysAfter(to, -1)}, ${times} as many orders came as would have been foretold. The models know no season: expect ${which} orders than they predict.`,
    ),
    ...(ahead === null && then === null
      ? [
          'The orders do not go back far enough to see a season: what comes with the time of year is in no prediction.',
        ]
      : []),
    ...spendNote(histories),
    ...lastPeriodNote(targets),
    ...lossNote(targets),
  ];
}

function sumsNote({ orders: { accuracies, used } }: Record<Target, TargetCalibration>): string[] {
  const error = accuracies.find(({ predictor }) => predictor === used)!.totalError;
  if (error === null)
    return [
      'Nobody ordered in the days held out. If orders are merely missing, import them before believing anything of this.',
    ];
  if (Math.abs(error) <= farOff) return [];
  const share = formatValue(Math.abs(error), 'share', null);
  return [
    error < 0
      ? `Of all orders that came, ${share} were not predicted. Trust who is ranked above whom more than the sums.`
      : `Predicted were ${share} more orders than came. Trust who is ranked above whom more than the sums.`,
  ];
}

function seasonNote(
  times: number | null,
  says: (times: string, which: 'more' | 'fewer') => string,
): string[] {
  if (times === null || (times < muchMore && times > 1 / muchMore)) return [];
  return [says(`${times.toFixed(1)} times`, times > 1 ? 'more' : 'fewer')];
}

function spendNote(histories: ShopHistories): string[] {
  const correlated = spendCorrelation(histories);
  if (Number.isNaN(correlated) || Math.abs(correlated) < notableCorrelation) return [];
  const [who, off] = correlated > 0 ? ['more', 'high'] : ['less', 'low'];
  return [
    `Customers who order more often spend ${who} per order here (correlation ${correlated.toFixed(2)}). The model of spend takes the two for unrelated, so it puts the orders of rare buyers somewhat too ${off}.`,
  ];
}

function lastPeriodNote(targets: Record<Target, TargetCalibration>): string[] {
  return targets.churn.used === 'last-period'
    ? [
        'The chance of no order is all or nothing here: whoever ordered in the last days is taken to order again, all others not.',
      ]
    : [];
}

/** Without anybody who left for good, all models of buying come to the same. */
function lossNote({ orders: { accuracies } }: Record<Target, TargetCalibration>): string[] {
  const errors = accuracies.filter(({ predictor }) => isModel(predictor)).map(({ rmse }) => rmse);
  const [least, most] = [Math.min(...errors), Math.max(...errors)];
  return most - least > 1e-6 * least
    ? []
    : [
        'The models find no sign of customers who left for good, as in a short history: whoever is silent counts as slow, not as lost, and the chance of still being a customer says little.',
      ];
}
