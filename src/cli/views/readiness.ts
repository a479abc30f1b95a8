import type { Readiness } from '../../segmentation/readiness.ts';
import { formatCount, formatValue } from '../../segmentation/wording.ts';
import { textTable } from './table.ts';
import { counted, wrap } from './text.ts';

/** What the data can carry, what is missing, and what that would bring. */
export function readinessView(found: Readiness, width: number): string {
  const { customers, orders, imports, verdict } = found;
  if (found.asOf === null || customers.buyers === 0)
    return 'There are no orders yet.\nBring some in with `kindred import PATH`.\n';
  const facts = [
    `${counted(customers.buyers, 'customer')} with ${counted(orders.purchases, 'order')} over ${counted(found.months, 'month')}, as of ${found.asOf}.`,
    customers.withoutOrders > 0 ? `${formatCount(customers.withoutOrders)} without an order.` : '',
    orders.notPurchases > 0
      ? `${formatCount(orders.notPurchases)} cancelled, voided or test orders count nowhere else.`
      : '',
    imports.files > 0
      ? `${counted(imports.rowsIn, 'row')} imported from ${counted(imports.files, 'file')}: ${formatCount(imports.rejected)} rejected, ${formatValue(imports.duplicateShare, 'share', null)} there before or twice.`
      : '',
  ];
  const verdictText = verdict.enough
    ? 'Enough for groups of its own.'
    : `${verdict.why.join(' ')} \`kindred segment\` gives RFM segments here; --force looks for groups all the same.`;
  const classes = textTable(
    [
      { head: 'Class' },
      { head: 'Features', align: 'right' },
      { head: 'What is missing, and what it would bring', grows: true },
    ],
    found.classes.map(each => [
      each.class,
      `${each.available.length} of ${each.available.length + each.missing.length}`,
      each.missing.length === 0 ? 'nothing' : missingText(each),
    ]),
    width,
  );
  const blanks = found.tables.flatMap(table =>
    table.blanks
      .filter(blank => blank.share > 0.05 && blank.share < 1)
      .map(blank => [`${table.table}.${blank.column}`, formatValue(blank.share, 'share', null)]),
  );
  return [
    ...facts.filter(fact => fact !== '').map(fact => wrap(fact, width)),
    '',
    wrap(verdictText, width),
    '',
    classes,
    ...(blanks.length > 0
      ? [textTable([{ head: 'Often blank' }, { head: 'Blank', align: 'right' }], blanks, width)]
      : []),
    ...found.notes.map(note => wrap(note, width)),
    '',
  ].join('\n');
}

function missingText(each: Readiness['classes'][number]): string {
  const labels = each.missing.map(({ label }) => label);
  const shown = labels.length > 4 ? [...labels.slice(0, 3), `${labels.length - 3} more`] : labels;
  return `${shown.join(', ')}. ${each.brings}`;
}
