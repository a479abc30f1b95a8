import type { EventsGiven, NamesGiven, OrdersGiven } from '../filter.ts';
import type { EventsClause, OrdersClause, Range, Words } from '../resolved.ts';
import type { FilterShop } from '../shop.ts';
import type { VocabularyOf } from '../vocabulary.ts';
import type { Path } from './errors.ts';
import { findWords, namesKept, type Sought } from './names.ts';
import { resolvePeriod } from './period.ts';
import { boundsOf, checkRange, checkUnit } from './range.ts';
import { checkShape, type Plain } from './shape.ts';

/** Who placed so many orders. */
export async function resolveOrders(
  given: Plain,
  shop: FilterShop,
  path: Path,
): Promise<{ clause: OrdersClause; kept: OrdersGiven }> {
  const { orders } = checkShape('orders', given, path);
  const { period, kept } = resolvePeriod(orders, 'orders', shop.asOf, path);
  const discounted = orders.discounted ?? null;
  const clause: OrdersClause = {
    kind: 'orders',
    count: rangeOf(orders.count, 'count', 'orders.count', path),
    value: rangeOf(orders.value, 'money', 'orders.value', path),
    category: await wordsOf(orders.category, 'order-category', shop, path),
    product: await wordsOf(orders.product, 'order-product', shop, path),
    channel: await wordsOf(orders.channel, 'channel', shop, path),
    coupon: await wordsOf(orders.coupon, 'coupon', shop, path),
    discounted,
    period,
  };
  const { count, value, category, product, channel, coupon } = clause;
  return {
    clause,
    kept: {
      orders: {
        ...said({ count, value }),
        ...saidNames({ category, product, channel, coupon }),
        ...said({ discounted }),
        ...kept,
      },
    },
  };
}

/** Who did something so often. */
export async function resolveEvents(
  given: Plain,
  shop: FilterShop,
  path: Path,
): Promise<{ clause: EventsClause; kept: EventsGiven }> {
  const { events } = checkShape('events', given, path);
  const { period, kept } = resolvePeriod(events, 'events', shop.asOf, path);
  const type = (await wordsOf(events.type, 'event-type', shop, path))!;
  const clause: EventsClause = {
    kind: 'events',
    type,
    count: rangeOf(events.count, 'count', 'events.count', path),
    category: await wordsOf(events.category, 'event-category', shop, path),
    product: await wordsOf(events.product, 'event-product', shop, path),
    campaign: await wordsOf(events.campaign, 'campaign', shop, path),
    period,
  };
  const { count, category, product, campaign } = clause;
  return {
    clause,
    kept: {
      events: {
        type: namesKept(type.said),
        ...said({ count }),
        ...saidNames({ category, product, campaign }),
        ...kept,
      },
    },
  };
}

const sought: Readonly<Record<VocabularyOf, Omit<Sought, 'entries' | 'blockedTerms'>>> = {
  'event-type': { what: 'type of event', all: 'types of events', goods: false },
  'event-category': { what: 'category', all: 'categories that events name', goods: true },
  'event-product': { what: 'product', all: 'products that events name', goods: true },
  campaign: { what: 'campaign', all: 'campaigns', goods: true },
  'order-category': { what: 'category', all: 'categories of orders', goods: true },
  'order-product': { what: 'product', all: 'products of orders', goods: true },
  channel: { what: 'channel', all: 'channels of orders', goods: false },
  coupon: { what: 'coupon', all: 'coupons', goods: true, secret: true },
};

async function wordsOf(
  given: NamesGiven | undefined,
  of: VocabularyOf,
  shop: FilterShop,
  path: Path,
): Promise<Words | null> {
  if (given === undefined) return null;
  const { blockedTerms } = shop;
  return findWords(given, { ...sought[of], entries: await shop.vocabulary(of), blockedTerms }, path);
}

function rangeOf(given: Range | undefined, unit: 'count' | 'money', of: string, path: Path): Range | null {
  if (given === undefined) return null;
  const range = boundsOf(given);
  checkRange(range, of, path);
  checkUnit(range, unit, of, path);
  return range;
}

/** Without what was not said. */
function said<Of extends object>(of: Of): { [Key in keyof Of]?: NonNullable<Of[Key]> } {
  return Object.fromEntries(Object.entries(of).filter(([, value]) => value !== null)) as {
    [Key in keyof Of]?: NonNullable<Of[Key]>;
  };
}

function saidNames<Key extends string>(of: Record<Key, Words | null>): Partial<Record<Key, NamesGiven>> {
  const kept = Object.entries<Words | null>(of).flatMap(([key, words]) =>
    words ? [[key, namesKept(words.said)]] : [],
  );
  return Object.fromEntries(kept) as Partial<Record<Key, NamesGiven>>;
}
