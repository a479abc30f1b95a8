import type { Customers } from '../../../charts/chart-data.ts';
import { formatMoney, formatValue } from '../../../segmentation/wording.ts';
import { button, el, icon } from './dom.ts';
import { swatch } from './legend.ts';
import { countOf } from './words.ts';

/** What show_segment tells, as far as the card shows it. */
export interface SegmentTold {
  key: string;
  name: string;
  currency: string | null;
  customers: Customers;
  share: number | null;
  revenue: number | null;
  revenueShare: number | null;
  revenuePerCustomer: number | null;
  trend: 'growing' | 'steady' | 'shrinking' | null;
  predictions: { valueAtRisk: number | null; churn: number | null };
  persona: { author: string; sentence: string; paragraph: string; action: string; avoid: string } | null;
  setsApart: { label: string; here: string; all: string }[];
  nearest: { key: string; name: string }[];
}

export interface CardActions {
  close: () => void;
  open: (key: string) => void;
  /** Null where the chat takes no messages. */
  ask: (() => void) | null;
}

const MOST_APART = 5;

/** Who a segment is: persona, figures, what sets it apart, and what to do. */
export function segmentCard(told: SegmentTold, position: number, actions: CardActions): HTMLElement {
  const { persona, setsApart, nearest } = told;
  return el(
    'div',
    {},
    cardHead(told.name, position, actions.close),
    persona ? el('p', { class: 'lead' }, persona.sentence) : el('p', {}, tooFew),
    figures(told),
    persona &&
      el(
        'div',
        { class: 'columns' },
        apartTable(setsApart),
        el('div', {}, advice('What to do', persona.action), advice('What to avoid', persona.avoid)),
      ),
    persona &&
      el('details', { class: 'more' }, el('summary', {}, 'More about them'), el('p', {}, persona.paragraph)),
    el(
      'div',
      { class: 'actions' },
      actions.ask && button({ class: 'primary' }, actions.ask, 'Ask about this segment'),
      nearest.length === 0 ? null : nearestOf(nearest, actions.open),
    ),
    el('p', { class: 'said', role: 'status' }),
  );
}

export function cardHead(name: string, position: number, close: () => void): HTMLElement {
  return el(
    'div',
    { class: 'card-head' },
    el('h2', { tabindex: '-1' }, swatch(position), `${position + 1} `, el('span', { class: 'name' }, name)),
    button({ class: 'plain', 'aria-label': 'Close the segment' }, close, icon('M4 4 12 12M12 4 4 12')),
  );
}

const tooFew = 'Fewer than ten customers: nothing is told that could point at one of them.';

function figures({ customers, share, revenue, revenueShare, ...told }: SegmentTold): HTMLElement {
  const { revenuePerCustomer, trend, currency, predictions } = told;
  const money = (amount: number | null) => amount !== null && formatMoney(amount, currency);
  const part = (value: number | null, of: string) =>
    value === null ? '' : `${formatValue(value, 'share', null)} ${of}`;
  const all: [string, string | false, string][] = [
    ['Customers', countOf(customers), [part(share, 'of all'), trend].filter(Boolean).join(', ')],
    ['Revenue', money(revenue), part(revenueShare, 'of all')],
    ['Per customer', money(revenuePerCustomer), ''],
    [
      'Value at risk',
      money(predictions.valueAtRisk),
      part(predictions.churn, 'chance of no order in 90 days'),
    ],
  ];
  return el(
    'dl',
    { class: 'numbers' },
    ...all.flatMap(([what, value, beside]) =>
      value === false
        ? []
        : [
            el(
              'div',
              {},
              el('dt', {}, what),
              el('dd', {}, value, beside === '' ? null : el('span', { class: 'beside' }, beside)),
            ),
          ],
    ),
  );
}

function apartTable(setsApart: SegmentTold['setsApart']): HTMLElement | null {
  if (setsApart.length === 0) return null;
  const head = ['What sets them apart', 'Here', 'All customers'];
  const rows = setsApart
    .slice(0, MOST_APART)
    .map(({ label, here, all }) =>
      el('tr', {}, el('th', { scope: 'row' }, label), el('td', {}, here), el('td', { class: 'beside' }, all)),
    );
  return el(
    'table',
    { class: 'apart' },
    el('thead', {}, el('tr', {}, ...head.map(each => el('th', { scope: 'col' }, each)))),
    el('tbody', {}, ...rows),
  );
}

function nearestOf(nearest: SegmentTold['nearest'], open: (key: string) => void): HTMLElement {
  const links = nearest.map(({ key, name }) => button({ class: 'link' }, () => open(key), name));
  return el('p', { class: 'beside' }, 'Nearest: ', ...links);
}

function advice(title: string, words: string): HTMLElement | null {
  if (words === '') return null;
  return el('section', { class: 'advice' }, el('h3', {}, title), el('p', {}, words));
}
