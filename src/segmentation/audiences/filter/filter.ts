import { z } from 'zod';

/**
 * The typed filter: who is meant, as JSON. What it may say is checked in two steps: its shape here, its names and types
 * against the shop in `resolve/`, which knows the fields, segments and categories that there are.
 */

/** So many clauses stand beside each other at most, … */
export const mostClauses = 30;
/** … so many in a filter altogether, … */
export const mostAltogether = 100;
/** … and `all`, `any` and `not` within each other this deep. */
export const deepest = 8;

const name = z.string().min(1).max(200);
const names = z
  .union([name, z.array(name).min(1).max(100)])
  .meta({ id: 'filterNames', description: 'one name, or a list of which any will do' });
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** `above` and `below` leave the bound itself out. */
const bounds = {
  atLeast: z.number().optional(),
  atMost: z.number().optional(),
  above: z.number().optional(),
  below: z.number().optional(),
};
const range = z.strictObject(bounds).meta({ id: 'filterRange' });

/** Days back from the as-of date, or days of the calendar. */
const period = {
  within: z.number().int().min(1).max(36_500).optional().describe('in so many days before the as-of date'),
  since: day.optional().describe('YYYY-MM-DD, the first day that counts; instead of within'),
  until: day.optional().describe('YYYY-MM-DD, the first day that no longer counts'),
};

const field = z
  .strictObject({
    field: name.describe('id of a feature, a score or an attribute'),
    ...bounds,
    is: z
      .union([z.boolean(), z.number(), names])
      .optional()
      .describe('for yes-or-no fields, counts and words'),
    isNot: names.optional().describe('met by a known word that is none of these'),
    known: z.boolean().optional().describe('true: has a value; false: has none'),
  })
  .describe(
    'A value of the customer: {"field":"churn_probability","below":0.6}. Shares and chances are 0 to 1. Who has no value meets no bound.',
  );

const segment = z
  .strictObject({ segment: names })
  .describe('Stands in one of these segments now, by key or name.');

const moved = z
  .strictObject({
    moved: z.strictObject({
      from: names.optional().describe('segments left; "new": had not ordered before'),
      to: names.optional().describe('segments entered'),
      ...period,
    }),
  })
  .describe('Changed segment in the period, or at the latest refresh where none is given.');

const orders = z
  .strictObject({
    orders: z.strictObject({
      count: range.optional().describe('how many such orders; at least one where left out'),
      value: range.optional().describe('of each order, after returns, in the shop’s currency'),
      category: names.optional(),
      product: names.optional().describe('by name or SKU'),
      channel: names.optional(),
      coupon: names.optional(),
      discounted: z.boolean().optional(),
      ...period,
    }),
  })
  .describe('Placed orders: {"orders":{"category":"Outerwear","count":{"atLeast":2},"within":365}}.');

const events = z
  .strictObject({
    events: z.strictObject({
      type: names.describe('such as Product Viewed, Email Link Clicked'),
      count: range.optional().describe('how often; at least once where left out, {"atMost":0} for never'),
      category: names.optional(),
      product: names.optional().describe('by name or SKU'),
      campaign: names.optional(),
      ...period,
    }),
  })
  .describe('Did something: {"events":{"type":"Email Link Clicked","within":30}}.');

export type NamesGiven = z.infer<typeof names>;
export type RangeGiven = z.infer<typeof range>;
export type FieldGiven = z.infer<typeof field>;
export type SegmentGiven = z.infer<typeof segment>;
export type MovedGiven = z.infer<typeof moved>;
export type OrdersGiven = z.infer<typeof orders>;
export type EventsGiven = z.infer<typeof events>;
export type Clause = FieldGiven | SegmentGiven | MovedGiven | OrdersGiven | EventsGiven;
export type Filter = Clause | { all: Filter[] } | { any: Filter[] } | { not: Filter };

/** By the word that tells a clause from the others. */
export const clauseShapes = { field, segment, moved, orders, events };

export const filterShape: z.ZodType<Filter> = z
  .lazy(() =>
    z.union([
      ...Object.values(clauseShapes),
      z.strictObject({ all: z.array(filterShape).min(1).max(mostClauses) }).describe('Meets every one.'),
      z.strictObject({ any: z.array(filterShape).min(1).max(mostClauses) }).describe('Meets at least one.'),
      z.strictObject({ not: filterShape }).describe('All other buyers, those without a value included.'),
    ]),
  )
  .meta({ id: 'filter' });
