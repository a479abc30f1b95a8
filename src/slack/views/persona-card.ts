import type { KnownBlock } from '@slack/types';
import { counted, dayText, shareText } from '../../markdown/figures.ts';
import type { ShownSegment } from '../../markdown/results.ts';
import { tooFew } from '../../markdown/segments.ts';
import { actions, button } from '../blocks/actions.ts';
import { card, carousel } from '../blocks/cards.ts';
import { context, section } from '../blocks/layout.ts';
import { bold, mrkdwn } from '../blocks/text.ts';
import { answerActions } from './answer-actions.ts';
import { bullets, moneyShort, sentence, trendText } from './figures.ts';
import type { ListedSegment } from './results.ts';

const MOST_TRAITS = 5;
const MOST_CARDS = 4;

/** One segment as people a campaign can be planned for. */
export function personaCard(segment: ShownSegment): KnownBlock[] {
  const { key, name, asOf, persona, setsApart, currency, predictions } = segment;
  const head = section(
    [
      bold(name),
      figuresLine({ ...segment, valueAtRisk: predictions.valueAtRisk }, currency),
      ...(persona === null ? [] : [sentence(persona.sentence)]),
    ].join('\n'),
  );
  if (persona === null) return [head, context(tooFew)];
  const traits = setsApart
    .slice(0, MOST_TRAITS)
    .map(({ label, here, all }) => `${mrkdwn(label)}: *${mrkdwn(here)}* (all customers: ${mrkdwn(all)})`);
  const { action, avoid, author } = persona;
  return [
    head,
    ...(traits.length > 0 ? [section(`*What sets them apart*\n${bullets(traits)}`)] : []),
    ...(action === '' ? [] : [section(`*What to do*\n${sentence(action)}`)]),
    ...(avoid === '' ? [] : [section(`*What to avoid*\n${sentence(avoid)}`)]),
    actions([
      button({
        action: answerActions.customers,
        text: 'Show customers like these',
        value: key,
        label: `Show customers like those of ${name}`,
      }),
      button({
        action: answerActions.segmentEvidence,
        text: 'Show the evidence',
        value: key,
        label: `Show the figures behind ${name}`,
      }),
    ]),
    context(
      author === 'model'
        ? `Written by a language model from figures as of ${dayText(asOf)}, and approved by a person.`
        : `Written by rules from figures as of ${dayText(asOf)}.`,
    ),
  ];
}

type Small = Pick<
  ListedSegment,
  'key' | 'name' | 'customers' | 'share' | 'revenueShare' | 'trend' | 'valueAtRisk'
> & { sentence: string | null };

/** Several segments side by side, each with a sentence. */
export function smallCards(segments: readonly Small[], currency: string | null): KnownBlock[] {
  const [first, ...rest] = segments.slice(0, MOST_CARDS).map((segment, i) => {
    const { key, name, sentence: told } = segment;
    return card({
      title: bold(name),
      subtitle: figuresLine(segment, currency),
      body: told === null ? tooFew : sentence(told),
      actions: [
        button({ action: `${answerActions.segment}.${i}`, text: 'Show', value: key, label: `Show ${name}` }),
        button({
          action: `${answerActions.customers}.${i}`,
          text: 'Customers like these',
          value: key,
          label: `Show customers like those of ${name}`,
        }),
      ],
    });
  });
  return first ? [carousel([first, ...rest])] : [];
}

/** "1,033 customers (24 %) · 65 % of revenue · ↗ growing · £95k at risk" */
function figuresLine(
  { customers, share, revenueShare, trend, valueAtRisk }: Omit<Small, 'key' | 'name' | 'sentence'>,
  currency: string | null,
): string {
  return [
    `${counted(customers, 'customer')}${share === null ? '' : ` (${shareText(share)})`}`,
    revenueShare === null ? '' : `${shareText(revenueShare)} of revenue`,
    trendText(trend),
    valueAtRisk === null ? '' : `${moneyShort(valueAtRisk, currency)} at risk`,
  ]
    .filter(part => part !== '')
    .join(' · ');
}
