import { z } from 'zod';
import { currentModel } from '../../segmentation/current.ts';
import { sizesOverTime, trendOf } from '../../segmentation/history/sizes.ts';
import type { Model, Population, Segment } from '../../segmentation/model.ts';
import type { SegmentPredictions } from '../../segmentation/predictions/predictions.ts';
import type { RefreshRecord } from '../../segmentation/refresh/record.ts';
import { SMALLEST_REPORTED, tamed } from '../../segmentation/wording.ts';
import type { State } from '../../state/state.ts';
import { partOf, type Whole, wholeOf } from './coarse.ts';
import { roundedMoney, roundedScore, roundedShare } from './rounding.ts';
import { count, money, people, peopleOf, share } from './values.ts';

/** Figures of a segment; null where it has fewer than ten customers, or where a figure is not known. */
export const segmentFigures = {
  key: z.string(),
  name: z.string(),
  customers: people,
  share: share.nullable(),
  revenue: money.nullable(),
  revenueShare: share.nullable(),
  revenuePerCustomer: money.nullable(),
  /** Against the refreshes before. */
  trend: z.enum(['growing', 'steady', 'shrinking']).nullable(),
};

/** Sums, and means, of what is expected of its customers. */
export const segmentPredictions = {
  ordersNext90Days: count.nullable(),
  lifetimeValue: money.nullable(),
  valueAtRisk: money.nullable(),
  /** Mean chance of no order in the next 90 days. */
  churn: share.nullable(),
  overdueShare: share.nullable(),
};

type Figures = z.input<z.ZodObject<typeof segmentFigures>>;
type PredictionFigures = z.input<z.ZodObject<typeof segmentPredictions>>;

/** What the tools on segments read. */
export interface SegmentedShop {
  model: Model;
  /** The last ones, oldest first: as many as trends are told from, or as asked for. */
  records: RefreshRecord[];
  currency: string | null;
  whole: Whole;
  figures(segment: Segment): Figures;
  predictions(segment: Segment): PredictionFigures;
}

/** Records that `trendOf` looks at. */
const OF_A_TREND = 5;

/** @throws InputError where nothing was segmented yet */
export async function readSegments(state: State, most = OF_A_TREND): Promise<SegmentedShop> {
  const model = await currentModel(state);
  const records = await state.refreshes.recent(most);
  const whole = wholeOfShop(model);
  const sizes = new Map(sizesOverTime(records).segments.map(({ key, sizes }) => [key, sizes]));
  const expected = predictionsOf(records.at(-1));
  return {
    model,
    records,
    currency: currencyOf(model.population),
    whole,
    figures: segment => figuresOf(segment, model.population, whole, sizes.get(segment.key) ?? []),
    predictions: segment => predictionFigures(segment, expected.get(segment.key)),
  };
}

/** Of all buyers: those of the segments, and those set aside. */
export function wholeOfShop({ segments, population: { setAside } }: Model): Whole {
  const aside = setAside.count === 0 ? [] : [setAside.count];
  return wholeOf([...segments.map(({ size }) => size), ...aside]);
}

/** The code comes from data. */
export function currencyOf({ currency }: Pick<Population, 'currency'>): string | null {
  return currency !== null && /^[A-Z]{3}$/.test(currency) ? currency : null;
}

export const isWithheld = ({ size }: Pick<Segment, 'size'>) => size < SMALLEST_REPORTED;

function figuresOf(
  segment: Segment,
  { customers, revenue }: Population,
  whole: Whole,
  sizes: readonly (number | null)[],
): Figures {
  const { key, persona, size } = segment;
  const told = isWithheld(segment) ? null : segment;
  return {
    key,
    name: tamed(persona.name),
    customers: peopleOf(size),
    share: told && whole.shareOf(told.size, customers),
    revenue: told && roundedMoney(told.revenue),
    revenueShare: told && whole.moneyShareOf(told.revenue, revenue),
    revenuePerCustomer: told && roundedMoney(told.revenue / told.size),
    trend: told && trendOf(sizes),
  };
}

function predictionsOf(record: RefreshRecord | undefined): Map<string, SegmentPredictions> {
  const { predictions } = record ?? {};
  return new Map(predictions?.kind === 'scored' ? predictions.segments.map(each => [each.key, each]) : []);
}

function predictionFigures(segment: Segment, expected: SegmentPredictions | undefined): PredictionFigures {
  const told = isWithheld(segment) ? undefined : expected;
  const known = (value: number | null | undefined, rounded: (value: number) => number) =>
    value === null || value === undefined ? null : rounded(value);
  return {
    ordersNext90Days: known(told?.expectedOrders90, roundedScore),
    lifetimeValue: known(told?.lifetimeValue, roundedMoney),
    valueAtRisk: known(told?.valueAtRisk, roundedMoney),
    churn: known(told?.churn, roundedShare),
    overdueShare: told?.overdue == null ? null : partOf(told.overdue, segment.size),
  };
}
