import type { Model } from '../../segmentation/model.ts';
import type { Flow, MovesBetween } from '../../segmentation/moves/between.ts';
import type { NamedMove } from '../../segmentation/moves/named.ts';
import { betweenSegments } from '../../segmentation/refresh/moves.ts';
import { gone, newcomer, setAsideKey } from '../../segmentation/refresh/record.ts';
import { formatMoneyShort, formatSize, SMALLEST_REPORTED } from '../../segmentation/wording.ts';
import { bullet } from './drift.ts';
import { replacedText } from './history.ts';
import { textTable } from './table.ts';
import { changeCell, counted, sizeCell, wrap } from './text.ts';

/** Who moved between two dates: the moves that matter, what each segment won and lost, and all moves. */
export function movesView(
  between: MovesBetween,
  named: readonly NamedMove[],
  { population }: Pick<Model, 'population'>,
  width: number,
): string {
  const { currency } = population;
  const notes = [
    between.refreshes.length > 1
      ? `Moves of ${counted(between.refreshes.length, 'refresh').replace(/refreshs$/, 'refreshes')} are joined: a customer who moved at several of them counts at each.`
      : '',
    ...between.replaced.map(replacedText),
  ].filter(note => note !== '');
  return [
    `${wrap(headline(between, currency), width)}\n`,
    namedText(named, width),
    flowsTable(between, width),
    allMoves(between, currency, width),
    notes.map(note => `${wrap(note, width)}\n`).join(''),
  ]
    .filter(part => part !== '')
    .join('\n');
}

/** The sentences of the moves that matter. */
export function namedText(named: readonly NamedMove[], width: number): string {
  return named.map(({ sentence }) => bullet(sentence, width)).join('');
}

function headline({ from, to, moves, newcomers, lapsed, returned }: MovesBetween, currency: string | null) {
  const all = betweenSegments(moves);
  const parts = [
    `${from} to ${to}: ${all === 0 ? 'nobody' : formatSize(all)} moved from one segment to another`,
    newcomers.customers > 0 ? `${formatSize(newcomers.customers)} are new` : '',
    lapsed.customers > 0 ? `${told(lapsed, currency)} lapsed` : '',
    returned.customers > 0 ? `${told(returned, currency)} came back` : '',
  ];
  return `${parts.filter(part => part !== '').join('; ')}.`;
}

function told({ customers, revenueLastYear }: Flow, currency: string | null): string {
  const revenue =
    customers >= SMALLEST_REPORTED && revenueLastYear > 0
      ? ` (${formatMoneyShort(revenueLastYear, currency)} of yearly revenue)`
      : '';
  return `${formatSize(customers)}${revenue}`;
}

const few = (customers: number) => (customers === 0 ? '' : sizeCell(customers));

function flowsTable({ segments }: MovesBetween, width: number): string {
  const rows = segments.map(({ name, before, after, entered, left }, s) => {
    const others = entered.fromSegments.customers + entered.fromSetAside.customers;
    const out = left.toSegments.customers + left.toSetAside.customers + left.gone.customers;
    return [
      `${s + 1} ${name}`,
      before === null ? '' : sizeCell(before),
      few(entered.newcomers.customers),
      few(others),
      few(out),
      few(left.toLapsed.customers),
      before === null || after === null ? '' : changeCell(before, after),
      after === null ? '' : sizeCell(after),
    ];
  });
  const right = (head: string) => ({ head, align: 'right' as const });
  return textTable(
    [
      { head: 'Segment', grows: true },
      right('Before'),
      right('New'),
      right('Joined'),
      right('Left'),
      right('Lapsed'),
      right('Net'),
      right('After'),
    ],
    rows,
    width,
  );
}

/** All moves as a matrix where the terminal is wide enough, else as a list of the greatest. */
function allMoves(between: MovesBetween, currency: string | null, width: number): string {
  if (between.moves.length === 0) return '';
  const matrix = matrixTable(between, width);
  return matrix.split('\n').every(line => line.length <= width)
    ? matrix
    : listTable(between, currency, width);
}

/** Rows are where customers were, columns where they are now, by the numbers of the table above. */
function matrixTable({ segments, moves }: MovesBetween, width: number): string {
  const ends = (side: 'from' | 'to') => [
    ...segments.map(({ key }, s) => ({ key, head: String(s + 1) })),
    ...beside.filter(({ key }) => moves.some(move => move[side] === key)),
  ];
  const columns = ends('to');
  const rows = ends('from').map(({ key, head }) => [
    head,
    ...columns.map(({ key: to }) =>
      key === to ? '·' : few(moves.find(move => move.from === key && move.to === to)?.customers ?? 0),
    ),
  ]);
  return textTable(
    [{ head: 'From \\ to' }, ...columns.map(({ head }) => ({ head, align: 'right' as const }))],
    rows,
    width,
  );
}

const beside = [
  { key: newcomer, head: 'New' },
  { key: setAsideKey, head: 'Aside' },
  { key: gone, head: 'Gone' },
];

const MOST_LISTED = 15;

function listTable({ segments, moves }: MovesBetween, currency: string | null, width: number): string {
  const nameOf = (key: string) =>
    segments.find(segment => segment.key === key)?.name ?? beside.find(end => end.key === key)?.head ?? key;
  const shown = moves.slice(0, MOST_LISTED);
  const table = textTable(
    [
      { head: 'From and to', grows: true },
      { head: 'Customers', align: 'right' },
      { head: 'Yearly revenue', align: 'right' },
    ],
    shown.map(({ from, to, customers, revenueLastYear }) => [
      `${nameOf(from)} → ${nameOf(to)}`,
      few(customers),
      customers < SMALLEST_REPORTED || to === gone ? '' : formatMoneyShort(revenueLastYear, currency),
    ]),
    width,
  );
  const rest = moves.length - shown.length;
  return rest > 0 ? `${table}${counted(rest, 'smaller move')} not shown; --json has them all.\n` : table;
}
