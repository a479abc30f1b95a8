import type { Warehouse } from '../warehouse/port.ts';
import { type AsOf, bind } from './as-of.ts';
import { cartTypes, visitTypes } from './browse.ts';
import { catalogueWith } from './catalogue.ts';
import { farewellTypes } from './engagement.ts';
import { list } from './expressions.ts';
import type { Feature, SectorClass } from './feature.ts';
import type { RowsFact } from './kept-facts.ts';
import { isPurchase } from './purchases.ts';
import { meetingTypes } from './sectors/accounts.ts';
import { failureTypes } from './sectors/plans.ts';
import { isCancelled, portals } from './sectors/stays.ts';
import { usageTypes } from './sectors/usage.ts';

interface Evidence {
  table: string;
  /** The column that says when a row came to be. */
  at: string;
  condition: string;
  /** Plain sentence for when no row meets the condition. */
  absent: string;
}

const orders = (condition: string, absent: string): Evidence => ({
  table: 'orders',
  at: 'ordered_at',
  condition: `${isPurchase} AND ${condition}`,
  absent,
});
const lines = (condition: string, absent: string): Evidence => ({
  table: 'order_lines',
  at: 'ordered_at',
  condition,
  absent,
});
const events = (condition: string, absent: string): Evidence => ({
  table: 'events',
  at: 'occurred_at',
  condition,
  absent,
});
const tickets = (condition: string, absent: string): Evidence => ({
  table: 'tickets',
  at: 'opened_at',
  condition,
  absent,
});
const typed = (types: readonly string[]) => `lower(type) IN ${list(types)}`;

/** What `Feature.needs` names: a column, or a kind of row, and how to tell that it holds something. */
const evidence: Readonly<Record<string, Evidence>> = {
  'orders.ordered_at': orders('ordered_at IS NOT NULL', 'there are no orders'),
  'orders.time_of_day': orders(
    "ordered_at <> date_trunc('day', ordered_at)",
    'orders carry a date but no time of day',
  ),
  'orders.total': orders('total > 0', 'no order carries a total'),
  'orders.discount': orders('discount > 0', 'no order carries a discount'),
  'orders.refunded': orders('refunded > 0', 'no order carries a refund'),
  'orders.coupon_code': orders("coupon_code <> ''", 'no order carries a coupon code'),
  'orders.channel': orders("channel <> ''", 'no order names its channel'),
  'order_lines.ordered_at': lines('ordered_at IS NOT NULL', 'there are no order lines'),
  'order_lines.product': lines('coalesce(sku, product) IS NOT NULL', 'no order line names a product'),
  'order_lines.category': lines('category IS NOT NULL', 'no order line names a category'),
  'order_lines.quantity': lines('quantity > 0', 'no order line carries a quantity'),
  'order_lines.returned_quantity': lines('returned_quantity > 0', 'no order line carries a return'),
  'events.visits': events(typed(visitTypes), 'there are no visits to the site among the events'),
  'events.carts': events(typed(cartTypes), 'no event says that something was put into a cart'),
  'events.category': events('category IS NOT NULL', 'no event names a category'),
  'events.origin': events("origin <> ''", 'no event says where the visit came from'),
  'events.emails': events(typed(['email delivered']), 'no event says that an e-mail was delivered'),
  'events.opens': events(typed(['email opened']), 'no event says that an e-mail was opened'),
  'events.clicks': events(
    typed(['email link clicked']),
    'no event says that a link in an e-mail was clicked',
  ),
  'events.farewells': events(typed(farewellTypes), 'no event says that somebody unsubscribed'),
  'consents.email': {
    table: 'consents',
    at: 'stated_at',
    condition: "lower(channel) = 'email'",
    absent: 'there are no consents for e-mail',
  },
  'tickets.opened_at': tickets('opened_at IS NOT NULL', 'there are no support tickets'),
  'tickets.kind': tickets("kind <> ''", 'no ticket names its kind'),
  'tickets.csat': tickets('csat > -1000000 AND csat < 1000000', 'no ticket carries a satisfaction score'),
  'customers.created_at': {
    table: 'customers',
    at: 'created_at',
    condition: 'created_at IS NOT NULL',
    absent: 'no customer carries a sign-up date',
  },
  'customers.account_size': {
    table: 'customers',
    at: "coalesce(created_at, TIMESTAMP '1970-01-01 00:00:00')",
    condition: 'account_size > 0',
    absent: 'no customer carries the size of the account',
  },
  'orders.stay_from': orders('stay_from IS NOT NULL', 'no order says when the stay begins'),
  'orders.stay_to': orders('stay_to >= stay_from', 'no order says when the stay begins and ends'),
  'orders.party_size': orders(
    'stay_from IS NOT NULL AND party_size > 0',
    'no order says how many people come',
  ),
  'orders.cancelled': {
    table: 'orders',
    at: 'ordered_at',
    condition: isCancelled,
    absent: 'no order was cancelled',
  },
  'orders.portal': orders(
    `lower(channel) IN ${list(portals)}`,
    'no order names a portal or an agency as its channel',
  ),
  'orders.plan_tier': orders('plan_tier IS NOT NULL', 'no order says which plan it pays for'),
  'orders.renews_at': orders('renews_at > ordered_at', 'no order says when it comes up for renewal'),
  'events.payment_failures': events(typed(failureTypes), 'no event says that a payment failed'),
  'events.usage': events(typed(usageTypes), 'no event says that the service was used'),
  'events.meetings': events(typed(meetingTypes), 'no event says that a meeting or a call was held'),
};

