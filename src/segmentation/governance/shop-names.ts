import { bind } from '../../features/as-of.ts';
import type { RowsFact } from '../../features/kept-facts.ts';

/** What a shop gives names to that may tell something of whoever goes with them. */
export type NameKind =
  | 'category'
  | 'product'
  | 'coupon'
  | 'campaign'
  | 'ticket kind'
  | 'channel'
  | 'event type';

interface Place {
  table: string;
  column: string;
  /** The column that says when a row came to be. */
  at: string;
}

const lines = (column: string): Place => ({ table: 'order_lines', column, at: 'ordered_at' });
const orders = (column: string): Place => ({ table: 'orders', column, at: 'ordered_at' });
const events = (column: string): Place => ({ table: 'events', column, at: 'occurred_at' });

/** Where names of each kind stand, in the order in which kinds are told. */
const places: Readonly<Record<NameKind, readonly Place[]>> = {
  category: [lines('category'), events('category')],
  product: [lines('product')],
  coupon: [orders('coupon_code')],
  campaign: [events('campaign_id')],
  'ticket kind': [{ table: 'tickets', column: 'kind', at: 'opened_at' }],
  channel: [
    orders('channel'),
    { table: 'customers', column: 'acquisition_channel', at: 'created_at' },
    events('origin'),
  ],
  'event type': [events('type')],
};

export const nameKinds = Object.keys(places) as NameKind[];

/**
 * Whether the lexicon keeps names of the kind out by itself. Of others it is not asked (a "Fingerprint login" is an event
 * as others are): what it finds there is shown to whoever reviews it, and stays out where it is blocked.
 */
export function lexiconRules(kind: NameKind): boolean {
  return kind !== 'ticket kind' && kind !== 'channel' && kind !== 'event type';
}

/** A name, and how many customers go with it, counted exactly; of nobody 0. */
export interface ShopName {
  name: string;
  customers: number;
}

/** Every name of a kind before a date, in byte order. */
export function namesOfKind(kind: NameKind): RowsFact<ShopName[]> {
  const parts = places[kind].map(
    ({ table, column, at }) =>
      `SELECT DISTINCT ${column} AS name, profile_id FROM ${table} WHERE ${column} <> '' AND (${at} IS NULL OR ${at} < {as_of})`,
  );
  // Each name once with each customer, and once with nobody where a row of it is nobody's.
  const sql = `SELECT name AS "name", count(profile_id) AS "customers" FROM (${parts.join(' UNION ')}) AS found
GROUP BY name ORDER BY name COLLATE "C"`;
  return {
    name: `names: ${kind}`,
    readBy: sql,
    read: (warehouse, asOf) => warehouse.query<ShopName>(bind(sql, asOf)),
  };
}

/** The names that go with at least so many customers, most widespread first; those of as many in byte order. */
export function widespread(
  names: readonly ShopName[],
  { fewest, most }: { fewest: number; most: number },
): string[] {
  return names
    .filter(({ customers }) => customers >= fewest)
    .toSorted((a, b) => b.customers - a.customers)
    .slice(0, most)
    .map(({ name }) => name);
}
