import type { Finding } from '../../segmentation/drift/finding.ts';
import { explanations, groupFindings } from '../../segmentation/history/findings.ts';
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
function withAside({ sentence, since, explainedBy }: Finding, asOf: string): string {
  const notes = [
    since < asOf ? `since ${since}` : '',
    explainedBy === null ? '' : explanations[explainedBy],
  ].filter(note => note !== '');
  return notes.length > 0 ? `${sentence.replace(/\.$/, '')} (${notes.join('; ')}).` : sentence;
}
