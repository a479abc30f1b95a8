import { basename } from 'node:path';
import { formatCount } from '../../segmentation/wording.ts';
import type { ReasonCount, RejectedRow } from '../../sources/rejects.ts';
import { textTable } from './table.ts';

export function rejectsView(
  reasons: readonly ReasonCount[],
  rows: readonly RejectedRow[],
  width: number,
): string {
  if (reasons.length === 0) return 'No row was rejected.\n';
  const total = reasons.reduce((sum, reason) => sum + reason.rows, 0);
  const summary = textTable(
    [
      { head: 'Rows', align: 'right' },
      { head: 'Rejected because', grows: true },
    ],
    reasons.map(({ reason, rows: of }) => [formatCount(of), reason]),
    width,
  );
  const list = textTable(
    [{ head: 'File' }, { head: 'Row', align: 'right' }, { head: 'Reason and content', grows: true }],
    rows.map(row => [
      basename(row.file),
      formatCount(row.rowNumber),
      `${row.reason}\n${printable(row.content)}`,
    ]),
    width,
  );
  const more =
    rows.length < total ? `\n${formatCount(total - rows.length)} more: a higher --limit shows them.\n` : '';
  return `${summary}\n${list}${more}`;
}

/** Rows come from files of any origin: no control characters reach the terminal. Cells may wrap at commas. */
function printable(content: string): string {
  return content.replace(/\p{Cc}+/gu, ' ').replaceAll('","', '", "');
}
