import type { Warehouse } from '../../warehouse/port.ts';
import type { Finding } from './finding.ts';

/** What changed in the shop itself, before anybody is put into a segment. */
export interface Activity {
  /** Feeds that stopped, new categories and channels, prices; `since` goes back over the findings before. */
  findings: Finding[];
  /** Ids of the features that are computed from a feed that stopped: what they show is the feed's silence. */
  starved: string[];
}

/**
 * Looks at the rows of the last weeks as of a date.
 *
 * @param before findings of the refresh before, for how long each has lasted
 */
export async function activityFindings(
  _warehouse: Warehouse,
  _asOf: string,
  _before: readonly Finding[],
): Promise<Activity> {
  return { findings: [], starved: [] };
}
