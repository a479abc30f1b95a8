import type { Weighed } from '../../agent/tasks/weights/weigh.ts';
import { featureById } from '../../features/catalogue.ts';
import { bullet } from './drift.ts';
import { proposalView } from './proposals.ts';
import { noGroupsView } from './segments.ts';
import { textTable } from './table.ts';
import { wrap } from './text.ts';

/** The weights with their reasons, and what they would do. */
export function weighedView({ draft, author, why, tried }: Weighed, width: number): string {
  return [
    `${wrap(draft.summary, width)}\n`,
    ...(draft.leftOut.length > 0
      ? [
          `Left out\n${draft.leftOut.map(({ feature, why: because }) => bullet(`${labelOf(feature)}: ${because}`, width)).join('')}`,
        ]
      : []),
    ...(draft.unsure === '' ? [] : [`${wrap(`Not sure: ${draft.unsure}`, width)}\n`]),
    `${wrap(byWhom(author, why), width)}\n`,
    tried.kind === 'proposed'
      ? proposalView(tried.proposal, width)
      : `${weightsTable(draft, width)}\nWith these weights no stable groups were found, so nothing is proposed.\n\n${noGroupsView(tried.choice, width)}`,
  ].join('\n');
}

/** A proposal shows its weights itself. */
function weightsTable({ weights }: Weighed['draft'], width: number): string {
  return textTable(
    [
      { head: 'Feature', grows: true },
      { head: 'Weight', align: 'right' },
      { head: 'Why', grows: true },
    ],
    weights.map(({ feature, weight, reason }) => [labelOf(feature), String(weight), reason]),
    width,
  );
}

const labelOf = (feature: string) => featureById(feature)?.label ?? feature;

function byWhom(author: Weighed['author'], why: string | null): string {
  if (author === 'model')
    return 'Weighed by a language model, which saw figures of all customers and no row.';
  const plain = 'Weighed without a language model: what the words of the priority name counts double.';
  return why === null ? plain : `${plain} ${why}`;
}
