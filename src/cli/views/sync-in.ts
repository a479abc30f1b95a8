import { formatCount } from '../../segmentation/wording.ts';
import type { PulledConnection, PulledStream, SyncInReport } from '../../sources/pull/report.ts';
import { textTable } from './table.ts';
import { counted, indent, oneLine, wrap } from './text.ts';

/** What came of every stream, what was left out and why, and what failed. */
export function syncInView({ connections }: SyncInReport, width: number): string {
  const table = textTable(
    [
      { head: 'From' },
      { head: 'What' },
      { head: 'Records', align: 'right' },
      { head: 'Left out', align: 'right' },
      { head: 'Rows', align: 'right' },
      { head: 'Stored', align: 'right' },
      { head: 'Already there', align: 'right' },
      { head: 'Rejected', align: 'right' },
    ],
    connections.flatMap(({ name, streams }) =>
      streams.map(({ title, received, leftOut, rows }) => [
        name,
        oneLine(title),
        formatCount(received),
        formatCount(sumOf(leftOut)),
        formatCount(rows.received),
        formatCount(rows.stored),
        formatCount(rows.alreadyThere),
        formatCount(rows.rejected),
      ]),
    ),
    width,
  );
  const notes = connections.flatMap(connection => notesOf(connection, width));
  return `${table}${notes.length > 0 ? `\n${notes.join('\n')}\n` : ''}`;
}

const sumOf = (leftOut: PulledStream['leftOut']) => leftOut.reduce((sum, { records }) => sum + records, 0);

function notesOf({ name, streams, failed }: PulledConnection, width: number): string[] {
  const notes: string[] = [];
  for (const { title, leftOut, rows, expected, sinceBeginning, complete } of streams) {
    const reasons = leftOut.map(({ reason, records }) => `${formatCount(records)} ${reason}`);
    if (reasons.length > 0)
      notes.push(wrap(`Left out of ${title} from ${name}: ${reasons.join('; ')}.`, width));
    if (rows.rejected > 0)
      notes.push(
        wrap(
          `Rejected of ${title} from ${name}: ${counted(rows.rejected, 'row')}. See \`kindred rejects\`.`,
          width,
        ),
      );
    if (rows.removed > 0)
      notes.push(
        wrap(`${counted(rows.removed, 'row')} of ${title} from ${name} went, as they did there.`, width),
      );
    if (complete && expected !== null && sinceBeginning < expected)
      notes.push(
        wrap(
          `${name} counts ${formatCount(expected)} of ${title}, and ${formatCount(sinceBeginning)} came since the beginning. Where this stays, pull it anew: kindred sync-in ${name} --again`,
          width,
        ),
      );
  }
  if (failed)
    notes.push(
      `${wrap(`${name} was not pulled to its end: ${failed.message}`, width)}\n${indent(wrap(failed.next, width - 2), 2)}`,
    );
  return notes;
}
