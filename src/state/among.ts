import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';

/** The condition that a column of text holds one of many values: one parameter, however many there are. */
export function among(column: PgColumn, values: readonly string[]): SQL {
  return sql`${column} IN (SELECT jsonb_array_elements_text((${JSON.stringify(values)}::text)::jsonb))`;
}
