import type { Finding } from '../drift/finding.ts';

export interface FindingGroup {
  title: string;
  findings: Finding[];
}

/** Findings as people read them: alerts first, those that something explains apart. Empty groups are left out. */
export function groupFindings(findings: readonly Finding[]): FindingGroup[] {
  const open = (severity: Finding['severity']) =>
    findings.filter(finding => finding.severity === severity && finding.explainedBy === null);
  return [
    { title: 'Alerts', findings: open('alert') },
    { title: 'To watch', findings: open('watch') },
    { title: 'Good to know', findings: open('note') },
    { title: 'Explained, so no alarm', findings: findings.filter(({ explainedBy }) => explainedBy !== null) },
  ].filter(group => group.findings.length > 0);
}

/** What a finding is explained by. */
export const explanations: Readonly<Record<NonNullable<Finding['explainedBy']>, string>> = {
  calendar: 'the time of year',
  feed: 'data that stopped arriving',
  ageing: 'customers growing older',
};

/** What stands beside a finding's sentence: since when, and what explains it. */
export function notesOn(
  { since, explainedBy }: Finding,
  asOf: string,
  dateText: (date: string) => string,
): string[] {
  return [
    since < asOf ? `since ${dateText(since)}` : '',
    explainedBy === null ? '' : `explained by ${explanations[explainedBy]}`,
  ].filter(note => note !== '');
}
