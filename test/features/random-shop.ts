import type { Row, Shop } from './shop.ts';

/** A small shop with all kinds of rows and all kinds of holes in them; the same seed gives the same shop. */
export function randomShop(
  seed: number,
  customers: number,
): Required<Pick<Shop, 'customers' | 'orders' | 'order_lines' | 'events' | 'tickets' | 'consents'>> {
  const random = generator(seed);
  const below = (n: number) => Math.floor(random() * n);
  const chance = (p: number) => random() < p;
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;
  const moment = () => stamp(Date.UTC(2023, 0, 1) + below(560) * 86_400_000 + below(86_400) * 1000);
  const maybe = <T>(value: T): T | null => (chance(0.1) ? null : value);
  const stay = (ordered: string) => {
    const from = Date.parse(`${ordered.slice(0, 10)}T00:00:00Z`) + below(90) * 86_400_000;
    return {
      stay_from: maybe(stamp(from)),
      stay_to: maybe(stamp(from + below(9) * 86_400_000)),
      party_size: maybe(below(5)),
    };
  };
  const shop = {
    customers: [] as Row[],
    orders: [] as Row[],
    order_lines: [] as Row[],
    events: [] as Row[],
    tickets: [] as Row[],
    consents: [] as Row[],
  };
  let serial = 0;
  for (let c = 0; c < customers; c++) {
    const who = {
      source: 'shop',
      customer_id: `C${c}`,
      profile_id: `shop/${chance(0.1) ? 'é' : chance(0.5) ? 'c' : 'C'}${c}`,
    };
    shop.customers.push({ ...who, created_at: maybe(moment()), account_size: maybe(below(500)) });
    for (let o = below(9); o > 0; o--) {
      const order_id = `O${++serial}`;
      const ordered_at = moment();
      const total = below(20_000) / 100;
      shop.orders.push({
        ...who,
        order_id,
        ordered_at,
        total: maybe(total),
        currency: 'GBP',
        channel: maybe(pick(['web', 'Store', 'app', 'Expedia'])),
        discount: chance(0.4) ? below(1000) / 100 : null,
        refunded: chance(0.2) ? below(3000) / 100 : null,
        refunded_at: chance(0.5) ? moment() : null,
        coupon_code: chance(0.3) ? 'SPRING' : null,
        status: pick(['paid', null, 'paid', 'cancelled', 'refunded']),
        ...stay(ordered_at),
        plan_tier: maybe(below(4)),
        renews_at: maybe(moment()),
      });
      for (let l = below(4); l > 0; l--) {
        const product = below(30);
        shop.order_lines.push({
          source: 'shop',
          line_id: `L${++serial}`,
          order_id,
          profile_id: who.profile_id,
          ordered_at,
          sku: maybe(`P${product}`),
          product: `Product ${product}`,
          category: maybe(`c${product % 7}`),
          quantity: maybe(1 + below(5)),
          unit_price: 3.5,
          returned_quantity: chance(0.1) ? 1 : 0,
          returned_at: chance(0.5) ? moment() : null,
        });
      }
    }
    for (let e = below(60); e > 0; e--) {
      shop.events.push({
        ...who,
        event_id: `E${++serial}`,
        occurred_at: moment(),
        session_id: chance(0.3) ? null : `S${c}-${below(8)}`,
        type: pick([
          'Product Viewed',
          'Product Added',
          'Checkout Started',
          'Email Delivered',
          'Email Delivered',
          'Email Opened',
          'Email Link Clicked',
          'Unsubscribed',
          'Order Completed',
          'Something Else',
          'Payment Failed',
          'Logged In',
          'Meeting Held',
        ]),
        category: maybe(`c${below(7)}`),
        origin: maybe(pick(['paid', 'organic', 'email'])),
      });
    }
    for (let t = below(3); t > 0; t--)
      shop.tickets.push({
        ...who,
        ticket_id: `T${++serial}`,
        opened_at: moment(),
        kind: maybe(pick(['complaint', 'query'])),
        csat: pick([1, 2.5, 5, Number.NaN, null]),
      });
    if (chance(0.2))
      shop.consents.push({
        ...who,
        consent_id: `K${++serial}`,
        channel: 'email',
        state: pick(['subscribed', 'unsubscribed']),
        stated_at: moment(),
      });
  }
  return shop;
}

export function shuffled<T>(list: readonly T[], seed: number): T[] {
  const random = generator(seed);
  return list
    .map(value => ({ value, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value);
}

function stamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ');
}

/** mulberry32: small, and good enough to make up a shop. */
function generator(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
