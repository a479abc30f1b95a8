import { type Flow, flowTables, readFlows } from '../../features/activity/flows.ts';
import { daysAfter } from '../../features/as-of.ts';
import type { Warehouse } from '../../warehouse/port.ts';
import { wasQuiet } from './feeds.ts';
import { starvedFeatures } from './feeds-starved.ts';
import { feedFindings } from './feeds-told.ts';
import type { Finding } from './finding.ts';
import { termFindings } from './new-terms.ts';
import { priceFindings } from './price.ts';

/** What changed in the shop itself, before anybody is put into a segment. */
export interface Activity {
  /** Feeds that stopped, new categories and channels, prices. */
  findings: Finding[];
  /** Those of the features that are computed from a feed that stopped: what they show is its silence. */
  starved: string[];
}

/** The last week against a quarter before it. */
const weeks = 14;
/** Far enough back to know what was usual before a feed fell silent. */
const weeksOfSilence = 27;
/** The same weekday of the same week a year before. */
const aYear = 364;

/**
 * Looks at the rows of the last weeks as of a date, and where something changed, at the same weeks a year before.
 *
 * @param before findings of the refresh before, which tell since when a change lasts
 * @param features ids of the features to say of whether a stopped feed starves them
 */
export async function activityFindings(
  warehouse: Warehouse,
  asOf: string,
  before: readonly Finding[],
  features: readonly string[],
): Promise<Activity> {
  const flowsOf = async (date: string) => {
    const all: Flow[] = [];
    for (const table of flowTables) {
      const flows = await readFlows(warehouse, table, date, weeks);
      all.push(...(flows.some(wasQuiet) ? await readFlows(warehouse, table, date, weeksOfSilence) : flows));
    }
    return all;
  };
  const flows = await flowsOf(asOf);
  const lastYear = daysAfter(asOf, -aYear);
  const feeds = await feedFindings(flows, asOf, () => flowsOf(lastYear));
  const found = [
    ...feeds.findings,
    ...(await termFindings(warehouse, { asOf, lastYear }, flows, feeds.stopped)),
    ...(await priceFindings(warehouse, { asOf, lastYear })),
  ];
  const findings = found.map(finding => ({ ...finding, since: sinceWhen(finding, before) }));
  return { findings, starved: starvedFeatures([...feeds.stopped, ...feeds.returned], features) };
}

function sinceWhen({ kind, subject, since }: Finding, before: readonly Finding[]): string {
  return before.find(earlier => earlier.kind === kind && earlier.subject === subject)?.since ?? since;
}
