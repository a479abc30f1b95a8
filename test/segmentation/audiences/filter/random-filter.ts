import fc from 'fast-check';
import type { Filter } from '../../../../src/segmentation/audiences/filter/filter.ts';
import { asOf, spelled } from './rows.ts';

/** What the rows of a shop hold, so that filters name what is there. */
export interface Vocabulary {
  orderCategories: string[];
  eventCategories: string[];
  products: string[];
  eventProducts: string[];
  favourites: string[];
}

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
/** Without the keys that are undefined, as JSON is. */
const object = <T extends object>(shape: { [Key in keyof T]: fc.Arbitrary<T[Key]> }) =>
  fc.record(shape).map(made => JSON.parse(JSON.stringify(made)) as T);
const inAnyCase = (name: string) => fc.constantFrom(name, name.toUpperCase(), name.toLowerCase());
const names = (from: readonly string[]) => {
  const one = fc.constantFrom(...from).chain(inAnyCase);
  return fc.oneof(one, fc.array(one, { minLength: 1, maxLength: 3 }));
};

function range(bound: fc.Arbitrary<number>) {
  return fc
    .tuple(bound, bound, fc.boolean(), fc.boolean(), fc.constantFrom('low', 'high', 'both'))
    .map(([a, b, including, also, which]) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      const empty = which === 'both' && low === high;
      return {
        ...(which === 'high' ? {} : { [including || empty ? 'atLeast' : 'above']: low }),
        ...(which === 'low' ? {} : { [also || empty ? 'atMost' : 'below']: high }),
      };
    });
}

const day = fc
  .integer({ min: -400, max: -1 })
  .map(days => new Date(Date.parse(asOf) + days * 86_400_000).toISOString().slice(0, 10));
const period = fc.oneof(
  fc.constant({}),
  fc.integer({ min: 1, max: 400 }).map(within => ({ within })),
  day.map(since => ({ since })),
  day.map(until => ({ until })),
  fc
    .tuple(day, day)
    .filter(([a, b]) => a !== b)
    .map(([a, b]) => (a < b ? { since: a, until: b } : { since: b, until: a })),
);
const share = fc.integer({ min: 0, max: 10 }).map(tenths => tenths / 10);

function field({ favourites }: Vocabulary): fc.Arbitrary<Filter> {
  const bounded = (id: string, bound: fc.Arbitrary<number>) =>
    range(bound).map(bounds => ({ field: id, ...bounds }));
  const text = (id: string, words: readonly string[]) =>
    fc.oneof(
      names(words).map(is => ({ field: id, is })),
      names(words).map(isNot => ({ field: id, isNot })),
    );
  return fc.oneof(
    bounded('orders', fc.integer({ min: 0, max: 6 })),
    fc.integer({ min: 0, max: 4 }).map(is => ({ field: 'orders', is })),
    bounded('days_between_orders', fc.integer({ min: 0, max: 200 })),
    bounded('revenue', fc.integer({ min: 0, max: 400 })),
    bounded('churn_probability', share),
    bounded('lifetime_value', fc.integer({ min: 0, max: 50 })),
    bounded('days_overdue', fc.integer({ min: -50, max: 50 })),
    fc.boolean().map(is => ({ field: 'single_order', is })),
    fc.boolean().map(is => ({ field: 'accepts_marketing', is })),
    text('country', spelled.country),
    text('acquisition_channel', spelled.acquisition),
    text('favourite_category', favourites),
    fc
      .tuple(
        fc.constantFrom(
          'days_between_orders',
          'days_overdue',
          'favourite_category',
          'country',
          'accepts_marketing',
        ),
        fc.boolean(),
      )
      .map(([id, known]) => ({ field: id, known })),
  );
}

function clause(vocabulary: Vocabulary): fc.Arbitrary<Filter> {
  const segments = ['loyal', 'lapsed-but-recoverable', 'new-buyers', 'set-aside'];
  // A refresh lies in every period that goes back from the as-of date, and in few of the calendar.
  const changed = fc.oneof(
    fc.constant({}),
    fc.integer({ min: 1, max: 100 }).map(within => ({ within })),
    fc.constantFrom(
      { since: '2026-05-04' },
      { since: '2026-03-02', until: '2026-05-04' },
      { until: '2026-05-05' },
    ),
  );
  const moved = fc
    .tuple(object({ from: optional(names([...segments, 'new'])), to: optional(names(segments)) }), changed)
    .map(([who, when]) => ({ moved: { ...who, ...when } }));
  const orders = fc
    .tuple(
      object({
        count: optional(range(fc.integer({ min: 0, max: 3 }))),
        value: optional(range(fc.integer({ min: 0, max: 20_000 }).map(pence => pence / 100))),
        category: optional(names(vocabulary.orderCategories)),
        product: optional(names(vocabulary.products)),
        channel: optional(names(spelled.channel)),
        coupon: optional(names(spelled.coupon)),
        discounted: optional(fc.boolean()),
      }),
      period,
    )
    .map(([what, when]) => ({ orders: { ...what, ...when } }));
  const events = fc
    .tuple(
      object({
        type: names(spelled.type),
        count: optional(range(fc.integer({ min: 0, max: 3 }))),
        category: optional(names(vocabulary.eventCategories)),
        product: optional(names(vocabulary.eventProducts)),
        campaign: optional(names(spelled.campaign)),
      }),
      period,
    )
    .map(([what, when]) => ({ events: { ...what, ...when } }));
  return fc.oneof(
    { weight: 3, arbitrary: field(vocabulary) },
    names(segments).map(segment => ({ segment })),
    moved,
    { weight: 2, arbitrary: orders },
    { weight: 2, arbitrary: events },
  ) as fc.Arbitrary<Filter>;
}

/** Filters that a shop of the vocabulary can answer. */
export function randomFilter(vocabulary: Vocabulary): fc.Arbitrary<Filter> {
  const { filter } = fc.letrec<{ filter: Filter }>(tie => ({
    filter: fc.oneof(
      { maxDepth: 3, depthSize: 'small', withCrossShrink: true },
      clause(vocabulary),
      fc.array(tie('filter'), { minLength: 1, maxLength: 3 }).map(all => ({ all })),
      fc.array(tie('filter'), { minLength: 1, maxLength: 3 }).map(any => ({ any })),
      tie('filter').map(not => ({ not })),
    ),
  }));
  return filter;
}
