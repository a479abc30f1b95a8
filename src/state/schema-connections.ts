import { bigint, jsonb, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Cursor } from '../sources/pull/source.ts';
import type { VendorName } from '../vendors/vendor.ts';
import { kindredState, moment } from './columns.ts';

/** The shop's own tools, and how to get into them. */
export const connections = kindredState.table('connections', {
  name: text().primaryKey(),
  vendor: text().$type<VendorName>().notNull(),
  settings: jsonb().$type<Record<string, string>>().notNull(),
  /** Sealed with the key of the environment. */
  secrets: text().notNull(),
  /** Who was there when it was tested, in words. */
  account: text().notNull(),
  createdAt: moment('created_at').notNull(),
  createdBy: text('created_by').notNull(),
});

/** How far each stream of a connection was pulled. */
export const pulls = kindredState.table(
  'pulls',
  {
    connection: text()
      .notNull()
      .references(() => connections.name, { onDelete: 'cascade' }),
    stream: text().notNull(),
    cursor: jsonb().$type<Cursor>().notNull(),
    /** Of all pages so far: received = stored + already there + rejected + left out. */
    received: bigint({ mode: 'number' }).notNull(),
    /** When the stream was last pulled to its end; null before. */
    completeAt: moment('complete_at'),
    storedAt: moment('stored_at').notNull(),
  },
  table => [primaryKey({ columns: [table.connection, table.stream] })],
);
