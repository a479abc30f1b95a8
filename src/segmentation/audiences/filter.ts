import { z } from 'zod';

/**
 * The typed filter: who is meant, as JSON. What it may say is checked in two steps: its shape here, its names and types
 * against the shop in `resolve.ts`, which knows the fields, segments and categories that there are.
 */

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'write a day as YYYY-MM-DD');
const names = z.union([z.string().min(1).max(200), z.array(z.string().min(1).max(200)).min(1).max(100)]);

/** At least one of the bounds; `above` and `below` leave the bound itself out. */
const bounds = {
  atLeast: z.number().optional(),
  atMost: z.number().optional(),
  above: z.number().optional(),
  below: z.number().optional(),
};
const range = z
  .strictObject(bounds)
  .refine(given => Object.keys(given).length > 0, 'say atLeast, atMost, above or below');

/** Days back from the as-of date, or days of the calendar; `since` is included, `until` is not. */
const period = {
  within: z.number().int().min(1).max(36_500).optional(),
  since: day.optional(),
  until: day.optional(),
};

/** A feature, a score or an attribute of the customer by its id: {"field": "churn_probability", "below": 0.6}. */
const field = z.strictObject({
  field: z.string().min(1).max(100),
  ...bounds,
  is: z.union([names, z.boolean()]).optional(),
  isNot: names.optional(),
  /** true: the customer has a value; false: has none. */
  known: z.boolean().optional(),
});

/** Who stands in one of the segments, by key or name. */
const segment = z.strictObject({ segment: names });

/** Who changed segment, within the period or at the latest refresh where none is given. */
const moved = z.strictObject({
  moved: z.strictObject({ from: names.optional(), to: names.optional(), ...period }),
});

/** Who placed so many orders; at least one where no `count` is given. */
const orders = z.strictObject({
  orders: z.strictObject({
    count: range.optional(),
    /** Each order after returns, in the shop's currency. */
    value: range.optional(),
    category: names.optional(),
    product: names.optional(),
    channel: names.optional(),
    coupon: names.optional(),
    discounted: z.boolean().optional(),
    ...period,
  }),
});

/** Who did something so often, by the type of event; at least once where no `count` is given. */
const events = z.strictObject({
  events: z.strictObject({
    type: names,
    count: range.optional(),
    category: names.optional(),
    product: names.optional(),
    campaign: names.optional(),
    ...period,
  }),
});

export type FieldClause = z.infer<typeof field>;
export type SegmentClause = z.infer<typeof segment>;
export type MovedClause = z.infer<typeof moved>;
export type OrdersClause = z.infer<typeof orders>;
export type EventsClause = z.infer<typeof events>;
export type Clause = FieldClause | SegmentClause | MovedClause | OrdersClause | EventsClause;
export type Filter = Clause | { all: Filter[] } | { any: Filter[] } | { not: Filter };

export const filterShape: z.ZodType<Filter> = z.lazy(() =>
  z.union([
    field,
    segment,
    moved,
    orders,
    events,
    z.strictObject({ all: z.array(filterShape).min(1).max(30) }),
    z.strictObject({ any: z.array(filterShape).min(1).max(30) }),
    z.strictObject({ not: filterShape }),
  ]),
);
