import { z } from 'zod';
import type { AudienceFigures, ClauseEffect } from '../../segmentation/audiences/audience.ts';
import type { BuiltAudience } from '../../segmentation/audiences/build-audience.ts';
import type { Filter } from '../../segmentation/audiences/filter/filter.ts';
import { tamed } from '../../segmentation/wording.ts';
import type { Whole } from './coarse.ts';
import { isFew, type Met, tellable, toldParts } from './disclosure.ts';
import { roundedMoney, roundedScore } from './rounding.ts';
import type { SegmentedShop } from './segment-figures.ts';
import { count, day, money, type People, people, peopleOf, share } from './values.ts';

/** Of an audience, what may be told to a model. Null is what would point at a few people, or what is not known. */
export const audienceShape = {
  handle: z.string(),
  name: z.string(),
  asOf: day,
  currency: z.string().nullable(),
  customers: people.nullable(),
  buyers: people,
  share: share.nullable(),
  revenue: money.nullable(),
  revenueLastYear: money.nullable(),
  expectedOrders90: count.nullable(),
  lifetimeValue: money.nullable(),
  valueAtRisk: money.nullable(),
  standsOut: z.array(z.object({ field: z.string(), label: z.string(), here: z.string(), all: z.string() })),
  segments: z.array(z.object({ key: z.string(), name: z.string(), customers: people })),
  elsewhere: people.nullable(),
  withheld: z.string().nullable(),
  export: z.string(),
};

export const clauseShape = { says: z.string(), meets: people.nullable(), dropped: people.nullable() };

const MOST_SEGMENTS = 6;

type Told<Shape extends z.ZodRawShape> = z.input<z.ZodObject<Shape>>;

/** @param whole how all buyers may be told beside the segments of the shop */
export function audienceResult(
  { audience, figures }: BuiltAudience,
  { whole, currency }: Pick<SegmentedShop, 'whole' | 'currency'>,
): Told<typeof audienceShape> {
  const { handle, name } = audience;
  const { asOf, customers, buyers } = figures;
  const told = toldCounts(figures).members;
  const { told: parts, rest } = told
    ? toldParts(customers, figures.segments, MOST_SEGMENTS)
    : { told: [], rest: 0 };
  const known = (value: number | null, rounded: (value: number) => number) =>
    told && value !== null ? rounded(value) : null;
  return {
    handle,
    name,
    asOf,
    currency,
    customers: told ? exceptAll(figures, whole, [])(customers) : smallOnly(customers),
    buyers: whole.people(buyers),
    share: known(figures.share, whole.share),
    revenue: known(figures.revenue, roundedMoney),
    revenueLastYear: known(figures.revenueLastYear, roundedMoney),
    expectedOrders90: known(figures.expectedOrders90, roundedScore),
    lifetimeValue: known(figures.lifetimeValue, roundedMoney),
    valueAtRisk: known(figures.valueAtRisk, roundedMoney),
    standsOut: told
      ? figures.traits.map(({ field, label, value, overall }) => ({
          field,
          label,
          here: value,
          all: overall,
        }))
      : [],
    segments: parts.map(({ key, name, customers }) => ({ key, name: tamed(name), customers })),
    elsewhere: rest > 0 ? peopleOf(rest) : null,
    withheld: told ? null : whyWithheld(customers),
    export: `A person writes the list to a file: kindred audience export ${handle} --to ${handle}.csv`,
  };
}

const isSmall = (customers: number) => customers === 0 || isFew(customers);

function whyWithheld(customers: number): string {
  return isSmall(customers)
    ? 'Nothing more is told of so few.'
    : 'All but a few of a group whose size is known; to tell how many would point at those few.';
}

/** What each clause met alone, and what it dropped of those whom the clauses before it had left. */
export function clauseResults(
  figures: AudienceFigures,
  { whole }: Pick<SegmentedShop, 'whole'>,
): Told<typeof clauseShape>[] {
  const told = toldCounts(figures);
  return figures.clauses.map((effect, i) => {
    const { says, meets, dropped } = effect;
    const people = exceptAll(figures, whole, [effect]);
    return {
      says,
      meets: told.meets[i] ? people(meets) : smallOnly(meets),
      dropped:
        told.left[i] && told.left[i + 1] ? (i === 0 ? whole.people : peopleOf)(dropped) : smallOnly(dropped),
    };
  });
}

/**
 * Counts from which all buyers follow are told as all buyers are: those of everybody, and of everybody but a segment.
 *
 * @param of the clauses that are counted; those of the filter where none is given
 */
function exceptAll({ buyers, clauses }: AudienceFigures, whole: Whole, of: readonly ClauseEffect[]) {
  const counted = of.length > 0 ? of : clauses;
  const [only] = counted;
  const others = counted.length === 1 && 'not' in only!.clause && isOfSegments(only!);
  return (customers: number) => (others || customers === buyers ? whole.people : peopleOf)(customers);
}

/** What leaving out each clause would change: who would be in the audience then, and how many more that is. */
export function withoutResults(
  figures: AudienceFigures,
  { whole }: Pick<SegmentedShop, 'whole'>,
): { without: People | null; more: People | null }[] {
  const told = toldCounts(figures);
  return figures.clauses.map(({ without }, i) => {
    const others = figures.clauses.filter((_, j) => j !== i);
    const people = others.length === 0 ? whole.people : exceptAll(figures, whole, others);
    const more = without - figures.customers;
    return {
      without: told.without[i] ? people(without) : smallOnly(without),
      more:
        told.members && told.without[i]
          ? (others.length === 0 ? whole.people : peopleOf)(more)
          : smallOnly(more),
    };
  });
}

const smallOnly = (customers: number) => (isSmall(customers) ? peopleOf(customers) : null);

interface ToldCounts {
  members: boolean;
  meets: boolean[];
  /** left[i]: who met the first i clauses. */
  left: boolean[];
  without: boolean[];
}

/** Which of an audience's counts may stand beside each other, and beside those that are told elsewhere. */
function toldCounts({ buyers, customers, clauses }: AudienceFigures): ToldCounts {
  const every = clauses.map((_, i) => i);
  const upTo = (i: number) => every.slice(0, i);
  const meets = clauses.map(({ meets }, i): Met => ({ clauses: [i], customers: meets }));
  const left = [
    { clauses: [], customers: buyers },
    ...clauses.map(({ before, dropped }, i): Met => ({ clauses: upTo(i + 1), customers: before - dropped })),
  ];
  const without = clauses.map(
    ({ without }, i): Met => ({ clauses: every.filter(other => other !== i), customers: without }),
  );
  // The sizes of segments are known from elsewhere, so they come before all that is asked.
  const known = meets.filter((_, i) => isOfSegments(clauses[i]!));
  const order = [left[0]!, ...known, { clauses: every, customers }, ...meets, ...left, ...without];
  const told = tellable(order);
  const isTold = (count: Met) => told[order.lastIndexOf(count)]!;
  return {
    members: told[1 + known.length]!,
    meets: meets.map(isTold),
    left: left.map(isTold),
    without: without.map(isTold),
  };
}

function isOfSegments({ clause }: ClauseEffect): boolean {
  const inner: Filter = 'not' in clause ? clause.not : clause;
  return 'segment' in inner;
}
