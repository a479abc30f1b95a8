import { type AsOf, bind, dayAfter, daysBetween } from '../features/as-of.ts';
import { availabilityBy, availableFeatures, heldEvidence } from '../features/availability.ts';
import { coreClasses, type FeatureClass } from '../features/feature.ts';
import { factOfRows } from '../features/kept-facts.ts';
import { isPurchase } from '../features/purchases.ts';
import { type OrderSpan, orderSpan } from '../features/span.ts';
import type { Warehouse } from '../warehouse/port.ts';
import type { OverlayId } from './overlays/overlay.ts';
import { overlayOf, overlays } from './overlays/overlays.ts';
import { type ImportSummary, measureTables, summariseImports, type TableMeasure } from './stored-rows.ts';
import { capitalised, formatCount, formatSize } from './wording.ts';

/** What the stored data can carry, as of a date. Shares are 0..1. */
export interface Readiness {
  /** null where there are no orders and no date was given. */
  asOf: string | null;
  customers: { profiles: number; buyers: number; withoutOrders: number };
  /** `notPurchases`: cancelled, voided and test orders, which count nowhere else. */
  orders: { purchases: number; notPurchases: number; span: OrderSpan | null };
  /** Months from the first to the last order. */
  months: number;
  currencies: { currency: string | null; orders: number }[];
  /** The one currency; null where there is none or several. */
  currency: string | null;
  tables: TableMeasure[];
  imports: ImportSummary;
  classes: ClassReadiness[];
  /** Below the line, classical RFM serves better; `why` says what is below it. Empty where there is enough. */
  verdict: { enough: boolean; why: string[] };
  /** What else a person should know before trusting the result. */
  notes: string[];
}

export interface ClassReadiness {
  class: FeatureClass;
  /** Whether any feature of the class that groups customers can be had. */
  present: boolean;
  available: string[];
  missing: { id: string; label: string; why: string }[];
  /** What the missing data would add. */
  brings: string;
}

/** The line below which groups are too few and too young to tell from chance. */
const enoughBuyers = 5000;
const enoughMonths = 3;

const brings: Readonly<Record<FeatureClass, string>> = {
  transaction:
    'Order lines with categories, discounts, channels and returns tell loyalists of one category from explorers, and bargain seekers from those who pay the full price.',
  browse:
    'Visits and carts (Product Viewed, Product Added, Checkout Started) show window browsers, abandoned carts and interest before it becomes an order.',
  engagement:
    'E-mail events (Email Delivered, Email Opened, Email Link Clicked, Unsubscribed) show who can still be reached, which tells lapsed customers from lost ones.',
  service:
    'Support tickets, with their kind and a satisfaction score, show who leaves because something went wrong.',
  lifecycle: 'Sign-up dates of customers show how long it takes from signing up to a first order.',
  stays:
    'Arrival and departure, the size of the party, cancelled bookings and the channel tell business travellers from weekend couples, families from last-minute bookers.',
  plans:
    'The level of the plan paid for and failed payments (Payment Failed) show who grows, who gives up levels and who leaves by a card that ran out.',
  usage:
    'Days of use (Logged In, App Opened, Feature Used) show who gets something for what they pay, and who has stopped before they cancel.',
  accounts:
    'The size of accounts, the time of renewals and meetings (Meeting Held, Call Held) show which contracts are safe and which need a visit.',
};

/** Measures what the data can carry in a sector. Without a date: as of the day after the last order. */
export async function readiness(
  warehouse: Warehouse,
  asOf?: AsOf,
  overlay: OverlayId = 'ecommerce',
): Promise<Readiness> {
  const span = await orderSpan(warehouse, asOf);
  const date = asOf ?? (span && dayAfter(span.last));
  const seen = (at: string) => (date === null ? 'TRUE' : bind(`${at} < {as_of}`, date));
  const customers = await countCustomers(warehouse, date);
  const orders = { ...(await countOrders(warehouse, seen('ordered_at'))), span };
  const currencies = await countCurrencies(warehouse, seen('ordered_at'));
  const named = currencies.filter(({ currency }) => currency !== null);
  const months = span ? monthsBetween(span) : 0;
  const imports = await summariseImports(warehouse);
  const tables = await measureTables(warehouse, seen);
  return {
    asOf: date,
    customers,
    orders,
    months,
    currencies,
    currency: onlyCurrency(currencies),
    tables,
    imports,
    classes: await classesOf(warehouse, date ?? undefined, overlay),
    verdict: verdictOf(customers.buyers, months),
    notes: [...notesOn(span, named.length, imports), ...otherSectors(tables, overlay)],
  };
}

/** When a profile shows for the first time. */
const traces = [
  { table: 'customers', at: 'created_at' },
  { table: 'orders', at: 'ordered_at' },
  { table: 'events', at: 'occurred_at' },
  { table: 'tickets', at: 'opened_at' },
];

/** Profiles that had come before the date; those of which nothing is dated were always there. Without a date: all. */
export async function countProfiles(warehouse: Warehouse, asOf: AsOf | null): Promise<number> {
  const firsts = traces.map(
    ({ table, at }) =>
      `SELECT profile_id, min(${at}) AS first_at FROM ${table} WHERE profile_id IS NOT NULL GROUP BY profile_id`,
  );
  const come = asOf === null ? 'TRUE' : bind('(first_at IS NULL OR first_at < {as_of})', asOf);
  // A join, as Postgres looks a NOT IN of many rows through again and again.
  const [known] = await warehouse.query<{ profiles: number }>(
    `SELECT count(*) AS profiles FROM (
       SELECT profile_id FROM identities UNION SELECT profile_id FROM customers UNION SELECT profile_id FROM orders
     ) AS known LEFT JOIN (
       SELECT profile_id, min(first_at) AS first_at FROM (${firsts.join(' UNION ALL ')}) AS traces GROUP BY profile_id
     ) AS dated ON dated.profile_id = known.profile_id
     WHERE known.profile_id IS NOT NULL AND ${come}`,
  );
  return known?.profiles ?? 0;
}

