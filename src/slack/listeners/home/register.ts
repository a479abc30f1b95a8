import type { BlockAction, App as Bolt, ButtonAction } from '@slack/bolt';
import type { Desk } from '../../approval/desk.ts';
import { startBeat } from '../../beat.ts';
import type { SlackContext } from '../../context.ts';
import { answerFromHome, type HomeQuestion } from '../../home/answers.ts';
import { createHomes, type Homes, lookAtHomes, openHome } from '../../home/publish.ts';
import { personOf } from '../../people.ts';
import { homeActions } from '../../views/home-actions.ts';

/** The Home tab, kept up to date for those who opened it. */
export function registerHome(
  bolt: Bolt,
  slack: SlackContext,
  desk: Desk,
  { looksEvery }: { looksEvery?: number } = {},
): Homes {
  const homes = createHomes(desk);
  bolt.event('app_home_opened', async ({ event }) => {
    if (event.tab === 'home') await openHome(homes, event.user);
  });
  for (const question of Object.keys(homeActions) as HomeQuestion[])
    bolt.action<BlockAction<ButtonAction>>(homeActions[question], async ({ ack, body }) => {
      await ack();
      const person = personOf(slack.config, body.user.id);
      if (person) await answerFromHome(slack, person, question);
    });
  startBeat(slack, { seconds: looksEvery, what: 'a look at Home tabs', look: () => lookAtHomes(homes) });
  return homes;
}
