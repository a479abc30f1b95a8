import { screenTerms } from '../../governance/sensitivity.ts';
import type { Blocked } from '../../segmentation/governance/block.ts';
import { standingBlockWarnings } from '../../segmentation/governance/standing-blocks.ts';
import { listed } from '../../segmentation/wording.ts';
import { oneLine, wrap } from './text.ts';

/** What was blocked, what that means, and what still goes by it. */
export function blockedView(blocked: Blocked, width: number): string {
  const paragraphs = [
    blocked.kind === 'feature'
      ? `Blocked: "${blocked.feature.label}" stays out of filters from now on, and out of segments from the next \`kindred segment\` or \`kindred recluster\` on.`
      : termText(blocked),
    ...standingBlockWarnings(blocked.standing),
  ];
  return paragraphs.map(text => `${wrap(text, width)}\n`).join('\n');
}

function termText({ term, names, already }: Extract<Blocked, { kind: 'term' }>): string {
  if (already === 'blocked') return `"${oneLine(term)}" is blocked already.`;
  const called =
    names.length === 0
      ? 'Nothing in your data is called so now; it counts once something is.'
      : `Your data has it as the name of a ${listed(names)}.`;
  const lexicon = already === 'lexicon' ? ' The lexicon kept it out by itself; now it is recorded.' : '';
  return `Blocked: "${oneLine(term)}". ${called}${lexicon} It stays out of filters from now on, out of habits from the next refresh on, and out of segments from the next \`kindred segment\` or \`kindred recluster\` on.`;
}

export function releasedView(term: string, width: number): string {
  if (screenTerms([term]).length > 0)
    return `${wrap(`Released: "${oneLine(term)}" is blocked no longer. The lexicon still keeps it out where it names a category, a product, a coupon or a campaign.`, width)}\n`;
  return `${wrap(`Released: "${oneLine(term)}" may be used in filters from now on, in habits from the next refresh on, and in segments from the next \`kindred segment\` or \`kindred recluster\` on. \`kindred governance review\` will not block it again.`, width)}\n`;
}