async function countCustomers(warehouse: Warehouse, asOf: AsOf | null): Promise<Readiness['customers']> {
  const seen = asOf === null ? 'TRUE' : bind('ordered_at < {as_of}', asOf);
  const buyers = await countBuyers(warehouse, seen);
  const profiles = await countProfiles(warehouse, asOf);
  return { profiles, buyers, withoutOrders: profiles - buyers };
}

export async function countBuyers(warehouse: Warehouse, seen: string): Promise<number> {
  const [bought] = await warehouse.query<{ buyers: number }>(
    `SELECT count(DISTINCT profile_id) AS buyers FROM orders WHERE ${isPurchase} AND ${seen}`,
  );
  return bought?.buyers ?? 0;
}

export async function countOrders(
  warehouse: Warehouse,
  seen: string,
): Promise<{ purchases: number; notPurchases: number }> {
  const [row] = await warehouse.query<{ all_orders: number; purchases: number }>(
    `SELECT count(*) AS all_orders, count(CASE WHEN ${isPurchase} THEN 1 END) AS purchases FROM orders WHERE ${seen}`,
  );
  const purchases = row?.purchases ?? 0;
  return { purchases, notPurchases: (row?.all_orders ?? 0) - purchases };
}

/** The one currency; null where there is none or several. */
export function onlyCurrency(currencies: Readiness['currencies']): string | null {
  const named = currencies.filter(({ currency }) => currency !== null);
  return named.length === 1 ? named[0]!.currency : null;
}

export async function countCurrencies(warehouse: Warehouse, seen: string): Promise<Readiness['currencies']> {
  return warehouse.query(
    `SELECT currency, count(*) AS orders FROM orders WHERE ${isPurchase} AND ${seen}
     GROUP BY currency ORDER BY count(*) DESC, currency COLLATE "C"`,
  );
}

export async function classesOf(
  warehouse: Warehouse,
  asOf: AsOf | undefined,
  overlay: OverlayId,
): Promise<ClassReadiness[]> {
  const { adds } = overlayOf(overlay);
  const { available, missing } =
    asOf === undefined
      ? await availableFeatures(warehouse, asOf, adds)
      : availabilityBy(await factOfRows(warehouse, heldEvidence(adds), asOf), adds);
  return [...coreClasses, ...adds].map(name => ({
    class: name,
    present: available.some(feature => feature.class === name && feature.clusters),
    available: available.filter(feature => feature.class === name).map(feature => feature.id),
    missing: missing
      .filter(({ feature }) => feature.class === name)
      .map(({ feature, why }) => ({ id: feature.id, label: feature.label, why })),
    brings: brings[name],
  }));
}

export function monthsBetween({ first, last }: OrderSpan): number {
  const days = daysBetween(first, last) + 1;
  return Math.round((10 * days) / 30.4375) / 10;
}

export function verdictOf(buyers: number, months: number): Readiness['verdict'] {
  const why: string[] = [];
  if (buyers < enoughBuyers) {
    why.push(
      `${capitalised(formatSize(buyers))} customers have bought; below ${formatCount(enoughBuyers)}, classical RFM segments serve better.`,
    );
  }
  if (months < enoughMonths) {
    why.push(
      `The orders span ${months} ${months === 1 ? 'month' : 'months'}; below ${enoughMonths} months, classical RFM segments serve better.`,
    );
  }
  return { enough: why.length === 0, why };
}

function notesOn(span: OrderSpan | null, currencies: number, imports: ImportSummary): string[] {
  const notes: string[] = [];
  const odd = span ? span.odd.before + span.odd.after : 0;
  if (span && odd > 0) {
    notes.push(
      `${formatCount(odd)} ${odd === 1 ? 'order is' : 'orders are'} dated years away from all others, which span ${span.first} to ${span.last}. Correct the dates at the source; until then they may mislead the features of those customers.`,
    );
  }
  if (currencies > 1) {
    notes.push(
      'Orders are in several currencies. Amounts are added as they stand, so import one currency at a time, or convert first.',
    );
  }
  if (imports.rowsIn > 0 && imports.rejected / imports.rowsIn > 0.1) {
    notes.push(
      `${Math.round((100 * imports.rejected) / imports.rowsIn)} % of the imported rows were rejected; \`kindred rejects\` shows why.`,
    );
  }
  return notes;
}

/** Data of a sector that was not asked for would help more than it does. */
function otherSectors(tables: readonly TableMeasure[], asked: OverlayId): string[] {
  const filled = new Set(
    tables.flatMap(({ table, blanks }) =>
      blanks.flatMap(({ column, share }) => (share < 1 ? [`${table}.${column}`] : [])),
    ),
  );
  return overlays
    .filter(({ id, told }) => id !== asked && told.some(column => filled.has(column)))
    .map(({ id, title }) => `The data holds ${title}: \`--overlay ${id}\` looks at them as such.`);
}
