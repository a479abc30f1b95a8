import { type AsOf, bind } from '../../features/as-of.ts';
import { literal, type Warehouse } from '../../warehouse/port.ts';

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

/** Every name of a kind before a date, in byte order. */
export async function namesOfKind(warehouse: Warehouse, kind: NameKind, asOf: AsOf): Promise<string[]> {
  const parts = places[kind].map(
    ({ table, column, at }) =>
      `SELECT DISTINCT ${column} AS name FROM ${table} WHERE ${column} <> '' AND (${at} IS NULL OR ${at} < {as_of})`,
  );
  const rows = await warehouse.query<{ name: string }>(
    bind(`SELECT name FROM (${parts.join(' UNION ')}) AS names ORDER BY name COLLATE "C"`, asOf),
  );
  return rows.map(({ name }) => name);
}

/** How many customers go with each of the names, exactly; those that nobody does are not in it. */
export async function customersOfNames(
  warehouse: Warehouse,
  kind: NameKind,
  names: readonly string[],
  asOf: AsOf,
): Promise<ReadonlyMap<string, number>> {
  if (names.length === 0) return new Map();
  const listed = names.map(literal).join(', ');
  // Only the conditions on time are bound: a name may itself hold braces.
  const parts = places[kind].map(
    ({ table, column, at }) =>
      `SELECT ${column} AS name, profile_id FROM ${table}
WHERE ${bind(`(${at} IS NULL OR ${at} < {as_of})`, asOf)} AND profile_id IS NOT NULL AND ${column} IN (${listed})`,
  );
  const rows = await warehouse.query<{ name: string; customers: number }>(
    `SELECT name, count(DISTINCT profile_id) AS customers FROM (${parts.join(' UNION ALL ')}) AS found
GROUP BY name ORDER BY name COLLATE "C"`,
  );
  return new Map(rows.map(({ name, customers }) => [name, customers]));
}

/** The names of a kind that go with at least so many customers, most widespread first. */
export async function widespreadNames(
  warehouse: Warehouse,
  kind: NameKind,
  asOf: AsOf,
  { fewest, most }: { fewest: number; most: number },
): Promise<string[]> {
  const parts = places[kind].map(
    ({ table, column, at }) =>
      `SELECT DISTINCT ${column} AS name, profile_id FROM ${table}
WHERE ${column} <> '' AND profile_id IS NOT NULL AND (${at} IS NULL OR ${at} < {as_of})`,
  );
  const rows = await warehouse.query<{ name: string }>(
    bind(
      `SELECT name FROM (${parts.join(' UNION ')}) AS found GROUP BY name HAVING count(*) >= ${fewest}
ORDER BY count(*) DESC, name COLLATE "C" LIMIT ${most}`,
      asOf,
    ),
  );
  return rows.map(({ name }) => name);
}
