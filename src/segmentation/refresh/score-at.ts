import { writeFeatures } from '../../features/compute.ts';
import { dropFeatures, type StoredFeatures } from '../../features/feature-store.ts';
import type { Progress } from '../../progress.ts';
import type { Warehouse } from '../../warehouse/port.ts';
import type { Model } from '../model.ts';
import { sectorsOf } from '../overlays/overlays.ts';
import { scoredColumns } from './placements.ts';
import { countRows, scorePopulation } from './score-population.ts';
import type { ScoredPopulation } from './scored.ts';

const table = 'features_at';
const mix = 'features_at_mix';

export interface ScoringAt {
  /** Share of the customers that stands for all, the same ones at every date. */
  part?: number;
  /** Where to write who is scored into which segment while `read` runs; see placements.ts. */
  into?: string | null;
  progress?: Progress | undefined;
}

/**
 * Scores the customers of any date against a model, each by the scoring alone, and hands to `read` the features and what
 * was found; null where nobody had ordered. Nothing of it stays in the warehouse. Works inside a transaction and outside.
 */
export async function scoringAt<T>(
  warehouse: Warehouse,
  model: Model,
  asOf: string,
  { part = 1, into = null, progress }: ScoringAt,
  read: (features: StoredFeatures, population: ScoredPopulation | null) => Promise<T>,
): Promise<T> {
  const forget = async () => {
    if (into !== null) await warehouse.execute(`DROP TABLE IF EXISTS ${into}`);
    await warehouse.execute(`DROP TABLE IF EXISTS ${mix}`);
    await dropFeatures(warehouse, table);
  };
  // One that failed outside a transaction left its tables.
  await forget();
  progress?.({ stage: 'Computing features' });
  const features = await writeFeatures(warehouse, asOf, { table, sectors: sectorsOf(model), part });
  if (into !== null) await warehouse.execute(`CREATE TABLE ${into} (${scoredColumns})`);
  const anybody = (await countRows(warehouse, table)) > 0;
  const scoring = anybody
    ? await scorePopulation(warehouse, model, features, {
        sticky: false,
        into,
        mix,
        ...(progress ? { progress } : {}),
      })
    : null;
  const found = await read(features, scoring?.population ?? null);
  await forget();
  return found;
}

/** The population of a date scored against a model; null where nobody had ordered. */
export function scoreAt(
  warehouse: Warehouse,
  model: Model,
  asOf: string,
  part = 1,
): Promise<ScoredPopulation | null> {
  return scoringAt(warehouse, model, asOf, { part }, async (_features, population) => population);
}
