import { consentWords } from '../governance/consent-words.ts';
import type { Warehouse } from '../warehouse/port.ts';
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

/** For a WHERE: that the profile of this column does not object to profiling, also where the segments do not know it yet. */
export function objectsNot(profileId: string): string {
  return `NOT EXISTS (SELECT 1 FROM (${objectorsSql()}) AS objector WHERE objector.profile_id = ${profileId})`;
}

/** Whether anybody objects to profiling. */
export async function anyObjects(warehouse: Pick<Warehouse, 'query'>): Promise<boolean> {
  const found = await warehouse.query(`SELECT 1 AS "found" FROM (${objectorsSql()}) AS objectors LIMIT 1`);
  return found.length > 0;
}
