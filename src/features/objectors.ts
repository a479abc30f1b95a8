import { consentWords } from '../governance/consent-words.ts';
import type { Warehouse } from '../warehouse/port.ts';
import type { canonicalTables } from '../warehouse/schema.ts';
import { list } from './expressions.ts';

/**
 * A SELECT of profile_id: who objects to profiling, by the latest that they stated; a no counts where a yes came at the same
 * moment. What was stated after the date that a computation looks from counts too: an objection holds for the past as well.
 */
export function objectorsSql(): string {
  const { states, purposes } = consentWords;
  const last = (words: readonly string[]) =>
    `max(CASE WHEN lower(trim(state)) IN ${list(words)} THEN coalesce(stated_at, TIMESTAMP '1970-01-01 00:00:00') END)`;
  return `SELECT profile_id FROM consents
  WHERE profile_id IS NOT NULL AND lower(trim(purpose)) IN ${list(purposes.profiling)}
  GROUP BY profile_id
  HAVING ${last(states.no)} >= coalesce(${last(states.yes)}, TIMESTAMP '1970-01-01 00:00:00')`;
}

/** Whether anybody objects to profiling. */
export async function anyObjects(warehouse: Pick<Warehouse, 'query'>): Promise<boolean> {
  const found = await warehouse.query(`SELECT 1 AS "found" FROM (${objectorsSql()}) AS objectors LIMIT 1`);
  return found.length > 0;
}

/**
 * A CTE that hides the orders of who objects to profiling. Buyers are who has orders, so that with it nobody of them has
 * features, predictions or a place in a model.
 *
 * @param orders the rows that are left already, as of a part of the shop
 */
export function ordersOfProfiled(orders = 'orders'): string {
  return `${canonicalOrders} AS NOT MATERIALIZED (SELECT * FROM ${orders} WHERE profile_id NOT IN (${objectorsSql()}))`;
}

const canonicalOrders = 'orders' satisfies keyof typeof canonicalTables;
