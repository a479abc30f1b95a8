import type { Audience, AudienceFigures, ClauseEffect } from '../../segmentation/audiences/audience.ts';
import type { AudienceFields } from '../../segmentation/audiences/audience-fields.ts';
import type { BuiltAudience } from '../../segmentation/audiences/build-audience.ts';
import type { ExportedAudience } from '../../segmentation/audiences/export-audience.ts';
import type { StandingAnswer } from '../../segmentation/audiences/standing/questions.ts';
import { formatCount, formatMoneyShort, formatValue, listed } from '../../segmentation/wording.ts';
import { bullet } from './drift.ts';
import { textTable } from './table.ts';
import { counted, wrap } from './text.ts';

const right = (head: string) => ({ head, align: 'right' as const });

/** An audience as a page of text: who they are, what made them so, and what to do next. */
export function audienceView(
  { audience, figures }: BuiltAudience,
  width: number,
  question?: Pick<StandingAnswer, 'meaning' | 'value'>,
): string {
  const { handle, name } = audience;
  const next =
    figures.customers > 0
      ? `Next\n  kindred audience export ${handle} --to ${handle}.csv   gives the list\n`
      : '';
  return [
    `${wrap(`${name}  (${handle})`, width)}\n${wrap(headline(figures), width)}\n`,
    question ? `${wrap(`${question.meaning} ${question.value}`, width)}\n` : '',
    clausesText(figures.clauses, width),
    traitsText(figures, width),
    segmentsText(figures, width),
    next,
    `As of ${figures.asOf}.\n`,
  ]
    .filter(part => part !== '')
    .join('\n');
}

/** "1,243 customers (6.2 %): £182k of revenue in the last year, …" */
function headline(figures: AudienceFigures): string {
  const { customers, share, currency, expectedOrders90, lifetimeValue, valueAtRisk } = figures;
  if (customers === 0) return 'Nobody meets this.';
  const money = (value: number) => formatMoneyShort(value, currency);
  const ahead =
    lifetimeValue === null && expectedOrders90 === null
      ? ['nothing predicted of them (`kindred predictions` says why)']
      : [
          ...(expectedOrders90 === null
            ? []
            : [`${ordersText(expectedOrders90)} expected in the next 90 days`]),
          ...(lifetimeValue === null ? [] : [`${money(lifetimeValue)} expected over the next 12 months`]),
          ...(valueAtRisk === null ? [] : [`${money(valueAtRisk)} at risk`]),
        ];
  const past = `${money(figures.revenueLastYear)} of revenue in the last year (${money(figures.revenue)} in all)`;
  return `${counted(customers, 'customer')} (${formatValue(share, 'share', null)}): ${listed([past, ...ahead])}.`;
}

const ordersText = (orders: number) =>
  `${formatValue(orders, 'count', null)} ${formatValue(orders, 'count', null) === '1' ? 'order' : 'orders'}`;

/** What each clause did, where there are several. */
function clausesText(clauses: readonly ClauseEffect[], width: number): string {
  if (clauses.length < 2) return '';
  const table = textTable(
    [
      { head: 'Step by step', grows: true },
      right('Meet it'),
      right('Dropped'),
      right('Left'),
      right('If left out'),
    ],
    clauses.map(({ says, meets, before, dropped, without }) => [
      says,
      formatCount(meets),
      formatCount(dropped),
      formatCount(before - dropped),
      formatCount(without),
    ]),
    width,
  );
  const last = clauses.at(-1)!;
  const [most] = clauses.toSorted((a, b) => b.without - a.without);
  const nobody = last.before === last.dropped && most!.without > 0;
  const hint = nobody
    ? `${wrap(`Without “${most!.says}” there would be ${formatCount(most!.without)}.`, width)}\n`
    : '';
  return table + hint;
}

function traitsText({ customers, share, traits }: AudienceFigures, width: number): string {
  if (customers === 0 || share === 1) return '';
  if (traits.length === 0) return 'Beside what was asked for, they are much like all other customers.\n';
  return textTable(
    [{ head: 'What else sets them apart', grows: true }, right('Here'), right('All customers')],
    traits.map(({ label, value, overall }) => [label, value, overall]),
    width,
  );
}

