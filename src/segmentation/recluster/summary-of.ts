import { capitalised, formatSize, formatValue, listed, SMALLEST_REPORTED } from '../wording.ts';
import type { Comparison } from './comparison.ts';
import { fateWords, partsAreLarge } from './fate-words.ts';

/** What becomes of so many segments is said one by one. */
const told = 3;

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
      : `${stay === 0 ? 'none' : stay} of ${fates.length} segments ${stay < 2 ? 'stays' : 'stay'}`,
    ...(gone.length > told ? [] : gone).map(
      fate => `“${fate.name}” ${fateWords(fate, { shares: partsAreLarge(fate) })}`,
    ),
    ...(fresh > 0 ? [`${fresh} ${fresh === 1 ? 'is' : 'are'} new`] : []),
  ];
  // A share of known many would tell how few they are.
  const share =
    changing.customers < SMALLEST_REPORTED ? '' : ` (${formatValue(changing.share, 'share', null)})`;
  return `${capitalised(listed(parts))}; ${formatSize(changing.customers)} customers${share} would change segment.`;
}
