import { capitalised, formatSize, formatValue, listed } from '../wording.ts';
import type { Comparison } from './comparison.ts';
import { fateWords } from './fate-words.ts';

/** One sentence for lists: what would change, and for how many. */
export function summaryOf(comparison: Comparison): string {
  const { fates, proposed, changing, same } = comparison;
  if (same) {
    return 'The segments found anew are those that stand: nothing needs to be decided, though it may be approved.';
  }
  const stay = fates.filter(({ continuedBy }) => continuedBy !== null).length;
  const fresh = proposed.filter(({ isNew }) => isNew).length;
  const gone = fates.filter(({ continuedBy }) => continuedBy === null);
  const parts = [
    stay === fates.length
      ? `all ${stay} segments stay`
      : `${stay} of ${fates.length} segments ${stay === 1 ? 'stays' : 'stay'}`,
    ...gone.map(fate => `“${fate.name}” ${fateWords(fate)}`),
    ...(fresh > 0 ? [`${fresh} ${fresh === 1 ? 'is' : 'are'} new`] : []),
  ];
  return `${capitalised(listed(parts))}; ${formatSize(changing.customers)} customers (${formatValue(changing.share, 'share', null)}) would change segment.`;
}
