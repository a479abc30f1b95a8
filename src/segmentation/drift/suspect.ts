import type { ScoredPopulation } from '../refresh/scored.ts';
import type { Finding } from './finding.ts';

/** A change as it was measured, before it is asked what explains it. */
export interface Suspect {
  finding: Omit<Finding, 'explainedBy' | 'since'>;
  /**
   * As-of date that it is a change from, and whether the change between two other dates, as far apart and scored
   * against the same model, makes it nothing unusual. Null where no other date can.
   */
  compare: { from: string; usual: (before: ScoredPopulation, after: ScoredPopulation) => boolean } | null;
}

/** How far beyond its threshold a change lies; 0 where the threshold is none to divide by. */
export function strength({ measure }: Pick<Finding, 'measure'>): number {
  return measure.threshold > 0 ? measure.value / measure.threshold : 0;
}
