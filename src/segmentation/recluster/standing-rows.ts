import { literal, type Warehouse } from '../../warehouse/port.ts';
import type { Model } from '../model.ts';
import { aside, nowhere } from '../refresh/sticky.ts';
import { timestamp } from '../refresh/timestamp.ts';

/**
 * Where each of the profiles stands as of the latest record: index of the segment of the standing model, `aside`, or
 * `nowhere` for who was not there yet.
 */
export async function standingRows(
  warehouse: Warehouse,
  owner: string,
  { segments }: Model,
  asOf: string,
  profileIds: readonly string[],
): Promise<Int32Array> {
  const cases = segments.map(({ key }, i) => `WHEN ${literal(key)} THEN ${i}`);
  const { keys, values } = await warehouse.columns(
    `SELECT profile_id, CASE segment_key ${cases.join(' ')} ELSE ${aside} END AS place
     FROM placements WHERE owner = ${literal(owner)} AND as_of = ${timestamp(asOf)}`,
  );
  const placeOf = new Map(keys.map((id, i) => [id, values[0]![i]!]));
  return Int32Array.from(profileIds, id => placeOf.get(id) ?? nowhere);
}
