import type { BlockAction, App as Bolt, ButtonAction } from '@slack/bolt';
import type { Desk } from '../../approval/desk.ts';
import { beat } from '../../beat.ts';
import type { SlackContext } from '../../context.ts';
import { answerFromHome, type HomeQuestion } from '../../home/answers.ts';
import { createHomes, type Homes, lookAtHomes, openHome } from '../../home/publish.ts';
import { personOf } from '../../people.ts';
import { homeActions } from '../../views/home-actions.ts';

/** Seconds between looks at whether a Home tab shows something else than what stands. */
const usual = 5;

/** The Home tab, kept up to date for those who opened it. */
export function registerHome(
  bolt: Bolt,
  slack: SlackContext,
  desk: Desk,
  { looksEvery = usual } = {},
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
  beat(slack, { seconds: looksEvery, what: 'a look at Home tabs', look: () => lookAtHomes(homes) });
  return homes;
}
