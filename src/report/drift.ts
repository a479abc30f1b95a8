import type { Finding } from '../segmentation/drift/finding.ts';
import { groupFindings, notesOn } from '../segmentation/history/findings.ts';
import type { RefreshRecord } from '../segmentation/refresh/record.ts';
import { dateText } from './dates.ts';
import { type Html, html } from './html.ts';

/** What the last refresh found to have changed, alerts first; null where there was no refresh. */
export function driftSection(history: readonly RefreshRecord[]): Html | null {
  const last = history.at(-1);
  if (last?.kind !== 'refresh') return null;
  const groups = groupFindings(last.findings);
  if (groups.length === 0) return html`<p>Nothing, as of ${dateText(last.asOf, 'long')}.</p>`;
  return html`<p>As of ${dateText(last.asOf, 'long')}.</p>
  ${groups.map(
    ({ title, findings }) =>
      html`<h3>${title}</h3><ul class="facts">${findings.map(finding => item(finding, last.asOf))}</ul>`,
  )}`;
}

function item(finding: Finding, asOf: string): Html {
  const notes = notesOn(finding, asOf, date => dateText(date, 'short'));
  return html`<li>${finding.sentence}${notes.length > 0 && html` <small>${notes.join('; ')}</small>`}</li>`;
}
