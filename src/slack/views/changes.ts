import type { KnownBlock } from '@slack/types';
import { counted, dayText } from '../../markdown/figures.ts';
import { capitalised, formatCount } from '../../segmentation/wording.ts';
import { context, fields, section } from '../blocks/layout.ts';
import { bullets, facts, filledTable, moneyCell, moneyShort, peopleCell, sentence } from './figures.ts';
import type { AllMoves, ShownDrift } from './results.ts';

/** From which segment to which, most customers first. */
export function movesTable({ from, asOf, currency, moves }: AllMoves): KnownBlock[] {
  return filledTable({
    caption: `Moves from ${dayText(from)} to ${dayText(asOf)}`,
    columns: ['From', 'To', 'Customers', 'Revenue last year'],
    rows: moves.map(({ from, to, customers, revenueLastYear }) => [
      from,
      to,
      peopleCell(customers),
      moneyCell(revenueLastYear, currency),
    ]),
  });
}

const MOST_TOLD = 5;

export function movesBlocks(moves: AllMoves): KnownBlock[] {
  const { asOf, from, currency, sentences, more, newcomers, lapsed, cameBack } = moves;
  const flow = ({ customers, revenueLastYear }: AllMoves['lapsed']) =>
    `${counted(customers, 'customer')}${revenueLastYear === null ? '' : `, ${moneyShort(revenueLastYear, currency)}`}`;
  return [
    section(`*Moves from ${dayText(from)} to ${dayText(asOf)}*`),
    ...fields(
      facts([
        ['First-time buyers', flow(newcomers)],
        ['Lapsed', flow(lapsed)],
        ['Came back', flow(cameBack)],
      ]),
    ),
    ...(sentences.length === 0
      ? []
      : [section(`*What matters most*\n${bullets(sentences.slice(0, MOST_TOLD).map(sentence))}`)]),
    ...movesTable(moves),
    context(
      more > 0
        ? `Money is their revenue of the last year. ${formatCount(more)} more ${more === 1 ? 'move is' : 'moves are'} not listed, most of them of fewer than ten customers.`
        : 'Money is their revenue of the last year.',
    ),
  ];
}

/** What changed beyond chance and the calendar. */
export function driftBlocks({ asOf, compared, groups, recluster, means }: ShownDrift): KnownBlock[] {
  if (!compared)
    return [
      section(
        `The segments were only just made, as of ${dayText(asOf)}: there is nothing to compare with before the next refresh.`,
      ),
    ];
  const told = groups.filter(({ findings }) => findings.length > 0);
  return [
    section(`*What the refresh as of ${dayText(asOf)} found to have changed*`),
    ...(told.length === 0 ? [section('Nothing beyond what chance and the calendar give.')] : []),
    ...told.map(({ title, findings, more }) =>
      section(
        [
          `*${sentence(title)}*`,
          bullets(
            findings.map(({ sentence: what, sure, explainedBy }) =>
              [
                sentence(what),
                ` _${capitalised(sentence(sure))}._`,
                explainedBy === null ? '' : ` ${sentence(explainedBy)}`,
              ].join(''),
            ),
          ),
          ...(more > 0 ? [`and ${more} more`] : []),
        ].join('\n'),
      ),
    ),
    ...(recluster.length === 0
      ? []
      : [section(`*What speaks for finding the segments anew*\n${bullets(recluster.map(sentence))}`)]),
    context(sentence(means)),
  ];
}
