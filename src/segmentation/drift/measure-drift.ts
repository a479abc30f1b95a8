import type { Warehouse } from '../../warehouse/port.ts';
import type { Model } from '../model.ts';
import type { RefreshRecord } from '../refresh/record.ts';
import type { ScoredPopulation } from '../refresh/scored.ts';
import type { Finding } from './finding.ts';

export interface DriftInput {
  warehouse: Warehouse;
  model: Model;
  /** As of the date of the refresh. */
  scored: ScoredPopulation;
  /** Records before this one, oldest first. */
  history: readonly RefreshRecord[];
  /** The population of another date scored against the same model, changing nothing; null where nobody had ordered. */
  scoredAt: (asOf: string) => Promise<ScoredPopulation | null>;
}

/** What changed, strongest first. */
export async function measureDrift(_input: DriftInput): Promise<Finding[]> {
  return [];
}
