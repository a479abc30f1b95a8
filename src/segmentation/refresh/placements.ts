import type { StoredFeatures } from '../../features/feature-store.ts';
import { literal, type Warehouse } from '../../warehouse/port.ts';
import type { Model } from '../model.ts';
import { setAsideKey } from './record.ts';
import { aside } from './sticky.ts';
import { timestamp } from './timestamp.ts';

/** Who stands where by number: place in the feature table, segment and candidate, confidence. */
export const scored = 'refresh_scored';

/** Columns of a table of what was scored. */
export const scoredColumns = 'place BIGINT, segment BIGINT, candidate BIGINT, confidence DOUBLE PRECISION';

export async function createScored(tx: Warehouse): Promise<void> {
  await tx.execute(`CREATE TEMP TABLE ${scored} (${scoredColumns})`);
}

/** Writes what was scored as the placements of its date, and lets go of those before the last two dates. */
export async function writePlacements(
  tx: Warehouse,
  { owner, model, features }: { owner: string; model: Model; features: StoredFeatures },
): Promise<void> {
  const keys = [...model.segments.map(({ key }, s) => [key, s] as const), [setAsideKey, aside] as const];
  const numbered = keys.map(([key, s]) => `(${literal(key)}, ${s})`).join(', ');
  const mine = `owner = ${literal(owner)}`;
  const at = timestamp(features.asOf);
  if (tx.dialect.name === 'postgres') await tx.execute(`ANALYZE ${scored}`);
  await tx.execute(`DELETE FROM placements WHERE ${mine} AND as_of >= ${at}`);
  await tx.execute(`INSERT INTO placements (owner, as_of, profile_id, segment_key, candidate_key, confidence)
SELECT ${literal(owner)}, ${at}, f.profile_id, own.key, found.key, s.confidence
FROM ${scored} s
JOIN ${features.table} f ON f.place = s.place
JOIN (VALUES ${numbered}) AS own (key, s) ON own.s = s.segment
JOIN (VALUES ${numbered}) AS found (key, s) ON found.s = s.candidate
ORDER BY s.place`);
  await tx.execute(`DELETE FROM placements WHERE ${mine} AND as_of < (
  SELECT max(as_of) FROM placements WHERE ${mine} AND as_of < ${at})`);
}
