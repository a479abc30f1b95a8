import { bigint, pgSchema, timestamp } from 'drizzle-orm/pg-core';

/** A schema of its own, so that Kindred can live in a database beside others. */
export const kindredState = pgSchema('kindred_state');

export const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });
export const identity = () => bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity();
