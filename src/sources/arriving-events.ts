import type { Suppression } from '../governance/suppression.ts';
import { literal, type Warehouse } from '../warehouse/port.ts';
import { type EventFates, recordArrivals } from './arriving-record.ts';
import { type ArrivingEvent, type ReadEvents, sameEvent } from './arriving-rows.ts';
import { ensureIdentities, reconcile } from './identities.ts';
import { mergeTable } from './merge.ts';
import { erasedReason, type SuppressedList, suppressedList, tellsOfSuppressed } from './suppressed-rows.ts';

export interface Arrived {
  /** For each request. */
  fates: EventFates[];
  /**
   * Whether more changed than that events were added: one that was stored has other content now, or customers were joined.
   */
  upset: boolean;
}

/** Events added in this transaction: profile_id, occurred_at, type, category and sku. Dropped by `forgetArrived`. */
export const arrivedTable = 'arrived_events';

const columns = [
  'event_id',
  'customer_id',
  'occurred_at',
  'type',
  'session_id',
  'category',
  'sku',
  'origin',
  'campaign_id',
] as const satisfies readonly (keyof ArrivingEvent)[];

/**
 * How many of the requests, from the first, can be stored at once: no more rows than `most` (but one request in any case),
 * and none that says something else of an event than one before it, so that each request has its own fate to tell.
 */
export function storableAtOnce(posts: readonly ReadEvents[], most: number): number {
  const known = new Map<string, ArrivingEvent>();
  for (const [i, { events }] of posts.entries()) {
    if (i > 0 && known.size + events.length > most) return i;
    if (events.some(event => known.has(event.event_id) && !sameEvent(known.get(event.event_id)!, event)))
      return i;
    for (const event of events) known.set(event.event_id, event);
  }
  return posts.length;
}

/**
 * Stores what several requests sent, inside a transaction, with the promises of an import: each row has a fate, an id is
 * stored once per source, what came last stands, identities are reconciled, and `imports` and `rejects` tell of it, in a
 * row a day, as a row a request would outgrow what it tells of. The requests must be `storableAtOnce`.
 */
export async function storeEvents(
  tx: Warehouse,
  source: string,
  sent: readonly ReadEvents[],
  now: Date,
  suppression: Suppression | null = null,
): Promise<Arrived> {
  const list = await suppressedList(tx, suppression);
  const posts = list ? sent.map(post => withoutErased(post, source, list)) : sent;
  const rowOf = new Map<string, number>();
  const events: ArrivingEvent[] = [];
  for (const event of posts.flatMap(post => post.events)) {
    if (rowOf.has(event.event_id)) continue;
    rowOf.set(event.event_id, events.push(event) - 1);
  }
  await stage(tx, events);
  const joins = await identify(tx, source);
  // Asked by ids alone: all else of what is stored is read only where an id is there already.
  const known = await tx.query<{ row: number }>(
    `SELECT s.row_number AS "row" FROM staged_events s JOIN events t ON t.source = ${literal(source)} AND t.event_id = s.event_id`,
  );
  const same = new Set(known.map(({ row }) => row));
  const changed = known.length > 0 ? await mergeKnown(tx, source, known) : [];
  for (const row of changed) same.delete(row);
  await add(tx, source, events.length - known.length);
  const fates = posts.map(post => fatesOf(post, rowOf, same));
  await recordArrivals(tx, source, posts, fates, now);
  const upset = joins || changed.length > 0;
  // Added events may wait for the next refresh; features of customers who are no longer these, or of what was not so, not.
  if (upset) await tx.execute('UPDATE feature_tables SET mark = NULL');
  for (const table of ['staged_events', 'known_events']) await tx.execute(`DROP TABLE IF EXISTS ${table}`);
  return { fates, upset };
}

/** Events of erased people are counted, and nothing of them is kept; nor of what was rejected and mentions them. */
function withoutErased(post: ReadEvents, source: string, list: SuppressedList): ReadEvents {
  const taken = new Set(post.rejected.map(({ row }) => row));
  const places = Array.from({ length: post.received }, (_, i) => i + 1).filter(row => !taken.has(row));
  const erased = { reason: erasedReason, content: '' };
  const rejected = post.rejected.map(told =>
    tellsOfSuppressed(list, source, told.content) ? { row: told.row, ...erased } : told,
  );
  const events = post.events.filter((event, i) => {
    if (!list.names(source, { customer: event.customer_id })) return true;
    rejected.push({ row: places[i]!, ...erased });
    return false;
  });
  return { received: post.received, events, rejected: rejected.sort((a, b) => a.row - b.row) };
}

export async function forgetArrived(tx: Warehouse): Promise<void> {
  await tx.execute(`DROP TABLE ${arrivedTable}`);
}

