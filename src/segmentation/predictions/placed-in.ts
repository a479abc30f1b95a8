import { literal, type Warehouse } from '../../warehouse/port.ts';
import type { Model } from '../model.ts';
import { timestamp } from '../refresh/timestamp.ts';

/** The segment of each of these customers by the placements of a date: its index in the model, -1 for none. */
export async function placedIn(
  tx: Warehouse,
  { owner, model, asOf }: { owner: string; model: Model; asOf: string },
  profileIds: readonly string[],
): Promise<Int32Array> {
  const numbered = model.segments.map(({ key }, s) => `(${literal(key)}, ${s})`).join(', ');
  const { keys, values } = await tx.columns(`SELECT p.profile_id, CAST(s.place AS DOUBLE PRECISION) AS place
FROM placements p JOIN (VALUES ${numbered}) AS s (key, place) ON s.key = p.segment_key
WHERE p.owner = ${literal(owner)} AND p.as_of = ${timestamp(asOf)}`);
  const segmentOf = new Map(keys.map((id, i) => [id, values[0]![i]!]));
  return Int32Array.from(profileIds, id => segmentOf.get(id) ?? -1);
}
