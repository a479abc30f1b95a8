import { plain } from '../segmentation/markdown.ts';
import { proposalTitles } from '../segmentation/proposals/proposal-words.ts';
import { capitalised } from '../segmentation/wording.ts';
import { dayText, sentenceText } from './figures.ts';
import { bullets, page, section } from './page.ts';

/** A proposal as a language model may know it. */
export interface OpenProposal {
  /** Its id. */
  proposal: string;
  kind: string;
  summary: string;
  /** What would be otherwise, a sentence each. */
  changes: readonly string[];
  /** Days: when it was opened, and of its figures. */
  since: string;
  asOf: string;
  /** How a person decides. */
  decide: string;
}

/** What waits for a person. */
export function proposalsMarkdown(open: readonly OpenProposal[]): string {
  if (open.length === 0) return page('Open proposals', 'Nothing waits for a decision.');
  return page(
    'Open proposals',
    'None of this changes anything until a person decides.',
    ...open.map(({ proposal, kind, summary, changes, since, asOf, decide }) =>
      section(
        `${plain(proposal)}: ${plain(titleOf(kind))}`,
        `Opened on ${dayText(since)}, from figures as of ${dayText(asOf)}. ${capitalised(sentenceText(summary))}`,
        bullets(changes.map(sentenceText)),
        sentenceText(decide),
      ),
    ),
  );
}

const titleOf = (kind: string) => (proposalTitles as Readonly<Record<string, string>>)[kind] ?? kind;
