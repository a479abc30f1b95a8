import { code } from '../../markdown.ts';
import { formatCount } from '../../wording.ts';
import { staysOut } from '../sensitive-review.ts';
import type { ReportFacts } from './facts.ts';
import { blank, rowCount, section, table } from './markdown.ts';

const answer = blank('answer');

/** What a data protection officer would ask next, beside what is known here. */
export function openQuestionsSection(facts: ReportFacts): string {
  const { setup, holdings, model, review } = facts;
  const held = (name: string) => holdings.tables.some(({ table: of, rows }) => of === name && rows > 0);
  const heldColumn = (name: string) => holdings.tables.some(({ columns }) => columns.includes(name));
  const rows: string[][] = [
    [
      'Is a data protection impact assessment needed (article 35)?',
      `${rowCount(holdings.people)} people are profiled${holdings.sources.length > 1 ? `, and data of ${formatCount(holdings.sources.length)} sources is matched` : ''}${held('events') ? ', with behaviour on the site among it' : ''}. Supervisory authorities list matching of data, large-scale profiling and tracking of behaviour as signs that it is.`,
    ],
    [
      'Can people object to profiling for direct marketing, and is it honoured at once (article 21(2) and (3))?',
      `${held('consents') ? 'Consents and objections are imported' : 'No consents or objections were imported'}. Files mark who said no to marketing, and lists for advertising platforms leave them out. The command kindred object notes an objection and takes the person out of destinations at once; who objects to profiling is in no segment from the next refresh on. Whether objections reach whoever runs it is not known.`,
    ],
    [
      'Are decisions with legal or similarly significant effects made by machine alone (article 22; in the UK articles 22A to 22D)?',
      `Kindred groups and scores; it decides nothing about a person. Whoever sets prices, credit or refusals by segment or score has to look here. Segments found anew are ${setup.autoPromote ? 'put in place by the schedule without a person (KINDRED_AUTO_PROMOTE)' : 'put in place only when a person approves'}.`,
    ],
    [
      'Do privacy notices tell of profiling, its purposes, basis and recipients (articles 13 and 14)?',
      'Not known to Kindred.',
    ],
    [
      'Is electronic marketing to these people allowed (PECR regulation 22; ePrivacy directive, article 13)?',
      'Lists follow what was imported of consents; whether consent or the soft opt-in holds is not known.',
    ],
    ...(held('events')
      ? [
          [
            'Was the tracking on site and in e-mails agreed to (PECR regulation 6; ePrivacy directive, article 5(3))?',
            `Events are stored${setup.takesEvents ? ', and the server takes more as they happen' : ''}; whether they were collected with consent is not known.`,
          ],
        ]
      : []),
    [
      'Is it fair: could a segment, or a feature behind it, work against people with a protected characteristic (Equality Act 2010; article 5(1)(a))?',
      `${review.names.filter(staysOut).length === 0 ? 'No names are kept out' : 'Names are kept out'} (section 4). Postcodes, first names and ages are not held, unless rejected rows have them (section 6). ${heldColumn('country') ? 'Audiences may ask for the country of a customer, which can stand in for origin. ' : ''}Effects of combined features are not measured.`,
    ],
    ['Are there children among the customers (recital 38)?', 'Ages are not used, so Kindred cannot know.'],
    [
      'Is all of it needed (article 5(1)(c))?',
      model
        ? `Columns that no feature in use reads (sections 1 and 2) are candidates to be left out of imports.`
        : 'No segments stand, so nothing is in use yet.',
    ],
    [
      'How is a request for access, correction or erasure met (articles 15 to 17)?',
      '`kindred subject-report` writes what is held on one person, `kindred erase` forgets them (section 6); corrections are made at the sources and imported again.',
    ],
    [
      'Is it in the record of processing activities (article 30), with processors under contract (article 28)?',
      setup.model && !setup.model.onThisMachine
        ? `The provider at ${code(setup.model.host)} belongs there.`
        : 'Not known to Kindred.',
    ],
  ];
  return section(
    '7. Open questions',
    table(
      ['Question', 'What is known here', 'Answer'],
      rows.map(row => [...row, answer]),
      '',
    ),
    `Signed off by: ${blank('name')} on ${blank('date')}. To be looked at again on: ${blank('date')}`,
  );
}