const MOST_SEGMENTS = 8;

function segmentsText({ customers, segments }: AudienceFigures, width: number): string {
  const shown = segments.slice(0, MOST_SEGMENTS);
  const rest = segments.slice(MOST_SEGMENTS);
  const nowhere = customers - segments.reduce((sum, segment) => sum + segment.customers, 0);
  const rows = [
    ...shown.map(segment => [segment.name, segment.customers] as const),
    ...(rest.length > 0
      ? [[`${rest.length} others`, rest.reduce((sum, segment) => sum + segment.customers, 0)] as const]
      : []),
    ...(nowhere > 0 ? [['In none yet: new since the last refresh', nowhere] as const] : []),
  ];
  if (rows.length === 0) return '';
  return textTable(
    [{ head: 'Segment', grows: true }, right('Customers'), right('Share')],
    rows.map(([name, count]) => [name, formatCount(count), formatValue(count / customers, 'share', null)]),
    width,
  );
}

export function audiencesView(audiences: readonly Audience[], width: number): string {
  if (audiences.length === 0)
    return 'No audience is saved yet. `kindred audience --help` shows how to ask for one.\n';
  return textTable(
    [{ head: 'Handle' }, { head: 'Name', grows: true }, { head: 'Saved' }, { head: 'By' }],
    audiences.map(({ handle, name, createdAt, createdBy }) => [
      handle,
      name,
      createdAt.slice(0, 10),
      createdBy,
    ]),
    width,
  );
}

const clauses = [
  ['{"field": "open_rate", "below": 0.6}', 'a number: atLeast, atMost, above, below; shares are 0 to 1'],
  ['{"field": "country", "is": ["GB", "IE"]}', 'a text: is, isNot; any field: known'],
  ['{"segment": "KEY"}', 'who stands in a segment, or in one of several'],
  ['{"moved": {"to": "KEY", "within": 30}}', 'who moved: from, to; within, since, until'],
  ['{"orders": {"category": "NAME"}}', 'who ordered: count, value, category, product, channel, coupon, …'],
  ['{"events": {"type": "NAME", "within": 30}}', 'who did something: count, category, campaign, …'],
  ['{"all": […]}  {"any": […]}  {"not": …}', 'clauses joined'],
];

/** What a filter may say and name here, and what it may not. */
export function audienceFieldsView({ fields, withheld, segments }: AudienceFields, width: number): string {
  const parts = [
    textTable([{ head: 'A filter may say' }, { head: '', grows: true }], clauses, width),
    textTable(
      [{ head: 'Field' }, { head: 'In' }, { head: 'What it says', grows: true }],
      fields.map(({ id, type, label, unit }) => [id, unit ?? type, label]),
      width,
    ),
    textTable(
      [{ head: 'Segment' }, { head: 'Name', grows: true }],
      segments.map(({ key, name }) => [key, name]),
      width,
    ),
  ];
  if (withheld.length > 0)
    parts.push(`Not here\n${withheld.map(({ why, next }) => bullet(`${why} ${next}`, width)).join('')}`);
  return parts.join('\n');
}

export function exportedView(
  { audience, rows, withoutEmail, saidNo }: ExportedAudience,
  file: string,
  width: number,
): string {
  const notes = [
    withoutEmail > 0 ? `${counted(withoutEmail, 'row')} without an e-mail address.` : '',
    saidNo > 0
      ? `${counted(saidNo, 'row')} of people who said no to marketing (accepts_marketing is false): leave them out of mailings.`
      : '',
    'It names people: keep it no longer than you need it.',
  ];
  const told = notes.filter(note => note !== '').map(note => `${wrap(note, width)}\n`);
  return `Wrote ${counted(rows, 'row')} of “${audience.name}” (${audience.handle}) to ${file}\n${told.join('')}`;
}
