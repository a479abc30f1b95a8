import type { Finding } from '../../segmentation/drift/finding.ts';
import { sizesOverTime, trendOf } from '../../segmentation/history/sizes.ts';
import type { Model } from '../../segmentation/model.ts';
import { movesBetween } from '../../segmentation/moves/between.ts';
import { lapsedKeys } from '../../segmentation/moves/lapsed.ts';
import { namedMoves } from '../../segmentation/moves/named.ts';
import type { RefreshRecord } from '../../segmentation/refresh/record.ts';
import {
  capitalised,
  formatMoneyShort,
  formatSize,
  formatValue,
  SMALLEST_REPORTED,
} from '../../segmentation/wording.ts';
import { findingsText } from './drift.ts';
import { namedText } from './moves.ts';
import { textTable } from './table.ts';
import { changeCell, counted, sizeCell, wrap } from './text.ts';

/**
 * What a refresh found: sizes and how they changed, the moves that matter, and what drifted.
 * @param records oldest first; the last is that of the refresh
 */
export function refreshView(model: Model, records: readonly RefreshRecord[], width: number): string {
  const record = records.at(-1)!;
  const moved =
    record.kind === 'refresh' && records.length > 1
      ? namedMoves(movesBetween(records, {}, lapsedKeys(model)), records, model)
      : [];
  return [
    `${wrap(headline(record), width)}\n`,
    segmentsTable(records, model.population.currency, width),
    moved.length > 0 ? `The moves that matter\n${namedText(moved, width)}` : '',
    findingsText(record, width),
  ]
    .filter(part => part !== '')
    .join('\n');
}

function headline({
  asOf,
  customers,
  setAside,
  previous,
  segments,
  findings,
  flapping,
}: RefreshRecord): string {
  const alerts = findings.filter(({ severity }) => severity === 'alert').length;
  const since = previous === null ? '' : ` since ${previous}`;
  const aside = setAside > 0 ? `, ${formatSize(setAside)} set aside` : '';
  const who =
    flapping.moves === 0
      ? `Nobody changed segment${since}`
      : `${capitalised(formatSize(flapping.moves))} changed segment${since}${returning(flapping)}`;
  return `As of ${asOf}: ${counted(customers - setAside, 'customer')} in ${counted(segments.length, 'segment')}${aside}. ${who}. ${alerts === 0 ? 'No alerts' : counted(alerts, 'alert')}.`;
}

/** The share of those who went to and fro; of a few it would point at people. */
function returning({ moves, returns }: RefreshRecord['flapping']): string {
  if (moves < SMALLEST_REPORTED) return '';
  const share = returns === 0 ? 'none' : formatValue(returns / moves, 'share', null);
  return `, ${share} of them back to where they had just been`;
}

const arrows = { growing: '↗', steady: '→', shrinking: '↘' } as const;

function segmentsTable(records: readonly RefreshRecord[], currency: string | null, width: number): string {
  const { segments } = records.at(-1)!;
  const { segments: series, replaced } = sizesOverTime(records);
  // Sizes of other segments under the same key are no trend.
  const start = replaced.length > 0 ? records.findIndex(({ asOf }) => asOf === replaced.at(-1)!.asOf) : 0;
  const rows = segments.map(({ key, name, size, revenueLast90Days }) => {
    const sizes = series.find(each => each.key === key)!.sizes.slice(start);
    const before = sizes.at(-2);
    const trend = trendOf(sizes);
    return [
      name,
      sizeCell(size),
      before == null ? '' : changeCell(before, size),
      trend === null ? '' : arrows[trend],
      formatMoneyShort(revenueLast90Days, currency),
    ];
  });
  return textTable(
    [
      { head: 'Segment', grows: true },
      { head: 'Customers', align: 'right' },
      { head: 'Change', align: 'right' },
      { head: 'Trend' },
      { head: 'Revenue, 90 days', align: 'right' },
    ],
    rows,
    width,
  );
}

/** That the segments should be found anew, and why, as far as the findings above do not say it; blank where nothing calls for it. */
export function adviceView(advice: readonly string[], findings: readonly Finding[], width: number): string {
  if (advice.length === 0) return '';
  const told = new Set(findings.map(({ sentence }) => sentence));
  const untold = advice.filter(why => !told.has(why));
  const calls = [
    ...(untold.length < advice.length ? ['What drifted calls for finding the segments anew.'] : []),
    ...untold,
    '`kindred recluster` finds them anew: it proposes and changes nothing.',
  ];
  return `\n${wrap(calls.join(' '), width)}\n`;
}
