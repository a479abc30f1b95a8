import type { CanonicalRow, Page } from '../../pull/source.ts';
import type { ShopCheckout, ShopCustomer, ShopLine, ShopOrder } from './records.ts';

/** Rows of some records, and the records that are none, as a page tells them. */
export type ReadRecords = Pick<Page, 'rows' | 'leftOut'>;

export function customerRows(customers: readonly ShopCustomer[]): ReadRecords {
  return {
    rows: { customers: customers.map(customerRow), consents: customers.flatMap(consentsOf) },
    leftOut: [],
  };
}

function customerRow(customer: ShopCustomer): CanonicalRow {
  const { id, updatedAt, email, phone, country, createdAt, emailMarketing } = customer;
  return {
    customer_id: id,
    changed_at: updatedAt,
    email,
    phone,
    country,
    created_at: createdAt,
    accepts_marketing: emailMarketing && emailMarketing.state === 'subscribed',
  };
}

/** Who never said anything has no row: silence is no consent. */
const states: Readonly<Record<string, string>> = {
  subscribed: 'granted',
  unsubscribed: 'denied',
  redacted: 'denied',
  pending: 'pending',
};

function consentsOf({ id, createdAt, emailMarketing, smsMarketing }: ShopCustomer): CanonicalRow[] {
  return Object.entries({ email: emailMarketing, sms: smsMarketing }).flatMap(([channel, said]) =>
    said ? consentRows(id, channel, said.state, said.at ?? createdAt) : [],
  );
}

/** A row for each thing said, so that what was said before stays to be told. */
export function consentRows(
  customer_id: string,
  channel: string,
  said: string,
  stated_at: string,
): CanonicalRow[] {
  const state = states[said];
  if (!state) return [];
  const consent_id = `${customer_id} ${channel} ${stated_at} ${state}`;
  return [{ consent_id, customer_id, channel, purpose: 'marketing', state, stated_at }];
}

/**
 * As the file that the shop exports has them, so that an order is one row however it came. What an edit took out of an order
 * is no line of it: the lines told are all that it has.
 */
export function orderRows(orders: readonly ShopOrder[]): ReadRecords {
  const left = new Map<string, number>();
  const kept = orders.filter(order => {
    const reason = whyNoOrder(order);
    if (reason !== null) left.set(reason, (left.get(reason) ?? 0) + 1);
    return reason === null;
  });
  const guests = new Map(kept.filter(order => order.customerId === null).map(o => [buyerOf(o)!, o]));
  const lines = kept.map(order => ({ order, lines: withIds(order) }));
  return {
    rows: {
      customers: [...guests].map(([id, guest]) => guestRow(id, guest)),
      orders: kept.map(orderRow),
      order_lines: lines.flatMap(({ order, lines: own }) =>
        own.filter(({ line }) => bought(line) > 0).map(({ id, line }) => lineRow(order.name, id, line)),
      ),
    },
    leftOut: [...left].map(([reason, records]) => ({ reason, records })),
  };
}

/** A customer of the shop, or a guest by what they left. */
function buyerOf({ customerId, email, phone }: ShopOrder): string | null {
  return customerId ?? email?.toLowerCase() ?? (phone && phone.length >= 7 ? phone : null);
}

function whyNoOrder(order: ShopOrder): string | null {
  if (order.test) return 'a test order';
  return buyerOf(order) === null ? 'no customer: neither an account nor an e-mail nor a phone number' : null;
}

/** What an order does not tell of a guest blanks nothing. */
function guestRow(customer_id: string, { email, phone, country }: ShopOrder): CanonicalRow {
  const told = Object.entries({ email: email?.toLowerCase() ?? null, phone, country });
  return { customer_id, ...Object.fromEntries(told.filter(([, value]) => value !== null)) };
}

function orderRow(order: ShopOrder): CanonicalRow {
  const {
    name,
    updatedAt,
    orderedAt,
    total,
    currency,
    channel,
    discount,
    refunded,
    refundedAt,
    couponCodes,
  } = order;
  return {
    order_id: name,
    changed_at: updatedAt,
    customer_id: buyerOf(order),
    ordered_at: orderedAt,
    total,
    currency: currency.toUpperCase(),
    ...(channel === undefined ? {} : { channel: channel?.toLowerCase() ?? null }),
    discount,
    refunded,
    refunded_at: refundedAt,
    coupon_code: couponCodes.join(', ') || null,
    status: order.cancelled ? 'cancelled' : order.financialStatus,
  };
}

const itemOf = ({ sku, name }: ShopLine) => sku ?? name;

const bought = ({ ordered, removed }: ShopLine) => ordered - removed;

/**
 * A line is known by its product and its place among equals in its order, as where it comes with a file. The place is by what
 * was ordered, so that an edit of the order moves none.
 */
function withIds({ name, lines }: ShopOrder): { id: string; line: ShopLine }[] {
  const places = new Map<string, number>();
  const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  const sorted = [...lines].sort(
    (a, b) =>
      b.ordered - a.ordered ||
      Number(b.price) - Number(a.price) ||
      text(a.name, b.name) ||
      a.id.length - b.id.length ||
      text(a.id, b.id),
  );
  return sorted.map(line => {
    const item = itemOf(line);
    const place = (places.get(item) ?? 0) + 1;
    places.set(item, place);
    return { id: JSON.stringify([name, item, place]), line };
  });
}

function lineRow(order_id: string, line_id: string, line: ShopLine): CanonicalRow {
  const { name, category, price, returned, returnedAt } = line;
  return {
    line_id,
    order_id,
    sku: itemOf(line),
    product: name,
    ...(category === undefined ? {} : { category }),
    quantity: bought(line),
    unit_price: price,
    returned_quantity: returned,
    returned_at: returned > 0 ? returnedAt : null,
  };
}

/** Under the names of Segment; a checkout that nobody can be told of is left out. */
export function checkoutRows(checkouts: readonly ShopCheckout[]): ReadRecords {
  const told = checkouts.filter(({ customerId, email }) => customerId !== null || email !== null);
  return {
    rows: { customers: told.flatMap(visitorRow), events: told.map(checkoutRow) },
    leftOut:
      told.length === checkouts.length
        ? []
        : [{ reason: 'no customer: the checkout names nobody', records: checkouts.length - told.length }],
  };
}

/** By their e-mail they may be somebody who is known. */
function visitorRow({ customerId, email }: ShopCheckout): CanonicalRow[] {
  const known = email?.toLowerCase();
  return customerId === null && known ? [{ customer_id: known, email: known }] : [];
}

function checkoutRow({ id, startedAt, customerId, email, sku, category }: ShopCheckout): CanonicalRow {
  return {
    event_id: `checkout ${id}`,
    customer_id: customerId ?? email!.toLowerCase(),
    occurred_at: startedAt,
    type: 'Checkout Started',
    sku,
    ...(category === undefined ? {} : { category }),
    origin: 'shopify',
  };
}
