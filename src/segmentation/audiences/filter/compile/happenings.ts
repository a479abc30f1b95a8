import { cents } from '../../../../features/expressions.ts';
import { isPurchase } from '../../../../features/purchases.ts';
import type { EventsClause, OrdersClause, Range } from '../resolved.ts';
import { productOfLine } from '../vocabulary.ts';
import { inPeriod, inRange, isOneOf, type Query } from './query.ts';

/** The condition of having placed so many orders; never NULL. */
export function compileOrders(clause: OrdersClause, query: Query): string {
  const { category, product, channel, coupon, discounted } = clause;
  const lines = [
    ...(category ? [isOneOf('category', category.values, query)] : []),
    ...(product ? [isOneOf(productOfLine, product.values, query)] : []),
  ];
  const conditions = [
    isPurchase,
    ...inPeriod('ordered_at', clause.period, query),
    ...(clause.value ? [inRange(netCents, inCents(clause.value), query)] : []),
    ...(channel ? [isOneOf('channel', channel.values, query)] : []),
    ...(coupon ? [isOneOf('coupon_code', coupon.values, query)] : []),
    ...(discounted === null ? [] : [`${cents('discount')} ${discounted ? '>' : '='} 0`]),
    // Lines of orders that are no purchases fall out with their orders.
    ...(lines.length > 0
      ? [
          `(profile_id, source, order_id) IN (
    SELECT profile_id, source, order_id FROM order_lines
    WHERE profile_id IS NOT NULL AND ordered_at < {as_of} AND ${lines.join(' AND ')})`,
        ]
      : []),
  ];
  return counted('orders', conditions, clause.count, query);
}

/** Of an order after what was paid back by the as-of date, as in `purchases` of the features. */
const netCents = `greatest(${cents('total')} - ${cents('CASE WHEN refunded_at IS NULL OR refunded_at < {as_of} THEN refunded END')}, 0)`;

function inCents(range: Range): Range {
  const entries = Object.entries(range).map(([name, bound]) => [name, Number((bound * 100).toPrecision(15))]);
  return Object.fromEntries(entries) as Range;
}

/** The condition of having done something so often; never NULL. */
export function compileEvents(clause: EventsClause, query: Query): string {
  const { type, category, product, campaign } = clause;
  const conditions = [
    'profile_id IS NOT NULL',
    ...inPeriod('occurred_at', clause.period, query),
    isOneOf('type', type.values, query),
    ...(category ? [isOneOf('category', category.values, query)] : []),
    ...(product ? [isOneOf('sku', product.values, query)] : []),
    ...(campaign ? [isOneOf('campaign_id', campaign.values, query)] : []),
  ];
  return counted('events', conditions, clause.count, query);
}

/** Who has no such row has them 0 times. */
function counted(table: string, conditions: readonly string[], count: Range | null, query: Query): string {
  const name = query.join(`SELECT profile_id, count(*) AS times FROM ${table}
  WHERE ${conditions.join('\n    AND ')}
  GROUP BY profile_id`);
  return count ? inRange(`coalesce(${name}.times, 0)`, count, query) : `${name}.profile_id IS NOT NULL`;
}
