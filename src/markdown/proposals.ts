import { plain } from '../segmentation/markdown.ts';
import { capitalised } from '../segmentation/wording.ts';
import { dayText } from './figures.ts';
import { bullets, page, section } from './page.ts';

/** A proposal as a language model may know it. */
export interface OpenProposal {
  id: string;
  kind: string;
  summary: string;
  /** What would be otherwise, a sentence each. */
  changes: readonly string[];
  /** Day. */
  since: string;
  /** Options that approving it needs, as typed; blank where it needs none. */
  options: string;
}

/** What waits for a person, newest first. */
export function proposalsMarkdown(open: readonly OpenProposal[]): string {
  if (open.length === 0) return page('Open proposals', 'Nothing waits for a decision.');
  return page(
    'Open proposals',
    'Nothing of this changes until a person decides.',
    ...open.map(({ id, kind, summary, changes, since, options }) =>
      section(
        `${capitalised(plain(kind))} ${id}, since ${dayText(since)}`,
        plain(summary),
        bullets(changes.map(plain)),
        `To decide: \`kindred approve ${id}${options}\` or \`kindred reject ${id} --reason TEXT\`; or ask here to review ${id}.`,
      ),
    ),
  );
}
