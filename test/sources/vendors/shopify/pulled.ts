import type { CanonicalRow, Cursor, Page, Stream } from '../../../../src/sources/pull/source.ts';
import { shopifySource } from '../../../../src/sources/vendors/shopify/source.ts';
import type { Connection, Platform } from '../../../../src/vendors/vendor.ts';
import type { CanonicalTable } from '../../../../src/warehouse/schema.ts';
import { canonicalTables } from '../../../../src/warehouse/schema.ts';

export const streamNamed = (name: string): Stream =>
  shopifySource.streams.find(stream => stream.name === name)!;

/** What was stored of pages: rows by their ids, as the warehouse would hold them, and where to go on. */
export interface Stored {
  rows: Record<string, Map<string, CanonicalRow>>;
  cursor: Cursor | null;
  received: number;
  leftOut: Map<string, number>;
}

export const nothingStored = (): Stored => ({ rows: {}, cursor: null, received: 0, leftOut: new Map() });

export function storePage(stored: Stored, page: Page): void {
  // An order that comes with its lines has no others.
  for (const { order_id } of page.rows.orders ?? [])
    for (const [id, line] of stored.rows.order_lines ?? [])
      if (line.order_id === order_id) stored.rows.order_lines!.delete(id);
  for (const [table, rows] of Object.entries(page.rows) as [CanonicalTable, CanonicalRow[]][]) {
    stored.rows[table] ??= new Map();
    for (const row of rows) {
      const id = String(row[canonicalTables[table].id]);
      stored.rows[table].set(id, { ...stored.rows[table].get(id), ...row });
    }
  }
  stored.cursor = page.cursor;
  stored.received += page.received;
  for (const { reason, records } of page.leftOut)
    stored.leftOut.set(reason, (stored.leftOut.get(reason) ?? 0) + records);
}

/** Pulls a stream on from what is stored; `pages` is how many are stored before it is killed. */
export async function pull(
  name: string,
  stored: Stored,
  connection: Connection,
  platform: Platform,
  pages = Number.POSITIVE_INFINITY,
): Promise<Stored> {
  if (pages === 0) return stored;
  let left = pages;
  for await (const page of streamNamed(name).pull(connection, stored.cursor, platform)) {
    storePage(stored, page);
    if (--left <= 0) break;
  }
  return stored;
}

export const rowsOf = (stored: Stored, table: CanonicalTable): CanonicalRow[] =>
  [...(stored.rows[table]?.values() ?? [])].sort((a, b) => {
    const id = canonicalTables[table].id;
    return String(a[id]) < String(b[id]) ? -1 : 1;
  });
