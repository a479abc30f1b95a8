import { writeFeatures } from '../../features/compute.ts';
import { dropFeatures } from '../../features/feature-store.ts';
import type { Warehouse } from '../../warehouse/port.ts';
import type { Model } from '../model.ts';
import { sectorsOf } from '../overlays/overlays.ts';
import { countRows, scorePopulation } from './score-population.ts';
import type { ScoredPopulation } from './scored.ts';

const table = 'features_at';
const mix = 'features_at_mix';

/**
 * The population of any date scored against a model, each customer by the scoring alone; null where nobody had ordered.
 * Nothing of it stays in the warehouse. Works inside a transaction and outside.
 *
 * @param part share of the customers that stands for all, the same ones at every date
 */
export async function scoreAt(
  warehouse: Warehouse,
  model: Model,
  asOf: string,
  part = 1,
): Promise<ScoredPopulation | null> {
  const forget = async () => {
    await warehouse.execute(`DROP TABLE IF EXISTS ${mix}`);
    await dropFeatures(warehouse, table);
  };
  // One that failed outside a transaction left its tables.
  await forget();
  const features = await writeFeatures(warehouse, asOf, { table, sectors: sectorsOf(model), part });
  const anybody = (await countRows(warehouse, table)) > 0;
  const scoring = anybody
    ? await scorePopulation(warehouse, model, features, { sticky: false, into: null, mix })
    : null;
  await forget();
  return scoring?.population ?? null;
}
