import type { KnownBlock } from '@slack/types';
import { actions } from '../blocks/actions.ts';
import { context, header, section } from '../blocks/layout.ts';
import { mrkdwn } from '../blocks/text.ts';
import type { HomeFacts } from '../home/facts.ts';
import { standingText } from './proposal-card.ts';
import { decisionButtons, detailsButton, openedText, summaryText, titleText } from './proposal-parts.ts';

/** What waits for a decision; the buttons that decide are for those who may. */
export function proposalsBlocks({ proposals, mayDecide }: HomeFacts): KnownBlock[] {
  const { shown, more } = proposals;
  return [
    header('Waiting for a decision'),
    ...(shown.length === 0 ? [section('Nothing waits for a decision.')] : []),
    ...shown.flatMap(proposal => proposalBlocks(proposal, mayDecide)),
    ...(more > 0
      ? [context(`and ${more} more, older ones: \`kindred proposals\` in a terminal lists them all.`)]
      : []),
  ];
}

function proposalBlocks(
  { facts, standing }: HomeFacts['proposals']['shown'][number],
  mayDecide: boolean,
): KnownBlock[] {
  const text = [
    titleText(facts),
    summaryText(facts),
    ...(facts.customers === null ? [] : [mrkdwn(facts.customers)]),
    ...(standing.is === 'open' ? [] : [`_${standingText(standing)}_`]),
  ];
  const buttons = mayDecide && standing.is === 'open' ? decisionButtons(facts.id) : [detailsButton(facts.id)];
  return [section(text.join('\n')), context(openedText(facts)), actions(buttons)];
}
