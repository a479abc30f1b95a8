import type { Filter } from '../filter/filter.ts';
import type { ShopFacts } from './shop-facts.ts';

/**
 * Lapsed: somebody who came back at least twice, so that there is a rhythm to speak of, and has now let three of their own
 * gaps pass without an order. Who still buys at random times waits as long as that once in twenty times (e^-3).
 *
 * Two gaps with the shop's usual one added to them, as `overdue_ratio` has it, are the least that tell a rhythm from a
 * chance pair of orders.
 */
const gapsMissed = 3;
const leastOrders = 3;

/** Recoverable by the model, which takes the long wait into account: still a customer more than twice as likely as not. */
const alive = 0.7;

/** Recoverable by what they do: seen within these days, and not by a single visit, which may be a return or a mishap. */
const lately = 60;
const leastVisits = 3;
const leastOpened = 3;

/** What says that somebody can be won back, and how it is said of them: "they …". */
interface Sign {
  filter: Filter;
  says: string;
}

/** Who are the lapsed that can be won back? null where nothing here tells whether they can. */
export function recoverableFilter(shop: ShopFacts): Filter | null {
  const signs = signsOf(shop).map(({ filter }) => filter);
  if (!shop.has('overdue_ratio') || signs.length === 0) return null;
  return { all: [...lapsed(shop), signs.length === 1 ? signs[0]! : { any: signs }] };
}

/** Of what the filter asks for in this shop. */
export function recoverableMeaning(shop: ShopFacts): string {
  const gaps = 'have let three of their own gaps pass without an order';
  const past =
    promotionBound(shop) === null ? `and ${gaps}` : `${gaps} and do not merely wait for a discount`;
  const signs = signsOf(shop).map(({ says }) => says);
  return `They came back at least twice, ${past}; and ${signs.join(', or ')}.`;
}

function signsOf(shop: ShopFacts): Sign[] {
  return [
    ...stillEngaging(shop),
    ...(shop.has('alive_probability')
      ? [
          {
            filter: { field: 'alive_probability', atLeast: alive },
            says: 'the purchase model is fairly sure that they are customers still',
          },
        ]
      : []),
  ];
}

function lapsed(shop: ShopFacts): Filter[] {
  return [
    { field: 'orders', atLeast: leastOrders },
    // Orders that all came on one day have no gap.
    { field: 'days_between_orders', above: 0 },
    { field: 'overdue_ratio', atLeast: gapsMissed },
    ...rhythmOfTheirOwn(shop),
  ];
}

/** Who waits for the next discount is silent when the shop gives none: their silences are the shop's, not their own. */
function rhythmOfTheirOwn(shop: ShopFacts): Filter[] {
  const bound = promotionBound(shop);
  // `not` keeps those of whom nothing is known.
  return bound === null ? [] : [{ not: { field: promotionField(shop), above: bound } }];
}

/**
 * Above this share somebody orders mostly at a discount, and more than twice as often as is usual here; null where no orders
 * are discounted, or so many that it tells nobody apart.
 */
export function promotionBound({ usualPromotionShare }: ShopFacts): number | null {
  if (usualPromotionShare === null || usualPromotionShare === 0) return null;
  const bound = Math.max(0.5, Math.round(200 * usualPromotionShare) / 100);
  return bound < 1 ? bound : null;
}

export function promotionField(shop: ShopFacts): string {
  return shop.has('promotion_share') ? 'promotion_share' : 'discounted_order_share';
}

/**
 * Visits say more than clicks, which lead to visits, and clicks more than opens, which mail clients do by themselves: the
 * best sign that the shop has is the one that counts. Of visitors, those who leave carts behind at least as often as is
 * usual here: they still want the goods, and do not buy them.
 */
function stillEngaging(shop: ShopFacts): Sign[] {
  if (shop.has('days_since_visit') && shop.has('sessions')) {
    const carts = shop.has('cart_abandonment') ? shop.usualCartShare : null;
    return [
      {
        filter: {
          all: [
            { field: 'days_since_visit', atMost: lately },
            { field: 'sessions', atLeast: leastVisits },
            ...(carts === null ? [] : [{ field: 'cart_abandonment', atLeast: carts }]),
          ],
        },
        says: carts === null ? 'they still visit' : 'they still visit and fill carts',
      },
    ];
  }
  if (shop.has('days_since_click'))
    return [{ filter: { field: 'days_since_click', atMost: lately }, says: 'they still click in e-mails' }];
  if (shop.has('open_rate'))
    return [
      {
        filter: { events: { type: 'Email Opened', count: { atLeast: leastOpened }, within: lately } },
        says: 'they still open e-mails',
      },
    ];
  return [];
}
