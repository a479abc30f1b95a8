import { newcomer } from '../../../refresh/record.ts';
import type { MovedClause } from '../resolved.ts';
import { isOneOf, type Query } from './query.ts';
import { stayRows } from './rows-per-profile.ts';

/** The condition of standing in one of the segments; never NULL. */
export function compileSegment(keys: readonly string[], query: Query): string {
  return `coalesce(${isOneOf(`${query.known()}.segment_key`, keys, query)}, FALSE)`;
}

/**
 * The condition of having changed segment at one of the dates; never NULL. Who left a segment at a date entered another
 * at the same; who had not bought before left none, and counts where "new" is asked for by name.
 */
export function compileMoved({ from, to, dates }: MovedClause, owner: string, query: Query): string {
  const stays = stayRows(owner);
  const days = dates.map(query.day).join(', ');
  const entered = [
    `entered.valid_from IN (${days})`,
    ...(to ? [isOneOf('entered.segment_key', to, query)] : []),
  ].join(' AND ');
  const left = from?.filter(key => key !== newcomer);
  const parts: string[] = [];
  if (!left || left.length > 0)
    parts.push(`SELECT entered.profile_id FROM stays AS entered JOIN stays AS past
      ON past.profile_id = entered.profile_id AND past.valid_to = entered.valid_from
        AND past.segment_key <> entered.segment_key
    WHERE ${entered}${left ? ` AND ${isOneOf('past.segment_key', left, query)}` : ''}`);
  if (from?.includes(newcomer))
    parts.push(`SELECT entered.profile_id FROM stays AS entered
    WHERE ${entered} AND NOT EXISTS (
      SELECT 1 FROM stays AS past
      WHERE past.profile_id = entered.profile_id AND past.valid_from < entered.valid_from)`);
  const name = query.join(`SELECT DISTINCT profile_id FROM (
    WITH stays AS (${stays})
    ${parts.join('\n    UNION ALL\n    ')}) AS moved`);
  return `${name}.profile_id IS NOT NULL`;
}
