import type {
  EventsGiven,
  Filter,
  MovedGiven,
  OrdersGiven,
  RangeGiven,
} from '../../../../src/segmentation/audiences/filter/filter.ts';
import { asOf, type CustomerRow, dates, type Rows, type StayRow } from './rows.ts';

/** What is known of the shop beside its rows: the values of features, by profile. */
export interface Known {
  rows: Rows;
  /** Of every buyer, by column. */
  features: ReadonlyMap<string, Readonly<Record<string, number | null>>>;
}

/** Who meets a filter, told row by row without SQL. Names are those of the data, in any case; the filter is valid. */
export function bruteForce(filter: Filter, known: Known): string[] {
  return [...known.features.keys()].filter(id => meets(filter, id, known)).sort();
}

function meets(filter: Filter, id: string, known: Known): boolean {
  if ('all' in filter) return filter.all.every(part => meets(part, id, known));
  if ('any' in filter) return filter.any.some(part => meets(part, id, known));
  if ('not' in filter) return !meets(filter.not, id, known);
  if ('segment' in filter) return oneOf(standing(id, known.rows), filter.segment);
  if ('moved' in filter) return moved(filter.moved, id, known.rows);
  if ('orders' in filter) return orders(filter.orders, id, known.rows);
  if ('events' in filter) return events(filter.events, id, known.rows);
  const { field, is, isNot, known: isKnown, ...bounds } = filter;
  const said = valuesOf(field, id, known);
  if (isKnown !== undefined) return said.length > 0 === isKnown;
  if (isNot !== undefined) return said.length > 0 && said.every(value => !oneOf(String(value), isNot));
  // One record that refuses is enough.
  if (typeof is === 'boolean')
    return said.length > 0 && (said.every(value => value === true || value === 1) ? is : !is);
  if (typeof is === 'number') return said.some(value => value === is);
  if (is !== undefined) return said.some(value => oneOf(String(value), is));
  return said.some(value => within(Number(value), bounds));
}

/** Every value that a customer has of a field; of features and scores one at most. */
function valuesOf(field: string, id: string, { rows, features }: Known): (string | number | boolean)[] {
  const of: unknown[] = [];
  if (field === 'country' || field === 'acquisition_channel' || field === 'accepts_marketing')
    of.push(...rows.customers.filter(row => row.profile_id === id && wasThere(row)).map(row => row[field]));
  else if (field in (rows.scores[0] ?? {})) {
    const mine = rows.scores.filter(row => nowOf(row.profile_id, rows) === id);
    const rank = (named: string) => (named === id ? 0 : 1);
    mine.sort((a, b) => rank(a.profile_id) - rank(b.profile_id) || byBytes(a.profile_id, b.profile_id));
    of.push((mine[0] as Record<string, unknown> | undefined)?.[field]);
  } else of.push(features.get(id)![field]);
  return of.filter(
    (value): value is string | number | boolean =>
      value !== null && value !== undefined && value !== '' && !Number.isNaN(value),
  );
}

const wasThere = ({ created_at }: CustomerRow) => created_at === null || created_at < asOf;

/** The profile that a row's name has become. */
function nowOf(named: string, { identities }: Rows): string {
  return identities.find(({ source, source_id }) => `${source}/${source_id}` === named)?.profile_id ?? named;
}

function standing(id: string, rows: Rows): string | null {
  const mine = rows.placements.filter(row => nowOf(row.profile_id, rows) === id);
  mine.sort((a, b) => (b.confidence ?? -1) - (a.confidence ?? -1) || byBytes(a.profile_id, b.profile_id));
  return mine[0]?.segment_key ?? null;
}

