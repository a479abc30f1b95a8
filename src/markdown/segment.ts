import { code, plain } from '../segmentation/markdown.ts';
import { counted, dayText, moneyText, peopleText, sentenceText, shareText, valueText } from './figures.ts';
import { bullets, factTable, filledTable, page, section } from './page.ts';
import type { ShownMoves, ShownPredictions, ShownSegment } from './results.ts';
import { tooFew } from './segments.ts';

export interface SegmentPage {
  segment: ShownSegment;
  /** null where no refresh came after the segments were found. */
  moves: ShownMoves | null;
  predictions: ShownPredictions;
}

/** One segment: who they are, figures, habits, moves, and what is expected. */
export function segmentMarkdown(
  shown: SegmentPage,
  uriOf: { segment: (key: string) => string; persona: (key: string) => string },
): string {
  const { segment } = shown;
  const { key, name, asOf, persona, nearest } = segment;
  if (persona === null) return page(plain(name), tooFew);
  return page(
    plain(name),
    `${sentenceText(persona.sentence)} What to do: ${code(uriOf.persona(key))}`,
    section('Figures', `As of ${dayText(asOf)}.`, figures(segment)),
    section('Habits', habits(segment), ruleText(segment)),
    moves(shown),
    predictions(shown),
    section(
      'Nearest segments',
      bullets(nearest.map(near => `${plain(near.name)}: ${code(uriOf.segment(near.key))}`)),
    ),
  );
}

function figures({ currency, ...segment }: ShownSegment): string {
  const of = (share: number | null, whole: string) =>
    share === null ? '' : ` (${shareText(share)} of ${whole})`;
  const money = (amount: number | null) => moneyText(amount, currency);
  return factTable([
    ['Customers', `${peopleText(segment.customers)}${of(segment.share, 'all')}`],
    ['Revenue after returns', `${money(segment.revenue)}${of(segment.revenueShare, 'all')}`],
    ['Revenue per customer', money(segment.revenuePerCustomer)],
    ['Trend', segment.trend ?? ''],
    ['How surely its customers belong to it', shareText(segment.confidence)],
  ]);
}

/** What sets it apart, strongest first. */
export function habits({ setsApart }: Pick<ShownSegment, 'setsApart'>): string {
  return filledTable(
    [{ head: 'What sets it apart' }, { head: 'Here', right: true }, { head: 'All customers', right: true }],
    setsApart.map(({ label, here, all }) => [plain(label), plain(here), plain(all)]),
  );
}

function ruleText({ rule }: ShownSegment): string {
  if (rule === null || rule.text === '') return '';
  const { text, precision, recall } = rule;
  const finds = recall === null ? '' : ` It finds ${shareText(recall)} of them.`;
  const right = precision === null ? '' : ` ${shareText(precision)} of those it finds belong here.`;
  return `Nearly the same in one rule: ${sentenceText(text)}${finds}${right}`;
}

function moves({ segment: { key }, moves }: SegmentPage): string {
  if (moves === null) return '';
  const { asOf, from, currency, sentences, sentenceKeys } = moves;
  const ofThis = (move: { fromKey: string; toKey: string } | undefined) =>
    move !== undefined && (move.fromKey === key || move.toKey === key);
  const here = moves.segments.find(each => each.key === key);
  const change = here?.grew
    ? ` It grew by ${counted(here.grew, 'customer')}.`
    : here?.shrank
      ? ` It shrank by ${counted(here.shrank, 'customer')}.`
      : '';
  const table = filledTable(
    [
      { head: 'From' },
      { head: 'To' },
      { head: 'Customers', right: true },
      { head: 'Their revenue in the last year', right: true },
    ],
    moves.moves
      .filter(ofThis)
      .map(move => [
        plain(move.from),
        plain(move.to),
        peopleText(move.customers),
        moneyText(move.revenueLastYear, currency),
      ]),
  );
  const told = sentences.filter((_, i) => ofThis(sentenceKeys[i])).map(sentenceText);
  if (change === '' && table === '' && told.length === 0) return '';
  return section('Moves', `From ${dayText(from)} to ${dayText(asOf)}.${change}`, table, bullets(told));
}

function predictions({ segment: { predictions: told, currency }, predictions }: SegmentPage): string {
  const money = (amount: number | null) => moneyText(amount, currency);
  const table = factTable([
    ['Orders in the next 90 days', valueText(told.ordersNext90Days, 'count')],
    ['Revenue in the next 12 months', money(told.lifetimeValue)],
    ['Value at risk', money(told.valueAtRisk)],
    ['Chance of no order in the next 90 days', shareText(told.churn)],
    ['Customers overdue for an order', shareText(told.overdueShare)],
  ]);
  if (predictions.none !== null) return section('Predictions', sentenceText(predictions.none));
  if (table === '') return '';
  const { targets, notes } = predictions.trust ?? { targets: [], notes: [] };
  const says = [...targets.map(target => target.says), ...notes].filter(text => text !== '');
  return section(
    'Predictions',
    'Expected, not known.',
    table,
    says.length === 0 ? '' : 'How the same predictions did for the whole shop on the last 90 days held out:',
    bullets(says.map(sentenceText)),
  );
}
