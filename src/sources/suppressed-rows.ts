import { OperatorError } from '../errors.ts';
import type { SuppressedKind, Suppression } from '../governance/suppression.ts';
import { identifier, type Warehouse } from '../warehouse/port.ts';
import type { StagedRows } from './merge.ts';

/** The fate of rows that nothing is kept of. */
export const erasedReason = 'of a person who was erased';

/** The list of people who were erased. */
export interface SuppressedList {
  /** Entries when it was read. */
  known: number;
  has(kind: SuppressedKind, value: string): boolean;
  /** Whether any of what names a customer in a row of a source is on the list. */
  names(source: string, who: Who): boolean;
  /** Puts what else turned out to be of somebody on the list there too. */
  add(kind: SuppressedKind, value: string): void;
  save(tx: Warehouse, at: Date): Promise<void>;
}

/** What a row says of who it is about, and of its order. */
export interface Who {
  customer?: string | null;
  email?: string | null;
  phone?: string | null;
  external?: string | null;
  order?: string | null;
}

/**
 * null where nobody is on it, which costs one small query.
 *
 * @throws OperatorError where it was written with another key than this, or there is none: then nobody on it would be known
 */
export async function suppressedList(
  tx: Pick<Warehouse, 'query'>,
  suppression: Suppression | null,
): Promise<SuppressedList | null> {
  const [any] = await tx.query('SELECT 1 AS "found" FROM suppressed LIMIT 1');
  if (!any) return null;
  const marks = await tx.query<{ mark: string }>('SELECT DISTINCT key_mark AS "mark" FROM suppressed');
  if (!suppression || marks.some(({ mark }) => mark !== suppression.mark))
    throw new OperatorError(
      `People were erased from this shop, and they are known again by ${suppression ? 'another KINDRED_KEY than the one that is set' : 'KINDRED_KEY, which is not set'}: nothing was stored, as it could be about them.`,
      'Set the KINDRED_KEY that was set when they were erased, and try again.',
    );
  const rows = await tx.query<{ hash: string }>('SELECT hash AS "hash" FROM suppressed');
  const hashes = new Set(rows.map(({ hash }) => hash));
  const added = new Set<string>();
  const has = (kind: SuppressedKind, value: string) => hashes.has(suppression.hash(kind, value));
  return {
    known: rows.length,
    has,
    names(source, { customer, email, phone, external, order }) {
      if (email?.includes('@') && has('email', email)) return true;
      if (phone && has('phone', phoneOf(source, phone))) return true;
      if (external && has('id', externalId(external))) return true;
      if (order && has('id', orderOf(source, order))) return true;
      if (!customer) return false;
      return has('id', `${source}/${customer}`) || (customer.includes('@') && has('email', customer));
    },
    add(kind, value) {
      const hash = suppression.hash(kind, value);
      if (hashes.has(hash)) return;
      hashes.add(hash);
      added.add(hash);
    },
    async save(tx, at) {
      await putOnList(tx, suppression, [...added], at);
      added.clear();
    },
  };
}

/** @throws OperatorError where another process put somebody on the list after it was read: rows may be of them. */
export async function refuseErasedSince(
  tx: Pick<Warehouse, 'query'>,
  list: SuppressedList | null,
): Promise<void> {
  const [now] = await tx.query<{ known: number }>('SELECT count(*) AS "known" FROM suppressed');
  if (now!.known !== (list?.known ?? 0))
    throw new OperatorError(
      'Somebody was erased while the file was read: nothing of it was stored, as it could be about them.',
      'Import it again.',
    );
}

export async function putOnList(
  tx: Warehouse,
  { mark }: Suppression,
  hashes: readonly string[],
  at: Date,
): Promise<void> {
  if (hashes.length === 0) return;
  const since = at.toISOString().replace('T', ' ').replace('Z', '');
  await tx.append('suppressed', {
    hash: hashes,
    key_mark: hashes.map(() => mark),
    since: hashes.map(() => since),
  });
}

/** As identities know phone numbers: one without a country is one of its source only. */
export const phoneOf = (source: string, phone: string) =>
  phone.startsWith('+') ? phone : `${source}:${phone}`;
/** An id by which another source knows them, whichever that is. */
export const externalId = (id: string) => `*/${id}`;
/** Orders are on the list too, as lines that come by themselves name nothing else. */
export const orderOf = (source: string, order: string) => `${source}/order/${order}`;

/**
 * Takes rows of people who were erased out of staged tables, before any of them is merged. What a row tells of them beyond
 * what is known (another account with the same address) goes on the list, so that later rows are known by it.
 *
 * @param staged temporary tables of one page or file, customers and orders before what refers to them
 * @returns the rows that were taken out
 */
export async function dropSuppressed(
  tx: Warehouse,
  suppression: Suppression | null,
  source: string,
  staged: readonly StagedRows[],
  at: Date,
): Promise<number> {
  const list = await suppressedList(tx, suppression);
  if (!list) return 0;
  let dropped = 0;
  for (const rows of staged) {
    const found = await suppressedRows(tx, list, source, rows);
    for (let start = 0; start < found.length; start += 10_000)
      dropped += await tx.execute(
        `DELETE FROM ${rows.name} WHERE row_number IN (${found.slice(start, start + 10_000).join(', ')})`,
      );
  }
  await list.save(tx, at);
  return dropped;
}

/** The row numbers of staged rows that are of erased people. */
async function suppressedRows(
  tx: Warehouse,
  list: SuppressedList,
  source: string,
  { table, name, columns }: StagedRows,
): Promise<number[]> {
  const telling = { customer: 'customer_id', email: 'email', phone: 'phone', external: 'external_id' };
  const asked = Object.entries({
    ...telling,
    ...(table === 'orders' || table === 'order_lines' ? { order: 'order_id' } : {}),
  }).filter(([, column]) => columns.includes(column));
  if (asked.length === 0) return [];
  const values = asked.map(([key, column]) => `${identifier(column)} AS ${identifier(key)}`);
  const distinct = await tx.query<Who & { rows: string }>(
    `SELECT ${values.join(', ')}, string_agg(CAST(row_number AS TEXT), ',') AS "rows" FROM ${name} GROUP BY ${asked.map(([, column]) => identifier(column)).join(', ')}`,
  );
  const numbers: number[] = [];
  for (const { rows, ...who } of distinct) {
    if (!list.names(source, who)) continue;
    for (const row of rows.split(',')) numbers.push(Number(row));
    noteWho(list, source, { ...who, order: table === 'orders' ? who.order : null });
  }
  return numbers;
}

/** Other accounts with the same address are the same person, and so are the orders of each. */
export function noteWho(list: SuppressedList, source: string, { customer, order }: Who): void {
  if (customer) list.add('id', `${source}/${customer}`);
  if (order) list.add('id', orderOf(source, order));
}

/** Whether a text that is to be kept as it came names anybody on the list: JSON, or a line of a file. */
export function tellsOfSuppressed(list: SuppressedList, source: string, text: string): boolean {
  const parts = new Set(text.split(/["\s,;|<>{}[\]\\]+/).concat(text.split(/"\s*[:,]\s*"|["{}]+/)));
  for (const part of parts) {
    const value = part.trim();
    if (value === '') continue;
    if (list.names(source, { customer: value, email: value, external: value })) return true;
    if (/^\+?[\d\s()./-]{7,25}$/.test(value)) {
      const digits = value.replaceAll(/[^0-9+]/g, '');
      if (list.names(source, { phone: digits, order: value })) return true;
    } else if (list.names(source, { order: value })) return true;
  }
  return false;
}
