import { type AsOf, daysBetween } from '../../../features/as-of.ts';
import { orderSpan } from '../../../features/span.ts';
import type { PurchaseModelName } from '../../../forecasting/purchase-model.ts';
import type { Progress } from '../../../progress.ts';
import type { Warehouse } from '../../../warehouse/port.ts';
import type { Model } from '../../model.ts';
import { setAsideKey } from '../../refresh/record.ts';
import { capitalised, formatSize, SMALLEST_REPORTED } from '../../wording.ts';
import { type Outcomes, readHistories, readOutcomes, type ShopHistories } from '../histories.ts';
import { orderValuesOf } from '../order-values.ts';
import { baselinePredictions, type Predicted } from './baselines.ts';
import type { Calibration } from './calibration.ts';
import { type Contender, firstModel, judge, type Places } from './judge.ts';
import { countRepeaters, leastPeriods, leastRepeaters } from './least-history.ts';
import { modelPredictions } from './model-predictions.ts';
import { calibrationNotes } from './notes.ts';
import { segmentsAt } from './segments-at.ts';

export interface CalibrationRequest {
  /** The standing model, by whose segments it is told; null where there is none. */
  model: Model | null;
  /** Predictions know what came before this day, and are held against what came from it on, until before `to`. */
  from: AsOf;
  to: AsOf;
  /** Share of the customers that is looked at, 0..1. */
  part: number;
  progress?: Progress | undefined;
}

export type CalibrationOutcome =
  | { kind: 'calibrated'; calibration: Calibration }
  /** Why nothing can be predicted of this shop, for a person. */
  | { kind: 'none'; reason: string };

/**
 * Holds every model and both baselines, as they would have predicted on a day of the past, against what happened. Works
 * inside a transaction and outside; tables of its own are gone at the end.
 */
export async function calibrate(
  warehouse: Warehouse,
  { model, from, to, part, progress }: CalibrationRequest,
): Promise<CalibrationOutcome> {
  const days = daysBetween(from, to);
  const span = await orderSpan(warehouse, from);
  const known = span ? daysBetween(span.first, from) : 0;
  if (!span || known < leastPeriods * days) return { kind: 'none', reason: tooYoung(known, from, days) };

  progress?.({ stage: 'Reading what came before' });
  const histories = await readHistories(warehouse, { asOf: from, part, since: span.first, last: [days] });
  const repeaters = countRepeaters(histories);
  if (repeaters < leastRepeaters) return { kind: 'none', reason: tooSmall(repeaters, from) };
  const places = model ? await placesOf(warehouse, model, histories, { from, part, progress }) : null;

  const last = histories.last[0]!;
  const segment = places?.segment ?? null;
  const { spend, orderValue } = orderValuesOf(histories);
  progress?.({ stage: 'Fitting models of buying', rows: histories.profileIds.length });
  const contenders: Contender[] = [
    ...modelPredictions(histories, days, spend && orderValue),
    { predictor: 'last-period', predicted: baselinePredictions('last-period', last, segment) },
    ...(segment
      ? [
          {
            predictor: 'segment-mean' as const,
            predicted: baselinePredictions('segment-mean', last, segment),
          },
        ]
      : []),
  ];

  progress?.({ stage: 'Comparing with what happened' });
  const { profileIds } = histories;
  const outcomes = await readOutcomes(warehouse, { from, to, part, profileIds });
  const targets = judge(contenders, happened(outcomes), places);
  const notes = await calibrationNotes(warehouse, { from, to, since: span.first, part }, histories, targets);
  const calibration = { from, to, customers: profileIds.length, part, targets, notes };
  return { kind: 'calibrated', calibration };
}

/** The purchase model of the shop: the one that did best on orders, be a baseline better still or not. */
export function bestModel({ targets }: Calibration): PurchaseModelName {
  return firstModel(targets.orders.accuracies);
}

async function placesOf(
  warehouse: Warehouse,
  model: Model,
  { profileIds }: ShopHistories,
  { from, part, progress }: Pick<CalibrationRequest, 'from' | 'part' | 'progress'>,
): Promise<Places> {
  const placed = await segmentsAt(warehouse, model, from, part, progress);
  const segmentOf = new Map(placed.profileIds.map((id, i) => [id, placed.segment[i]!]));
  return {
    segment: Int32Array.from(profileIds, id => segmentOf.get(id)!),
    groups: [
      ...model.segments.map(({ key, persona }) => ({ key, name: persona.name })),
      { key: setAsideKey, name: 'Set aside: unusual volume' },
    ],
  };
}

function happened({ orders, revenue }: Outcomes): Predicted {
  return { orders, churn: orders.map(value => (value > 0 ? 0 : 1)), revenue };
}

function tooYoung(known: number, from: AsOf, days: number): string {
  const there =
    known === 0 ? `There are no orders before ${from}.` : `Orders go back ${known} days before ${from}.`;
  return `${there} Predictions are tried on the ${days} days after that day before anybody is to believe them, which takes ${leastPeriods * days} days of orders before it: ${(leastPeriods + 1) * days} in all.`;
}

function tooSmall(repeaters: number, from: AsOf): string {
  const who =
    repeaters < SMALLEST_REPORTED ? capitalised(formatSize(repeaters)) : `Only ${formatSize(repeaters)}`;
  return `${who} customers had come back for a second order before ${from}. Predictions need at least ${leastRepeaters} who did.`;
}
