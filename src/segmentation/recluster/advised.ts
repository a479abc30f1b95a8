import { daysBetween } from '../../features/as-of.ts';
import type { Finding, FindingKind } from '../drift/finding.ts';
import type { RefreshRecord } from '../refresh/record.ts';

/** A model is looked at anew after this long, whatever drift says. */
const QUARTER_DAYS = 91;

/** Kinds of drift that segments cannot follow by themselves, and from which severity on. */
const telling: Partial<Record<FindingKind, readonly Finding['severity'][]>> = {
  emerging: ['alert', 'watch'],
  converging: ['alert', 'watch'],
  centroid: ['alert'],
  cohesion: ['alert'],
  size: ['alert'],
};

/**
 * Why the shop's segments should be found anew, one plain sentence each; empty where nothing speaks for it.
 *
 * @param findings of the latest record
 * @param records the history, oldest first
 */
export function reclusterAdvised(
  findings: readonly Finding[],
  records: readonly Pick<RefreshRecord, 'asOf' | 'kind'>[],
): string[] {
  const why = findings
    .filter(({ kind, severity }) => telling[kind]?.includes(severity))
    .map(({ sentence }) => sentence);
  const found = records.findLast(({ kind }) => kind !== 'refresh');
  const latest = records.at(-1);
  if (found && latest) {
    const days = daysBetween(found.asOf, latest.asOf);
    if (days >= QUARTER_DAYS) why.push(`The segments are ${days} days old.`);
  }
  return why;
}
