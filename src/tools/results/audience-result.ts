import { z } from 'zod';
import type { AudienceFigures, ClauseEffect } from '../../segmentation/audiences/audience.ts';
import type { BuiltAudience } from '../../segmentation/audiences/build-audience.ts';
import { SMALLEST_REPORTED, tamed } from '../../segmentation/wording.ts';
import { coarsePeople, coarseSum, isFew, toTens } from './coarse.ts';
import { roundedShare } from './rounding.ts';
import { currencyOf } from './segment-figures.ts';
import { count, day, money, people, share } from './values.ts';

/** Of an audience, what may be told to a model, coarsely. Null is what would point at a few, or what is not known. */
export const audienceShape = {
  handle: z.string(),
  name: z.string(),
  asOf: day,
  currency: z.string().nullable(),
  customers: people,
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

/** Who meets a clause alone, and whom it drops of those whom the clauses before it had left. */
export const clauseShape = { says: z.string(), meets: people, dropped: people };

/** Who would be in the audience without a clause, and how many more that is. */
export const withoutShape = { without: people, more: people };

const MOST_SEGMENTS = 6;

type Told<Shape extends z.ZodRawShape> = z.input<z.ZodObject<Shape>>;

export const audienceName = (name: string) => tamed(name, 120);

export function audienceResult({ audience, figures }: BuiltAudience): Told<typeof audienceShape> {
  const { handle, name } = audience;
  const { asOf, customers, buyers } = figures;
  const withheld = whyWithheld(figures);
  const known = (sum: number | null) => (withheld === null && sum !== null ? coarseSum(sum) : null);
  const parts = figures.segments.filter(part => part.customers >= SMALLEST_REPORTED).slice(0, MOST_SEGMENTS);
  const elsewhere = parts.reduce((left, part) => left - part.customers, customers);
  return {
    handle,
    name: audienceName(name),
    asOf,
    currency: currencyOf(figures),
    customers: coarsePeople(customers),
    buyers: coarsePeople(buyers),
    share: withheld === null ? roundedShare(toTens(customers) / toTens(buyers)) : null,
    revenue: known(figures.revenue),
    revenueLastYear: known(figures.revenueLastYear),
    expectedOrders90: known(figures.expectedOrders90),
    lifetimeValue: known(figures.lifetimeValue),
    valueAtRisk: known(figures.valueAtRisk),
    standsOut:
      withheld === null
        ? figures.traits.map(({ field, label, value, overall }) => ({
            field,
            label,
            here: value,
            all: overall,
          }))
        : [],
    segments: parts.map(({ key, name, customers }) => ({
      key,
      name: tamed(name),
      customers: coarsePeople(customers),
    })),
    elsewhere: customers >= SMALLEST_REPORTED && elsewhere > 0 ? coarsePeople(elsewhere) : null,
    withheld,
    export: `A person writes the list to a file: kindred audience export ${handle} --to ${handle}.csv`,
  };
}

/** Why money and habits are not told: they would be those of a few, or those of a few would follow from them. */
function whyWithheld({ customers, buyers, segments }: AudienceFigures): string | null {
  if (customers < SMALLEST_REPORTED) return 'Nothing more is told of so few.';
  const ofThese = segments.reduce((sum, segment) => sum + segment.of, 0);
  return [buyers, ofThese].some(whole => isFew(whole - customers))
    ? 'All but a few of a group whose figures are known: what is told of them would tell of those few.'
    : null;
}

export function clauseResult({ says, meets, dropped }: ClauseEffect): Told<typeof clauseShape> {
  return { says, meets: coarsePeople(meets), dropped: coarsePeople(dropped) };
}

export function withoutResult(
  { without }: ClauseEffect,
  { customers }: AudienceFigures,
): Told<typeof withoutShape> {
  return { without: coarsePeople(without), more: coarsePeople(without - customers) };
}
