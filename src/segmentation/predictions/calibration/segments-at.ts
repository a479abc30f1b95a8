import { writeFeatures } from '../../../features/compute.ts';
import { dropFeatures } from '../../../features/feature-store.ts';
import type { Progress } from '../../../progress.ts';
import type { Warehouse } from '../../../warehouse/port.ts';
import type { Model } from '../../model.ts';
import { sectorsOf } from '../../overlays/overlays.ts';
import { countRows, scorePopulation } from '../../refresh/score-population.ts';

const table = 'segments_at_features';
const mix = 'segments_at_mix';
const scored = 'segments_at';

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
export async function segmentsAt(
  warehouse: Warehouse,
  model: Model,
  asOf: string,
  part = 1,
  progress?: Progress,
): Promise<SegmentsAt> {
  const forget = async () => {
    await warehouse.execute(`DROP TABLE IF EXISTS ${scored}`);
    await warehouse.execute(`DROP TABLE IF EXISTS ${mix}`);
    await dropFeatures(warehouse, table);
  };
  // One that failed outside a transaction left its tables.
  await forget();
  progress?.({ stage: 'Computing features' });
  const features = await writeFeatures(warehouse, asOf, { table, sectors: sectorsOf(model), part });
  await warehouse.execute(
    `CREATE TABLE ${scored} (place BIGINT, segment BIGINT, candidate BIGINT, confidence DOUBLE PRECISION)`,
  );
  if ((await countRows(warehouse, table)) > 0)
    await scorePopulation(warehouse, model, features, {
      sticky: false,
      into: scored,
      mix,
      ...(progress ? { progress } : {}),
    });
  const { keys, values } = await warehouse.columns(
    `SELECT feature.profile_id, CAST(placed.segment AS DOUBLE PRECISION) AS segment
     FROM ${table} AS feature JOIN ${scored} AS placed ON placed.place = feature.place ORDER BY feature.place`,
  );
  await forget();
  return { profileIds: keys, segment: Int32Array.from(values[0]!) };
}