async function stage(tx: Warehouse, events: readonly ArrivingEvent[]): Promise<void> {
  const names = columns.join(', ');
  await tx.execute(
    `CREATE TEMP TABLE staged_events AS SELECT CAST(0 AS BIGINT) AS row_number, ${names} FROM events LIMIT 0`,
  );
  if (events.length === 0) return;
  await tx.append('staged_events', {
    row_number: events.map((_, row) => row),
    ...Object.fromEntries(columns.map(column => [column, events.map(event => event[column])])),
  });
}

/** Gives customers that were not known a profile. Returns whether it joined any to others. */
async function identify(tx: Warehouse, source: string): Promise<boolean> {
  const staged = { table: 'events', name: 'staged_events' } as const;
  // Nothing is known of such an id but itself, so only where another source names it can it be somebody known.
  const [named] = await tx.query(`
    SELECT 1 AS "found" FROM staged_events s JOIN customers c ON c.external_id = s.customer_id
    LEFT JOIN identities i ON i.source = ${literal(source)} AND i.source_id = s.customer_id
    WHERE i.source_id IS NULL LIMIT 1`);
  await ensureIdentities(tx, source, [staged]);
  if (named) await reconcile(tx);
  return named !== undefined;
}

/** Merges those whose id is stored; returns the rows that changed it. What a resent event leaves out stays. */
async function mergeKnown(
  tx: Warehouse,
  source: string,
  known: readonly { row: number }[],
): Promise<number[]> {
  const rows = known.map(({ row }) => row).join(', ');
  await tx.execute(
    `CREATE TEMP TABLE known_events AS SELECT * FROM staged_events WHERE row_number IN (${rows})`,
  );
  await tx.execute(`DELETE FROM staged_events WHERE row_number IN (${rows})`);
  await tx.execute(`DELETE FROM known_events WHERE row_number IN (${await unchanged(tx, source)})`);
  const [left] = await tx.query('SELECT 1 AS "found" FROM known_events LIMIT 1');
  if (!left) return [];
  await mergeTable(tx, { table: 'events', name: 'known_events', columns, fills: true }, source);
  const changed = await tx.query<{ row: number }>(
    'SELECT row_number AS "row" FROM seen_events WHERE changed',
  );
  await tx.execute('DROP TABLE seen_events');
  return changed.map(({ row }) => row);
}

/**
 * A SELECT of the known rows that say nothing new. Such a row has the time of the stored one, so the store need look only
 * where it keeps events of these times: comparing whole rows everywhere takes seconds where there are many millions.
 */
async function unchanged(tx: Warehouse, source: string): Promise<string> {
  const [times] = await tx.query<{ first: string; last: string }>(
    'SELECT CAST(min(occurred_at) AS TEXT) AS "first", CAST(max(occurred_at) AS TEXT) AS "last" FROM known_events',
  );
  const told = columns.map(column => `(k.${column} IS NULL OR k.${column} = t.${column})`);
  return `SELECT k.row_number FROM known_events k JOIN events t ON t.source = ${literal(source)} AND t.event_id = k.event_id
    WHERE t.occurred_at BETWEEN TIMESTAMP '${times!.first}' AND TIMESTAMP '${times!.last}' AND ${told.join(' AND ')}`;
}

async function add(tx: Warehouse, source: string, expected: number): Promise<void> {
  const customer = `identities i ON i.source = ${literal(source)} AND i.source_id = s.customer_id`;
  const added = await tx.execute(`
    INSERT INTO events (source, profile_id, ${columns.join(', ')})
    SELECT ${literal(source)}, i.profile_id, ${columns.map(column => `s.${column}`).join(', ')}
    FROM staged_events s JOIN ${customer}`);
  if (added !== expected) throw new Error(`Of ${expected} new events, ${added} were added.`);
  await tx.execute(`
    CREATE TEMP TABLE ${arrivedTable} AS
    SELECT i.profile_id, s.occurred_at, s.type, s.category, s.sku FROM staged_events s JOIN ${customer}`);
}

/** An event that came in an earlier request of these is there already by the time of a later one. */
function fatesOf(
  { received, events, rejected }: ReadEvents,
  rowOf: Map<string, number>,
  same: ReadonlySet<number>,
): EventFates {
  let stored = 0;
  for (const { event_id } of events) {
    const row = rowOf.get(event_id);
    if (row !== undefined && !same.has(row)) stored++;
    rowOf.delete(event_id);
  }
  const alreadyThere = events.length - stored;
  if (stored + rejected.length + alreadyThere !== received)
    throw new Error(`Of ${received} events, ${stored + rejected.length + alreadyThere} had a fate.`);
  return { received, stored, rejected: rejected.length, alreadyThere };
}
