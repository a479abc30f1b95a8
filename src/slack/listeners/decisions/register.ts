import type { App as Bolt } from '@slack/bolt';
import { lookAtProposals } from '../../approval/cards.ts';
import { createDesk, type Desk } from '../../approval/desk.ts';
import { startBeat } from '../../beat.ts';
import type { SlackContext } from '../../context.ts';
import { listenToDetails } from './details.ts';
import { listenToPresses } from './press.ts';
import { listenToConfirmations } from './submit.ts';

interface DecisionTimes {
  /** Seconds between looks at whether a card shows something else than the state. */
  looksEvery?: number;
  answersWithinMs?: number;
}

/** Proposals in Slack: their buttons, and their cards as long as the server runs. The desk is for whoever shows them too. */
export function registerDecisions(
  bolt: Bolt,
  slack: SlackContext,
  { looksEvery, ...times }: DecisionTimes = {},
): Desk {
  const desk = createDesk(slack);
  listenToPresses(bolt, desk);
  listenToConfirmations(bolt, desk, times);
  listenToDetails(bolt, slack);
  startBeat(slack, {
    seconds: looksEvery,
    what: 'a look at the cards of proposals',
    look: () => lookAtProposals(desk),
  });
  return desk;
}
