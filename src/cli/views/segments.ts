import type { KChoice } from '../../clustering/choose-k.ts';
import type { Evidence, Model } from '../../segmentation/model.ts';
import { capitalised, formatSize, formatValue } from '../../segmentation/wording.ts';
import { textTable } from './table.ts';
import { counted, indent, sizeCell, wrap } from './text.ts';

/** The table of segments, with what it rests on beneath it. */
export function segmentsView(model: Model, width: number): string {
  const { population } = model;
  const rows = model.segments.map(segment => [
    `${segment.persona.name}\n${segment.key}`,
    sizeCell(segment.size),
    formatValue(segment.share, 'share', null),
    formatValue(segment.revenueShare, 'share', null),
    segment.persona.evidence.slice(0, 3).map(setsApart).join('; '),
  ]);
  const table = textTable(
    [
      { head: 'Segment' },
      { head: 'Customers', align: 'right' },
      { head: 'Share', align: 'right' },
      { head: 'Revenue', align: 'right' },
      { head: 'What sets it apart', grows: true },
    ],
    rows,
    width,
  );
  const { setAside, withoutOrders } = population;
  const notes = [
    `${counted(population.customers, 'customer')} with ${formatValue(population.revenue, 'money', population.currency)} of revenue over ${counted(population.months, 'month')}, as of ${model.describedAsOf}.`,
    setAside.count > 0
      ? `${capitalised(formatSize(setAside.count))} set aside (${formatValue(setAside.revenueShare, 'share', null)} of revenue): ${setAside.why}.`
      : '',
    withoutOrders > 0 ? `${capitalised(formatSize(withoutOrders))} without an order are not segmented.` : '',
    model.choice ? model.choice.reason : 'Classical RFM cells: the data is too thin for groups of its own.',
  ];
  const text = notes
    .filter(note => note !== '')
    .map(note => wrap(note, width))
    .join('\n');
  return `${table}\n${text}\n`;
}

function setsApart(evidence: Evidence): string {
  return `${evidence.label} ${evidence.value} (all: ${evidence.overall})`;
}

export function warningsView(warnings: readonly string[], width: number): string {
  return warnings.map(warning => `\n${indent(wrap(`Note: ${warning}`, width - 2), 2)}\n`).join('');
}

/** What was tried at each k, for a shop in which no grouping holds. */
export function noGroupsView(choice: KChoice, width: number): string {
  const table = textTable(
    [
      { head: 'Groups', align: 'right' },
      { head: 'Above chance', align: 'right' },
      { head: 'Stability', align: 'right' },
      { head: 'Verdict', grows: true },
    ],
    choice.table.map(row => [String(row.k), row.delta.toFixed(3), row.jaccard.toFixed(2), row.why]),
    width,
  );
  const tried = choice.table.length > 0 ? `${table}\n` : '';
  const next =
    'No segments were made, and those from before still stand. More history or more kinds of data may show groups; `kindred readiness` says what is missing.';
  return `\n${wrap(choice.reason, width)}\n\n${tried}${wrap(next, width)}\n`;
}
