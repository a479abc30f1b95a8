import type { CanonicalTable } from '../../../warehouse/schema.ts';
import { plain } from '../../markdown.ts';
import { formatCount, formatSize } from '../../wording.ts';
import type { ReportFacts } from './facts.ts';
import { blank, rowCount, section, table } from './markdown.ts';

/** What the rows of each table say of a person, and what they serve. */
const kinds: Readonly<Record<CanonicalTable, { what: string; serves: string }>> = {
  customers: {
    what: 'identity, contact details, country, how they came',
    serves: 'joins the ids of one person; contact details serve for joining and for exports only',
  },
  orders: {
    what: 'purchases: when, how much, by which channel, with which coupon',
    serves: 'features, scores',
  },
  order_lines: { what: 'what was bought and sent back', serves: 'features, category mix, habits' },
  events: { what: 'behaviour on the site and with e-mails', serves: 'features, triggers' },
  tickets: { what: 'contact with support: kind and satisfaction, no text', serves: 'features' },
  consents: { what: 'what they agreed or objected to', serves: 'leaves people out of campaigns' },
};

/** Where data comes from, and what of it is there. */
export function sourcesSection({ holdings }: ReportFacts): string {
  const { imports, sources, tables, consents, acceptsMarketing } = holdings;
  return section(
    '1. What is held, and from where',
    'Kindred takes files and events; it fetches nothing by itself.',
    table(
      ['Brought in as', 'Files', 'Rows stored', 'Rows rejected', 'First', 'Last'],
      imports.map(({ format, files, rows, rejected, first, last }) => [
        plain(format),
        formatCount(files),
        rowCount(rows),
        rowCount(rejected),
        first,
        last,
      ]),
      'Nothing was imported yet.',
    ),
    sources.length === 0
      ? ''
      : `Ids come from: ${sources.map(({ source, ids }) => `${plain(source)} (${rowCount(ids)})`).join(', ')}. What these systems are, who runs them, and what people were told there: ${blank('systems, processors, privacy notices')}`,
    table(
      [
        'Table',
        'Rows',
        'From',
        'Until',
        'What it says of a person',
        'What it serves',
        'Columns that hold something',
      ],
      tables
        .filter(({ rows }) => rows > 0)
        .map(({ table: name, rows, first, last, columns }) => [
          `\`${name}\``,
          rowCount(rows),
          first ?? '',
          last ?? '',
          kinds[name].what,
          kinds[name].serves,
          columns.map(column => `\`${column}\``).join(', '),
        ]),
      'No rows are stored.',
    ),
    '### What people said of marketing',
    table(
      ['Channel', 'Purpose', 'State', 'People'],
      consents.map(({ channel, purpose, state, people }) => [
        plain(channel),
        plain(purpose),
        plain(state),
        formatSize(people),
      ]),
      'No consents were imported.',
    ),
    acceptsMarketing.length === 0
      ? ''
      : `Accounts by whether they accept marketing: ${acceptsMarketing
          .map(
            ({ accepts, accounts }) =>
              `${accepts === null ? 'not known' : accepts ? 'yes' : 'no'}: ${formatSize(accounts)}`,
          )
          .join('; ')}.`,
  );
}
