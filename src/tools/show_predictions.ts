import { z } from 'zod';
import { daysAfter } from '../features/as-of.ts';
import type {
  Calibration,
  CalibrationGroup,
  Target,
} from '../segmentation/predictions/calibration/calibration.ts';
import {
  predictorNames,
  targetOrder,
  trackRecord,
  verdict,
} from '../segmentation/predictions/calibration/words.ts';
import { formatMoney, formatValue, SMALLEST_REPORTED, tamed } from '../segmentation/wording.ts';
import { wholeOf } from './results/coarse.ts';
import { roundedMoney, roundedScore, roundedShare } from './results/rounding.ts';
import { readSegments, segmentFigures, segmentPredictions } from './results/segment-figures.ts';
import { day, few, money, people, peopleOf, ratio, share } from './results/values.ts';
import { tool } from './tool.ts';

/** Means per customer of a group, as written: of orders, of the chance of none, or of revenue. */
const group = z.object({
  name: z.string(),
  customers: people,
  predicted: z.string().nullable(),
  actual: z.string().nullable(),
});

const target = z.enum(['orders', 'churn', 'revenue']);

export const showPredictionsTool = tool({
  name: 'show_predictions',
  title: 'Show predictions and how far to believe them',
  description:
    'What is expected of each segment in the next 90 days and 12 months, and how the same predictions did on the last period held out: which predictor is used, errors, notes; by tenth and segment where a target is named.',
  input: z.object({
    target: target.optional().describe('adds its predicted and actual means by tenth and by segment'),
  }),
  output: z.object({
    asOf: day,
    currency: z.string().nullable(),
    /** Why nothing is predicted; null where something is. */
    none: z.string().nullable(),
    segments: z.array(
      z.object({ key: segmentFigures.key, name: z.string(), customers: people, ...segmentPredictions }),
    ),
    /** Of all segments that are not withheld; churn is the mean over their customers. */
    all: z.object({
      lifetimeValue: segmentPredictions.lifetimeValue,
      valueAtRisk: segmentPredictions.valueAtRisk,
      churn: segmentPredictions.churn,
    }),
    trust: z
      .object({
        from: day,
        until: day,
        customers: people,
        targets: z.array(
          z.object({
            target,
            predictor: z.string(),
            totalError: share.nullable(),
            /** How far off for one customer, typically: of orders or chances, and of money. */
            rmse: ratio.nullable(),
            rmseMoney: money.nullable(),
            /** Chance that of two customers the one who ordered was ranked higher; 0.5 is a coin. */
            auc: share.nullable(),
            says: z.string(),
          }),
        ),
        notes: z.array(z.string()),
        tenths: z.array(group),
        segments: z.array(group),
      })
      .nullable(),
  }),
  effect: 'read',
  role: 'viewer',
  async run({ state }, { target }) {
    const { model, records, currency, figures, predictions } = await readSegments(state);
    const told = records.at(-1)?.predictions;
    const asOf = records.at(-1)?.asOf ?? model.describedAsOf;
    if (told?.kind !== 'scored')
      return {
        asOf,
        currency,
        none: told?.reason ?? 'Nothing was predicted yet: `kindred refresh` does it.',
        segments: [],
        all: { lifetimeValue: null, valueAtRisk: null, churn: null },
        trust: null,
      };
    const segments = model.segments.map(segment => {
      const { key, name, customers } = figures(segment);
      return { key, name, customers, ...predictions(segment) };
    });
    return {
      asOf,
      currency,
      none: null,
      segments,
      all: totalsOf(segments),
      trust: trustOf(told.calibration, target, currency),
    };
  },
});

/** Made of figures as they are told, so that nothing follows from them that was withheld. */
function totalsOf(
  segments: readonly {
    customers: number | typeof few;
    lifetimeValue: number | null;
    valueAtRisk: number | null;
    churn: number | null;
  }[],
) {
  const sumOf = (values: readonly (number | null)[]) => {
    const known = values.filter(value => value !== null);
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
  };
  const moneyOf = (values: readonly (number | null)[]) => {
    const sum = sumOf(values);
    return sum === null ? null : roundedMoney(sum);
  };
  const rated = segments.flatMap(({ customers, churn }) =>
    customers === few || churn === null ? [] : [{ customers, silent: customers * churn }],
  );
  const silent = sumOf(rated.map(each => each.silent));
  return {
    lifetimeValue: moneyOf(segments.map(({ lifetimeValue }) => lifetimeValue)),
    valueAtRisk: moneyOf(segments.map(({ valueAtRisk }) => valueAtRisk)),
    churn: silent === null ? null : roundedShare(silent / sumOf(rated.map(({ customers }) => customers))!),
  };
}

function trustOf(calibration: Calibration, shown: Target | undefined, currency: string | null) {
  const { from, to, customers, targets, notes } = calibration;
  const written = (value: number) => meanInWords(value, shown!, currency);
  const groups = (of: readonly CalibrationGroup[]) =>
    of.map(({ name, customers, predicted, actual }) => ({
      name: tamed(name),
      customers: peopleOf(customers),
      predicted: customers < SMALLEST_REPORTED ? null : written(predicted),
      actual: customers < SMALLEST_REPORTED ? null : written(actual),
    }));
  return {
    from,
    until: daysAfter(to, -1),
    customers: wholeOf(targets.orders.segments.map(group => group.customers)).people(customers),
    targets: targetOrder.map(target => {
      const { accuracies, used } = targets[target];
      const { predicted, actual, totalError, rmse, auc } = accuracies.find(
        ({ predictor }) => predictor === used,
      )!;
      // Customers without an order are customers; so are those with one.
      const few = [predicted, actual].some(
        number => number < SMALLEST_REPORTED || customers - number < SMALLEST_REPORTED,
      );
      const told = target === 'churn' && few ? [] : [trackRecord(calibration, target, currency)];
      return {
        target,
        predictor: predictorNames[used],
        totalError: totalError === null || told.length === 0 ? null : roundedShare(totalError),
        rmse: target === 'revenue' ? null : roundedScore(rmse),
        rmseMoney: target === 'revenue' ? roundedMoney(rmse) : null,
        auc: auc === null ? null : roundedScore(auc),
        says: [...told, verdict(calibration, target)].join(' '),
      };
    }),
    notes,
    tenths: shown ? groups(targets[shown].deciles) : [],
    segments: shown ? groups(targets[shown].segments) : [],
  };
}

function meanInWords(value: number, target: Target, currency: string | null): string {
  if (target === 'revenue') return formatMoney(value, currency);
  return target === 'churn' ? formatValue(value, 'share', null) : value.toFixed(2);
}
