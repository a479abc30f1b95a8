import { type AsOf, bind, startOf } from '../../features/as-of.ts';
import { profiledRows } from '../../features/part.ts';
import { purchaseRows } from '../../features/purchases.ts';
import type { PurchaseHistories } from '../../forecasting/purchase-history.ts';
import type { Warehouse } from '../../warehouse/port.ts';

/** Everybody who had bought before a date, in the order of profile_id; days, and money in the shop's currency. */
export interface ShopHistories extends PurchaseHistories {
  profileIds: string[];
  /** Buying days, the first one counted. */
  occasions: Float64Array;
  /** Mean worth of a buying day before returns. */
  value: Float64Array;
  /** What they paid in all, and what of it was paid back by the date. */
  paid: Float64Array;
  paidBack: Float64Array;
}

/** What customers did in a period, one entry per customer; nothing is 0. */
export interface Outcomes {
  /** Buying days. */
  orders: Float64Array;
  /** After returns known by the end of the period. */
  revenue: Float64Array;
}

/** What customers did in so many days before a date. */
export interface LastPeriod extends Outcomes {
  days: number;
}

export interface HistoryOptions {
  asOf: AsOf;
  /** Share of all profiles that are looked at, chosen by their ids; all where left out. */
  part?: number | undefined;
  /** First day of orders that count, where some are dated oddly (see `orderSpan`). */
  since?: AsOf | undefined;
  /** Last days of which is wanted what everybody did in them. */
  last?: readonly number[];
}

export interface OutcomeOptions {
  /** The first day of the period, and the day after its last. */
  from: AsOf;
  to: AsOf;
  /** Whose; from the part of all profiles that they were read from. */
  profileIds: readonly string[];
  part?: number | undefined;
}

const secondsPerDay = 86_400;

/** The purchase history of each customer as of a date: orders of one day are one occasion. */
export async function readHistories(
  warehouse: Warehouse,
  { asOf, part = 1, since, last = [] }: HistoryOptions,
): Promise<ShopHistories & { last: LastPeriod[] }> {
  const lately = (days: number, of: string) =>
    `sum(CASE WHEN day >= ${dayNumberOf(asOf) - days} THEN ${of} ELSE 0 END)`;
  const measured = [
    'count(*)',
    'max(day) - min(day)',
    `${dayNumberOf(asOf)} - min(day)`,
    'sum(cents)',
    'sum(cents - net_cents)',
    ...last.flatMap(days => [lately(days, '1'), lately(days, 'net_cents')]),
  ].map((value, i) => `CAST(${value} AS DOUBLE PRECISION) AS c${i}`);
  const sql = `WITH ${await dailyRows(warehouse, part)}
SELECT profile_id, ${measured.join(', ')}
FROM days${since === undefined ? '' : ` WHERE day >= ${dayNumberOf(since)}`}
GROUP BY profile_id ORDER BY profile_id COLLATE "C"`;
  const { keys, values } = await warehouse.columns(bind(sql, asOf));
  const [occasions, recency, age, cents, centsBack, ...lasts] = values as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    ...Float64Array[],
  ];
  return {
    profileIds: keys,
    repeats: occasions.map(days => days - 1),
    recency,
    age,
    occasions,
    value: cents.map((sum, i) => sum / 100 / occasions[i]!),
    paid: cents.map(sum => sum / 100),
    paidBack: centsBack.map(sum => sum / 100),
    last: last.map((days, i) => ({
      days,
      orders: lasts[2 * i]!,
      revenue: lasts[2 * i + 1]!.map(sum => sum / 100),
    })),
  };
}

/** What each of these customers did from one date until before another. */
export async function readOutcomes(
  warehouse: Warehouse,
  { from, to, profileIds, part = 1 }: OutcomeOptions,
): Promise<Outcomes> {
  const sql = `WITH ${await dailyRows(warehouse, part)}
SELECT profile_id, CAST(count(*) AS DOUBLE PRECISION) AS orders, CAST(sum(net_cents) AS DOUBLE PRECISION) AS cents
FROM days WHERE day >= ${dayNumberOf(from)} GROUP BY profile_id ORDER BY profile_id COLLATE "C"`;
  const { keys, values } = await warehouse.columns(bind(sql, to));
  const placeOf = new Map(keys.map((id, i) => [id, i]));
  const [orders, cents] = values as [Float64Array, Float64Array];
  const aligned = (of: (place: number) => number) =>
    Float64Array.from(profileIds, id => {
      const place = placeOf.get(id);
      return place === undefined ? 0 : of(place);
    });
  return { orders: aligned(place => orders[place]!), revenue: aligned(place => cents[place]! / 100) };
}

/** CTEs that end in `days`: a row per customer and buying day before the as-of date, whole cents. */
async function dailyRows(warehouse: Warehouse, part: number): Promise<string> {
  return `${await profiledRows(warehouse, part)}${purchaseRows},
days AS (
  SELECT profile_id, day, sum(cents) AS cents, sum(net_cents) AS net_cents
  FROM purchases GROUP BY profile_id, day
)`;
}

/** Whole days since 1970. */
function dayNumberOf(asOf: AsOf): number {
  return startOf(asOf) / 1000 / secondsPerDay;
}
