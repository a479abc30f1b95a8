import { basename } from 'node:path';
import { formatCount } from '../../segmentation/wording.ts';
import type { FileReport, ImportReport } from '../../sources/import.ts';
import { textTable } from './table.ts';
import { wrap } from './text.ts';

/** What became of every row of every file, and who turned out to be one person. */
export function importView(report: ImportReport, width: number): string {
  const table = textTable(
    [
      { head: 'File' },
      { head: 'Format' },
      { head: 'Rows', align: 'right' },
      { head: 'Stored', align: 'right' },
      { head: 'Rejected', align: 'right' },
      { head: 'Already there', align: 'right' },
    ],
    report.files.map(file => [
      basename(file.file),
      file.format,
      formatCount(file.rowsIn),
      formatCount(file.stored),
      formatCount(file.rejected),
      formatCount(file.alreadyThere),
    ]),
    width,
  );
  const notes = [
    ...report.files.filter(file => file.rejected > 0).map(rejected),
    ...report.skipped.map(({ file, reason }) => `Skipped ${file}: ${reason}`),
    identities(report.merges),
  ];
  return `${table}\n${notes
    .filter(note => note !== '')
    .map(note => `${wrap(note, width)}\n`)
    .join('')}`;
}

function rejected(file: FileReport): string {
  const reasons = file.reasons.map(({ reason, rows }) => `${formatCount(rows)} ${reason}`);
  return `Rejected from ${basename(file.file)}: ${reasons.join('; ')}. See \`kindred rejects\`.`;
}

function identities({ identities: ids, profiles, ...by }: ImportReport['merges']): string {
  if (ids === profiles && by.sharedAddresses === 0) return '';
  const why = [
    by.byEmail > 0 ? `${formatCount(by.byEmail)} by e-mail` : '',
    by.byPhone > 0 ? `${formatCount(by.byPhone)} by phone` : '',
    by.byId > 0 ? `${formatCount(by.byId)} by a shared id` : '',
  ].filter(part => part !== '');
  const shared =
    by.sharedAddresses > 0
      ? ` ${formatCount(by.sharedAddresses)} shared ${by.sharedAddresses === 1 ? 'address was' : 'addresses were'} not used to join anyone.`
      : '';
  const joined = why.length > 0 ? ` (joined ${why.join(', ')})` : '';
  return `${formatCount(ids)} ids belong to ${formatCount(profiles)} people${joined}.${shared}`;
}
