import type { ChartData } from '../../../charts/chart-data.ts';
import { stepOf, steps } from '../../../charts/palette.ts';
import { el } from './dom.ts';
import { countOf, dateWords } from './words.ts';

interface Table {
  head: string[];
  /** The first of a row is its header. */
  rows: string[][];
}

/** The figures that a chart is drawn from, for who reads rather than looks. */
export function figuresTable(data: ChartData): HTMLElement {
  const { head, rows } = tableOf(data);
  const table = el(
    'table',
    {},
    el('caption', { class: 'unseen' }, data.title),
    el('thead', {}, el('tr', {}, ...head.map(each => el('th', { scope: 'col' }, each)))),
    el(
      'tbody',
      {},
      ...rows.map(([first, ...others]) =>
        el('tr', {}, el('th', { scope: 'row' }, first!), ...others.map(each => el('td', {}, each))),
      ),
    ),
  );
  // What scrolls must be reachable by keyboard.
  const scrolls = el(
    'div',
    { class: 'scrolls', tabindex: '0', role: 'region', 'aria-label': data.title },
    table,
  );
  return el('details', { class: 'figures' }, el('summary', {}, 'Show the figures'), scrolls);
}

function tableOf({ segments, profile, moves, sizes }: ChartData): Table {
  const names = new Map([
    ...segments.map(({ key, name }) => [key, name] as const),
    ['new', 'First-time buyers'] as const,
    ['gone', 'Gone'] as const,
    ['set-aside', 'Set aside'] as const,
  ]);
  if (profile)
    return {
      head: ['Segment', ...profile.features],
      rows: segments.map(({ name }, s) => [
        name,
        ...profile.features.map((_, f) => {
          const cell = profile.rows[s]?.[f];
          return cell ? `${cell.value} (${steps[stepOf(cell.difference)]!.words})` : 'not told';
        }),
      ]),
    };
  if (moves)
    return {
      head: ['From', 'To', 'Customers'],
      rows: moves.flows.map(({ from, to, customers }) => [
        names.get(from) ?? from,
        names.get(to) ?? to,
        countOf(customers),
      ]),
    };
  if (sizes) {
    const line = (name: string, counts: (typeof sizes.lines)[number]) => [
      name,
      ...sizes.dates.map((_, i) => (counts[i] == null ? 'not there' : countOf(counts[i]))),
    ];
    return {
      head: ['Segment', ...sizes.dates.map(dateWords)],
      rows: [
        ...segments.map(({ name }, i) => line(name, sizes.lines[i] ?? [])),
        ...sizes.earlier.map(each => line(`${each.name} (stands no more)`, each.sizes)),
      ],
    };
  }
  return {
    head: ['Segment', 'Customers'],
    rows: segments.map(({ name, customers }) => [name, countOf(customers)]),
  };
}
