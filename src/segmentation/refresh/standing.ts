import type { StoredFeatures } from '../../features/feature-store.ts';
import { literal, type Warehouse } from '../../warehouse/port.ts';
import type { Model } from '../model.ts';
import { setAsideKey } from './record.ts';
import { aside } from './sticky.ts';
import { timestamp } from './timestamp.ts';

/** Where everybody of a feature table stood at the date before: place, segment, candidate, and the id of then. */
export const standing = 'refresh_standing';

/**
 * Makes the table `refresh_standing` of a date's placements. Profiles may have been joined since: a placement follows the
 * id that its profile was named after, and of several that became one person's the surest counts.
 */
export async function writeStanding(
  tx: Warehouse,
  { owner, model, asOf, features }: { owner: string; model: Model; asOf: string; features: StoredFeatures },
): Promise<void> {
  const keys = [...model.segments.map(({ key }, s) => [key, s] as const), [setAsideKey, aside] as const];
  const numbered = keys.map(([key, s]) => `(${literal(key)}, ${s})`).join(', ');
  await tx.execute(`CREATE TEMP TABLE ${standing} AS
WITH stood AS (
  SELECT p.profile_id, own.s AS segment, found.s AS candidate, p.confidence
  FROM placements p
  JOIN (VALUES ${numbered}) AS own (key, s) ON own.key = p.segment_key
  JOIN (VALUES ${numbered}) AS found (key, s) ON found.key = p.candidate_key
  WHERE p.owner = ${literal(owner)} AND p.as_of = ${timestamp(asOf)}
),
placed AS (
  SELECT f.place, s.profile_id, s.segment, s.candidate, s.confidence
  FROM stood s JOIN ${features.table} f ON f.profile_id = s.profile_id
  UNION ALL
  SELECT f.place, s.profile_id, s.segment, s.candidate, s.confidence
  FROM stood s
  JOIN (SELECT source || '/' || source_id AS named, profile_id FROM identities
    WHERE profile_id <> source || '/' || source_id) AS i ON i.named = s.profile_id
  JOIN ${features.table} f ON f.profile_id = i.profile_id
)
SELECT place, segment, candidate, profile_id AS stood_as
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY place ORDER BY confidence DESC NULLS LAST, profile_id COLLATE "C"
  ) AS rank FROM placed
) AS ranked
WHERE rank = 1 ORDER BY place`);
  if (tx.dialect.name === 'postgres') {
    await tx.execute(`CREATE INDEX ON ${standing} (place)`);
    await tx.execute(`ANALYZE ${standing}`);
  }
}

/** How many of a date's placements nobody continues: joined to another profile, or erased; by segment key. */
export async function countGone(
  tx: Warehouse,
  owner: string,
  asOf: string,
): Promise<{ from: string; customers: number }[]> {
  return tx.query(`SELECT segment_key AS "from", count(*) AS customers FROM placements p
WHERE owner = ${literal(owner)} AND as_of = ${timestamp(asOf)}
  AND NOT EXISTS (SELECT 1 FROM ${standing} s WHERE s.stood_as = p.profile_id)
GROUP BY segment_key ORDER BY segment_key COLLATE "C"`);
}
