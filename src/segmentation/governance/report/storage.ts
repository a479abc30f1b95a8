import type { ReportFacts } from './facts.ts';
import { blank, rowCount, section, table } from './markdown.ts';

/** Where it is kept and for how long, as the programme does it; periods are the controller's to set. */
export function storageSection({ setup, holdings }: ReportFacts): string {
  const rows = (name: string) => {
    const made = holdings.derived.find(({ table: of }) => of === name);
    return made ? rowCount(made.rows) : 'none';
  };
  const period = blank('period');
  return section(
    '6. Where it is kept, and for how long',
    `Rows of people: ${setup.warehouse}. What was decided: ${setup.state}. Encryption of disks and connections, backups, and who has access to the machine: ${blank('measures, article 32')}`,
    table(
      ['What', 'Rows', 'Kept by Kindred', 'To be kept'],
      [
        [
          'Imported rows (section 1)',
          'section 1',
          'until somebody removes them; a later import of the same ids replaces them',
          period,
        ],
        [
          'Rejected rows, whole: also columns that Kindred has no use for',
          rows('rejects'),
          'until the same file is imported again with another outcome',
          period,
        ],
        ['Features of each buyer', 'one a buyer', 'for the last two dates that were looked at', period],
        ['Scores of each buyer', rows('scores'), 'for the last two dates', period],
        ['Placements', rows('placements'), 'for the last two dates', period],
        [
          'Memberships: who was in which segment, from when until when',
          rows('memberships'),
          'the whole history, until the date is segmented anew',
          period,
        ],
        [
          'Who met a trigger',
          rows('trigger_members'),
          'from a month before the trigger was made, until it is removed',
          period,
        ],
        ['Segments, history, proposals, decisions, audit', 'no rows of people', 'for good', period],
        ['Conversations and usage of the language model', 'section 3', 'for good', period],
        ['Files that were written', 'section 2', 'Kindred does not know them any more', period],
      ],
      '',
    ),
    'Rows go after the period that KINDRED_KEEP sets for their kind (`kindred retention` shows it); customers, orders, tickets and consents stay until they are erased. `kindred erase` removes one person (article 17) from the stores, from lists in its folders and from the tools that were told, and keeps them out by a keyed hash; it does not reach backups, lists that were moved elsewhere, or the sources.',
  );
}
