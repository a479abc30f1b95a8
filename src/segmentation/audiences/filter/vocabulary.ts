import { type AsOf, bind } from '../../../features/as-of.ts';
import { keptFact } from '../../../features/kept-facts.ts';
import { literal, type Warehouse } from '../../../warehouse/port.ts';
import type { Field } from './fields.ts';

/** Columns whose words a filter may say. */
export type VocabularyOf =
  | 'event-type'
  | 'event-category'
  | 'event-product'
  | 'campaign'
  | 'order-category'
  | 'order-product'
  | 'channel'
  | 'coupon';

/** A name that may be said, and the value of the column that it stands for. */
export interface Entry {
  name: string;
  value: string;
}

// Rows of nobody count: to leave them out would mean to read one more column of every event.
const words = (column: string, table: string, at: string) =>
  `SELECT DISTINCT ${column} AS name, ${column} AS value FROM ${table} WHERE ${at} < {as_of} AND ${column} <> ''`;
const ofEvents = (column: string) => words(column, 'events', 'occurred_at');
const ofOrders = (column: string) => words(column, 'orders', 'ordered_at');
const ofLines = (column: string) => words(column, 'order_lines', 'ordered_at');

/** What a line is of, in SQL over `order_lines`. */
export const productOfLine = 'coalesce(sku, product)';

const sources: Readonly<Record<VocabularyOf, string>> = {
  'event-type': ofEvents('type'),
  'event-category': ofEvents('category'),
  campaign: ofEvents('campaign_id'),
  channel: ofOrders('channel'),
  coupon: ofOrders('coupon_code'),
  'order-category': ofLines('category'),
  'order-product': `${ofLines(productOfLine)}
UNION SELECT DISTINCT product AS name, sku AS value FROM order_lines
WHERE ordered_at < {as_of} AND product <> '' AND sku <> ''`,
  // Events carry SKUs alone; what these are called is known from orders.
  'event-product': `WITH seen AS (${ofEvents('sku')})
SELECT name, value FROM seen
UNION SELECT line.product AS name, line.sku AS value FROM order_lines AS line JOIN seen ON seen.value = line.sku
WHERE line.ordered_at < {as_of} AND line.product <> ''`,
};

/** What was read of columns, by what was read. */
export type KeptWords = Map<string, Promise<Entry[]>>;

/** Of each warehouse the latest, as events are many and their words few. */
const latest = new WeakMap<Warehouse, { of: string; words: KeptWords }>();

/**
 * What was read of a warehouse's columns, for as long as the rows are the same, so that a server reads millions of events
 * once for many questions.
 *
 * @param mark of the rows, as `markOfRows` says; null where it cannot be told whether they are the same
 */
export function keptWords(warehouse: Warehouse, mark: string | null, asOf: AsOf): KeptWords {
  const of = `${mark} ${asOf}`;
  const kept = latest.get(warehouse);
  if (mark !== null && kept?.of === of) return kept.words;
  const words: KeptWords = new Map();
  if (mark !== null) latest.set(warehouse, { of, words });
  return words;
}

export const vocabularies = Object.keys(sources) as VocabularyOf[];

/** What a column holds before a date, in the order of names; kept until anything comes. */
export async function readVocabulary(tx: Warehouse, of: VocabularyOf, asOf: AsOf): Promise<Entry[]> {
  const read = (from: Warehouse, before: AsOf) => entries(from, bind(sources[of], before));
  return keptFact(tx, { name: `words: ${of}`, readBy: sources[of], read }, asOf);
}

/** The words that a field has, of a score or an attribute. */
export async function readFieldWords(
  tx: Warehouse,
  { owner, asOf }: { owner: string; asOf: AsOf },
  { id, kind }: Field,
): Promise<Entry[]> {
  const from =
    kind === 'score'
      ? `scores WHERE owner = ${literal(owner)} AND as_of = {as_of}`
      : `customers WHERE profile_id IS NOT NULL AND ${isCustomer}`;
  return entries(
    tx,
    bind(`SELECT DISTINCT ${id} AS name, ${id} AS value FROM ${from} AND ${id} <> ''`, asOf),
  );
}

/** The condition under which a row of `customers` was there; one without a date counts. */
export const isCustomer = '(created_at IS NULL OR created_at < {as_of})';

async function entries(tx: Warehouse, select: string): Promise<Entry[]> {
  return tx.query<Entry>(`SELECT name AS "name", value AS "value" FROM (${select}) AS entries
ORDER BY name COLLATE "C", value COLLATE "C"`);
}
