import { jsonb, text } from 'drizzle-orm/pg-core';
import { identity, kindredState, moment } from './columns.ts';

/** Wishes to be forgotten, each until all who were told of the person have forgotten them. Never says who. */
export const erasures = kindredState.table('erasures', {
  id: identity(),
  requestedAt: moment('requested_at').notNull(),
  requestedBy: text('requested_by').notNull(),
  /** The person, sealed with the key of the environment; null once nothing is pending. */
  person: text(),
  /** Connections that have yet to forget them. */
  pending: jsonb().$type<string[]>().notNull(),
  /** What was removed where: rows by table, and what destinations said. */
  done: jsonb().$type<Record<string, number | string>>().notNull(),
  finishedAt: moment('finished_at'),
});
