import { literal, type Warehouse } from '../../warehouse/port.ts';
import { timestamp } from './timestamp.ts';

/**
 * Brings the intervals to the placements of a date, inside a transaction: closed where somebody stands elsewhere or
 * nowhere now, opened where nobody's runs. A quiet date costs few rows.
 *
 * @param anew true where keys of now have nothing to do with equal keys of before: then all intervals begin again
 */
export async function updateIntervals(
  tx: Warehouse,
  { owner, asOf, modelId, anew }: { owner: string; asOf: string; modelId: string; anew: boolean },
): Promise<void> {
  const at = timestamp(asOf);
  const mine = literal(owner);
  const placed = `SELECT 1 FROM placements p
    WHERE p.owner = ${mine} AND p.as_of = ${at} AND p.profile_id = memberships.profile_id
      AND p.segment_key = memberships.segment_key`;
  await tx.execute(`UPDATE memberships SET valid_to = ${at}
WHERE owner = ${mine} AND valid_to IS NULL AND ${anew ? 'TRUE' : `NOT EXISTS (${placed})`}`);
  await tx.execute(`INSERT INTO memberships (owner, profile_id, segment_key, valid_from, valid_to, model_id, confidence)
SELECT p.owner, p.profile_id, p.segment_key, p.as_of, CAST(NULL AS TIMESTAMP), ${literal(modelId)}, p.confidence
FROM placements p
WHERE p.owner = ${mine} AND p.as_of = ${at} AND NOT EXISTS (
  SELECT 1 FROM memberships m
  WHERE m.owner = ${mine} AND m.valid_to IS NULL AND m.profile_id = p.profile_id AND m.segment_key = p.segment_key)
ORDER BY p.profile_id COLLATE "C"`);
}

/** Moves of a date between two segments that lead back to one left at one of the dates before. */
export async function countReturns(
  tx: Warehouse,
  { owner, asOf, since, keys }: { owner: string; asOf: string; since: string; keys: readonly string[] },
): Promise<number> {
  const segments = `(${keys.map(literal).join(', ')})`;
  const mine = `owner = ${literal(owner)}`;
  const [row] = await tx.query<{ returns: number }>(`SELECT count(*) AS returns
FROM (SELECT profile_id, segment_key FROM memberships
  WHERE ${mine} AND valid_from = ${timestamp(asOf)} AND segment_key IN ${segments}) AS entered
WHERE EXISTS (
  SELECT 1 FROM memberships AS earlier WHERE ${mine} AND earlier.profile_id = entered.profile_id
    AND earlier.segment_key = entered.segment_key AND earlier.valid_to >= ${timestamp(since)}
    AND earlier.valid_to < ${timestamp(asOf)})
AND EXISTS (
  SELECT 1 FROM memberships AS left_now WHERE ${mine} AND left_now.profile_id = entered.profile_id
    AND left_now.valid_to = ${timestamp(asOf)} AND left_now.segment_key IN ${segments})`);
  return row?.returns ?? 0;
}
