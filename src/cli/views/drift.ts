import type { Finding } from '../../segmentation/drift/finding.ts';
import { groupFindings, notesOn } from '../../segmentation/history/findings.ts';
import type { RefreshRecord } from '../../segmentation/refresh/record.ts';
import { indent, wrap } from './text.ts';

/** What changed as of a date, alerts first. */
export function driftView(record: Pick<RefreshRecord, 'asOf' | 'findings'>, width: number): string {
  const { asOf, findings } = record;
  if (findings.length === 0) return `As of ${asOf} nothing has drifted.\n`;
  return `What changed, as of ${asOf}.\n\n${findingsText(record, width)}`;
}

/** The findings alone, by group. */
export function findingsText(
  { asOf, findings }: Pick<RefreshRecord, 'asOf' | 'findings'>,
  width: number,
): string {
  return groupFindings(findings)
    .map(({ title, findings: group }) => {
      const items = group.map(finding => bullet(withAside(finding, asOf), width));
      return `${title}\n${items.join('')}`;
    })
    .join('\n');
}

/** A point of a list, its further lines under its words. */
export function bullet(text: string, width: number): string {
  return `${indent(wrap(text, width - 4), 4).replace(/^ {4}/, '  - ')}\n`;
}

/** "… by 31 % (since 2026-10-12; explained by the time of year)." */
function withAside(finding: Finding, asOf: string): string {
  const { sentence } = finding;
  const notes = notesOn(finding, asOf, date => date).join('; ');
  if (notes === '') return sentence;
  // One pair of brackets, where the sentence ends in some of its own.
  return /\)\.$/.test(sentence)
    ? sentence.replace(/\)\.$/, `; ${notes}).`)
    : `${sentence.replace(/\.$/, '')} (${notes}).`;
}
