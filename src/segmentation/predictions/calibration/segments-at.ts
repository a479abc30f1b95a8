import type { Progress } from '../../../progress.ts';
import type { Warehouse } from '../../../warehouse/port.ts';
import type { Model } from '../../model.ts';
import { scoringAt } from '../../refresh/score-at.ts';

const into = 'segments_at';

/** Who stood where, in the order of profile_id. */
export interface SegmentsAt {
  profileIds: string[];
  /** segment[i]: index among the model's segments; -1 for who is set aside. */
  segment: Int32Array;
}

/**
 * The segment of every buyer as of a date as a model would have placed them then, each by the scoring alone: who stood
 * where, and what came later, plays no part. Nothing of it stays in the warehouse. Works inside a transaction and outside.
 *
 * @param part share of the customers that is looked at, the same ones at every date
 */
export function segmentsAt(
  warehouse: Warehouse,
  model: Model,
  asOf: string,
  part = 1,
  progress?: Progress,
): Promise<SegmentsAt> {
  return scoringAt(warehouse, model, asOf, { part, into, progress }, async ({ table }) => {
    const { keys, values } = await warehouse.columns(
      `SELECT feature.profile_id, CAST(placed.segment AS DOUBLE PRECISION) AS segment
       FROM ${table} AS feature JOIN ${into} AS placed ON placed.place = feature.place ORDER BY feature.place`,
    );
    return { profileIds: keys, segment: Int32Array.from(values[0]!) };
  });
}