export interface Availability {
  available: Feature[];
  missing: { feature: Feature; why: string }[];
}

/** Whether the rows hold the evidence, by its name in `Feature.needs`. */
type Held = Readonly<Record<string, boolean>>;

/** What the features of every shop, and of these sectors, need: whether it is there before a date. */
export function heldEvidence(sectors: readonly SectorClass[]): RowsFact<Held> {
  const names = needed(sectors);
  return {
    name: ['evidence', ...[...sectors].sort()].join(' '),
    readBy: JSON.stringify(names.map(name => [name, evidenceOf(name)])),
    read: (warehouse, asOf) => readHeld(warehouse, names, asOf),
  };
}

/**
 * Which features the stored rows can give (as of a date, where one is given), and why the others cannot be had; of the
 * features of sectors, only those of the classes asked for.
 */
export async function availableFeatures(
  warehouse: Warehouse,
  asOf?: AsOf,
  sectors: readonly SectorClass[] = [],
): Promise<Availability> {
  return availabilityBy(await readHeld(warehouse, needed(sectors), asOf), sectors);
}

/** @param held of the same sectors at least */
export function availabilityBy(held: Held, sectors: readonly SectorClass[]): Availability {
  const result: Availability = { available: [], missing: [] };
  for (const feature of catalogueWith(sectors)) {
    const unmet = feature.needs.find(need => !need.split('|').some(name => held[name]));
    if (unmet === undefined) result.available.push(feature);
    else
      result.missing.push({
        feature,
        why: unmet
          .split('|')
          .map(name => evidenceOf(name).absent)
          .join(', and '),
      });
  }
  return result;
}

function needed(sectors: readonly SectorClass[]): string[] {
  return [
    ...new Set(catalogueWith(sectors).flatMap(feature => feature.needs.flatMap(need => need.split('|')))),
  ];
}

async function readHeld(warehouse: Warehouse, names: readonly string[], asOf?: AsOf): Promise<Held> {
  const held: Record<string, boolean> = {};
  for (const name of names) held[name] = await holds(warehouse, evidenceOf(name), asOf);
  return held;
}

function evidenceOf(name: string): Evidence {
  const found = evidence[name];
  if (!found) throw new Error(`The catalogue needs "${name}", which availability.ts does not describe.`);
  return found;
}

async function holds(
  warehouse: Warehouse,
  { table, at, condition }: Evidence,
  asOf?: AsOf,
): Promise<boolean> {
  const seen = asOf === undefined ? '' : bind(` AND ${at} < {as_of}`, asOf);
  const rows = await warehouse.query(`SELECT 1 AS held FROM ${table} WHERE ${condition}${seen} LIMIT 1`);
  return rows.length > 0;
}
