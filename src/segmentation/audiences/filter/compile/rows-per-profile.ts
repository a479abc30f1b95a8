import { type AsOf, bind } from '../../../../features/as-of.ts';
import { literal, type Warehouse } from '../../../../warehouse/port.ts';

/**
 * Profiles may have been joined since their rows were written: a row follows the id that its profile was named after.
 * A SELECT of the names that are no profile's own any more, and the profiles that they belong to.
 */
const joined = `SELECT source || '/' || source_id AS named, profile_id FROM identities
    WHERE profile_id <> source || '/' || source_id`;

const mine = (owner: string) => `owner = ${literal(owner)} AND as_of = {as_of}`;

/** Whether any row of the date has to follow another id; where none has, reading them is several times faster. */
export async function readJoined(tx: Warehouse, owner: string, asOf: AsOf): Promise<boolean> {
  // To hold every id to every row takes longer than to see that no profile was ever joined.
  if ((await tx.query(`SELECT 1 AS found FROM (${joined}) AS joined LIMIT 1`)).length === 0) return false;
  const rows = (table: string) =>
    `SELECT 1 AS found FROM ${table} AS p JOIN (${joined}) AS joined ON joined.named = p.profile_id WHERE ${mine(owner)}`;
  const found = await tx.query(bind(`${rows('placements')} UNION ALL ${rows('scores')} LIMIT 1`, asOf));
  return found.length > 0;
}

/**
 * A SELECT of profile_id, segment_key and confidence: where everybody stands. Of several who became one person the surest
 * counts.
 *
 * @param follows as `readJoined` says
 */
export function standingRows(owner: string, follows = true): string {
  if (!follows) return `SELECT profile_id, segment_key, confidence FROM placements WHERE ${mine(owner)}`;
  return `SELECT profile_id, segment_key, confidence FROM (
  SELECT coalesce(joined.profile_id, p.profile_id) AS profile_id, p.segment_key, p.confidence, row_number() OVER (
    PARTITION BY coalesce(joined.profile_id, p.profile_id)
    ORDER BY p.confidence DESC NULLS LAST, p.profile_id COLLATE "C") AS rank
  FROM placements AS p LEFT JOIN (
    ${joined}) AS joined ON joined.named = p.profile_id
  WHERE ${mine(owner)}) AS ranked
WHERE rank = 1`;
}

/**
 * A SELECT of profile_id and scores. Of several who became one person, what was predicted of the profile's own id counts.
 *
 * @param follows as `readJoined` says
 */
export function scoreRows(owner: string, columns: readonly string[], follows = true): string {
  if (!follows) return `SELECT profile_id, ${columns.join(', ')} FROM scores WHERE ${mine(owner)}`;
  return `SELECT profile_id, ${columns.join(', ')} FROM (
  SELECT coalesce(joined.profile_id, p.profile_id) AS profile_id, ${columns.map(name => `p.${name}`).join(', ')},
    row_number() OVER (
      PARTITION BY coalesce(joined.profile_id, p.profile_id)
      ORDER BY CASE WHEN joined.profile_id IS NULL THEN 0 ELSE 1 END, p.profile_id COLLATE "C") AS rank
  FROM scores AS p LEFT JOIN (
    ${joined}) AS joined ON joined.named = p.profile_id
  WHERE ${mine(owner)}) AS ranked
WHERE rank = 1`;
}

/** A SELECT of profile_id, segment_key, valid_from and valid_to: who was in which segment, when. */
export function stayRows(owner: string): string {
  return `SELECT coalesce(joined.profile_id, p.profile_id) AS profile_id, p.segment_key, p.valid_from, p.valid_to
  FROM memberships AS p LEFT JOIN (
    ${joined}) AS joined ON joined.named = p.profile_id
  WHERE p.owner = ${literal(owner)}`;
}