function moved(
  { from, to, within: days, since, until }: MovedGiven['moved'],
  id: string,
  rows: Rows,
): boolean {
  const counts = (date: string) =>
    days !== undefined
      ? date > daysBefore(days)
      : since === undefined && until === undefined
        ? date === asOf
        : (since === undefined || date >= since) && (until === undefined || date < until);
  const when: readonly string[] = dates.refreshes.filter(counts);
  const mine = rows.memberships.filter(row => nowOf(row.profile_id, rows) === id);
  return mine.some(({ segment_key, valid_from }) => {
    if (!when.includes(valid_from) || (to !== undefined && !oneOf(segment_key, to))) return false;
    const left = (stay: StayRow) => stay.valid_to === valid_from && stay.segment_key !== segment_key;
    if (mine.some(stay => left(stay) && (from === undefined || oneOf(stay.segment_key, from)))) return true;
    return from !== undefined && oneOf('new', from) && !mine.some(stay => stay.valid_from < valid_from);
  });
}

function orders(given: OrdersGiven['orders'], id: string, rows: Rows): boolean {
  const found = rows.orders.filter(order => {
    const { ordered_at, status, refunded, refunded_at } = order;
    if (order.profile_id !== id || !inPeriod(ordered_at, given)) return false;
    if (['cancelled', 'canceled', 'voided', 'test'].includes((status ?? '').toLowerCase())) return false;
    const paidBack = refunded_at === null || refunded_at < asOf ? refunded : null;
    const net = Math.max(cents(order.total) - cents(paidBack), 0) / 100;
    if (given.value && !within(net, given.value)) return false;
    if (given.channel && !oneOf(order.channel, given.channel)) return false;
    if (given.coupon && !oneOf(order.coupon_code, given.coupon)) return false;
    if (given.discounted !== undefined && cents(order.discount) > 0 !== given.discounted) return false;
    const { category, product } = given;
    return (
      (category === undefined && product === undefined) ||
      rows.order_lines.some(
        line =>
          line.order_id === order.order_id &&
          (category === undefined || oneOf(line.category, category)) &&
          (product === undefined || isProduct(line, product, rows)),
      )
    );
  });
  return given.count ? within(found.length, given.count) : found.length > 0;
}

/** By its SKU, by its name, or by the name that lines before the date give its SKU. */
function isProduct(
  { sku, product }: { sku: string | null; product?: string | null },
  wanted: string | string[],
  { order_lines }: Rows,
): boolean {
  const value = sku ?? product ?? null;
  const names = order_lines.filter(line => line.sku !== null && line.sku === value && line.ordered_at < asOf);
  return oneOf(value, wanted) || names.some(line => oneOf(line.product, wanted));
}

function events(given: EventsGiven['events'], id: string, rows: Rows): boolean {
  const found = rows.events.filter(
    event =>
      event.profile_id === id &&
      inPeriod(event.occurred_at, given) &&
      oneOf(event.type, given.type) &&
      (given.category === undefined || oneOf(event.category, given.category)) &&
      (given.product === undefined || (event.sku !== '' && isProduct(event, given.product, rows))) &&
      (given.campaign === undefined || oneOf(event.campaign_id, given.campaign)),
  );
  return given.count ? within(found.length, given.count) : found.length > 0;
}

function inPeriod(
  at: string,
  {
    within: days,
    since,
    until,
  }: { within?: number | undefined; since?: string | undefined; until?: string | undefined },
): boolean {
  return (
    at < asOf &&
    (days === undefined || at >= daysBefore(days)) &&
    (since === undefined || at >= since) &&
    (until === undefined || at < until)
  );
}

const daysBefore = (days: number) =>
  new Date(Date.parse(asOf) - days * 86_400_000).toISOString().slice(0, 10);

function oneOf(value: string | null, wanted: string | string[]): boolean {
  if (value === null) return false;
  return [wanted].flat().some(name => name.toUpperCase() === value.toUpperCase());
}

function within(value: number, { atLeast, atMost, above, below }: RangeGiven): boolean {
  return (
    (atLeast === undefined || value >= atLeast) &&
    (atMost === undefined || value <= atMost) &&
    (above === undefined || value > above) &&
    (below === undefined || value < below)
  );
}

const cents = (amount: number | null) => Math.floor(Math.max(amount ?? 0, 0) * 100 + 0.5);
const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
