import type { Comparison, Side } from '../../segmentation/recluster/comparison.ts';
import { fateWords, originWords } from '../../segmentation/recluster/fate-words.ts';
import {
  capitalised,
  formatCount,
  formatMoney,
  formatSize,
  formatValue,
} from '../../segmentation/wording.ts';
import { textTable } from './table.ts';
import { wrap } from './text.ts';

/** What a person decides by: what becomes of each segment, who is affected, and whether it is better. */
export function comparisonView(comparison: Comparison, width: number): string {
  const paragraphs = [changing(comparison), agreement(comparison), whyThisMany(comparison)];
  return [
    fatesTable(comparison, width),
    ...paragraphs.filter(text => text !== '').map(text => `${wrap(text, width)}\n`),
    qualityTable(comparison, width),
  ].join('\n');
}

function fatesTable({ fates, proposed }: Comparison, width: number): string {
  const standing = fates.map(fate => [
    fate.name,
    formatCount(fate.before),
    fate.continuedBy && fate.after !== null ? formatCount(fate.after) : '-',
    fateWords(fate),
  ]);
  const fresh = proposed
    .filter(({ isNew }) => isNew)
    .map(segment => [
      segment.name,
      '-',
      formatCount(segment.size),
      `${originWords(segment)}\n${segment.sentence}`,
    ]);
  return textTable(
    [
      { head: 'Segment' },
      { head: 'Now', align: 'right' },
      { head: 'Proposed', align: 'right' },
      { head: 'What becomes of it', grows: true },
    ],
    [...standing, ...fresh],
    width,
  );
}

function changing({ changing: some, customers, asOf, currency, same }: Comparison): string {
  const basis = `Compared on the ${formatCount(customers)} customers of ${asOf}.`;
  const who =
    some.customers === 0
      ? 'Nobody would change segment.'
      : `${formatSize(some.customers)} of them (${formatValue(some.share, 'share', null)}) would change segment; they spent ${formatMoney(some.revenueLastYear, currency)} in the last 365 days.`;
  const verdict = same ? ' These are the segments that stand: nothing needs to be decided.' : '';
  return `${basis} ${capitalised(who)}${verdict}`;
}

function agreement({ agreement: index, matchedBy, common }: Comparison): string {
  if (matchedBy === 'place' || index === null)
    return `Only ${formatSize(common.customers)} customers are in both, too few to follow: segments are matched by how their customers buy.`;
  return `Agreement with the segments that stand: ${index.toFixed(2)} (adjusted Rand index; 1 is the same grouping, 0 is no more alike than chance).`;
}

function whyThisMany({ choice, standing, candidate }: Comparison): string {
  return choice && standing.groups !== candidate.groups ? choice.reason : '';
}

function qualityTable({ standing, candidate }: Comparison, width: number): string {
  const row = (head: string, tell: (side: Side) => string) => [head, tell(standing), tell(candidate)];
  return textTable(
    [
      { head: 'How good they are', grows: true },
      { head: 'Now', align: 'right' },
      { head: 'Proposed', align: 'right' },
    ],
    [
      row('Segments', ({ groups }) => String(groups)),
      row('Set aside for unusual volume', ({ setAside }) => formatCount(setAside)),
      row('Customers who clearly belong to their segment', ({ certain }) =>
        certain === null ? '-' : formatValue(certain, 'share', null),
      ),
      row('Found again in half of the customers, when fitted (1 is always)', ({ fitted }) =>
        fitted ? fitted.jaccard.toFixed(2) : '-',
      ),
      row('How far they are set apart, when fitted (below 0.04 is chance)', ({ fitted }) =>
        fitted ? fitted.delta.toFixed(3) : '-',
      ),
    ],
    width,
  );
}
