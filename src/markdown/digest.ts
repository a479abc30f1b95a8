import type { Digest } from '../agent/tasks/digest/digest.ts';
import {
  changeOf,
  type Item,
  type Section,
  sectionsOf,
  todoSection,
} from '../agent/tasks/digest/sections.ts';
import { plain } from '../segmentation/markdown.ts';
import { capitalised, formatMoneyShort } from '../segmentation/wording.ts';
import { counted, dayText, peopleText, sentenceText, shareText } from './figures.ts';
import { bullets, filledTable, page, section } from './page.ts';

/** The week in one page, as a client shows it and as a person sends it on. */
export function digestMarkdown(digest: Digest): string {
  const { asOf, since, headline, setAside } = digest;
  return page(
    `Digest of ${dayText(asOf)}`,
    `**${sentenceText(headline)}**`,
    since === null
      ? `Figures as of ${dayText(asOf)}; there is no date before to compare them with.`
      : `From ${dayText(since)} to ${dayText(asOf)}.`,
    sectionText(todoSection(digest)),
    section(
      'Segments',
      segmentsTable(digest),
      setAside === null
        ? ''
        : `${capitalised(counted(setAside, 'customer'))} of unusual volume in no segment.`,
    ),
    ...sectionsOf(digest).map(sectionText),
  );
}

const sectionText = ({ title, items }: Section) => section(title, bullets(items.map(itemText)));

function itemText({ about, text, why }: Item): string {
  const lead = about === null ? '' : `**${plain(about)}**: `;
  return `${lead}${sentenceText(text)}${why === null ? '' : `\n  *${sentenceText(why)}*`}`;
}

const small = { up: 'up by fewer than 10', down: 'down by fewer than 10' };

function segmentsTable(digest: Digest): string {
  const { segments, currency, since } = digest;
  return filledTable(
    [
      { head: 'Segment' },
      { head: 'Customers', right: true },
      { head: 'Share', right: true },
      { head: since === null ? 'Change' : `Change since ${dayText(since)}`, right: true },
      { head: 'Trend' },
      { head: 'Share of revenue', right: true },
      { head: 'Value at risk', right: true },
    ],
    segments.map(segment => [
      plain(segment.name),
      peopleText(segment.customers),
      shareText(segment.share),
      changeOf(digest, segment, small),
      segment.trend ?? '',
      shareText(segment.revenueShare),
      segment.valueAtRisk === null ? '' : plain(formatMoneyShort(segment.valueAtRisk, currency)),
    ]),
  );
}
