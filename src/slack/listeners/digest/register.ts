import type { App as Bolt } from '@slack/bolt';
import { namesOf } from '../../approval/names.ts';
import { proposalMessage } from '../../approval/proposal-message.ts';
import { divider, section } from '../../blocks/layout.ts';
import { mrkdwn } from '../../blocks/text.ts';
import type { SlackContext } from '../../context.ts';
import { promptsFor } from '../../talk/prompts.ts';
import { shopToAsk } from '../../talk/shop-to-ask.ts';
import { digestActions } from '../../views/digest-actions.ts';
import { bullets } from '../../views/figures.ts';
import { onPress } from '../answers/press.ts';
import { shownFor } from '../command/shown.ts';
import { showToOne } from '../command/to-one.ts';

/** Cards that are shown at once. */
const mostCards = 5;

/** The buttons of the digest and of alerts: each answers whoever pressed, and nobody else. */
export function registerDigestActions(bolt: Bolt, slack: SlackContext): void {
  for (const kind of ['moves', 'drift'] as const)
    onPress(bolt, slack, digestActions[kind], async ({ person, channel, respond }) => {
      if (channel === null) return;
      const shown = await shownFor(await slack.toolsOf(person), { kind });
      await showToOne(slack, { person, shown, channel, respond });
    });

  onPress(bolt, slack, digestActions.proposals, async ({ tell }) => {
    const state = await slack.app.state();
    const open = (await state.proposals.statuses()).filter(({ status }) => status === 'open').reverse();
    const nameOf = namesOf(slack.config);
    const cards = await Promise.all(
      open.slice(0, mostCards).map(({ id }) => proposalMessage(state, id, { nameOf })),
    );
    const shown = cards.flatMap(card => (card ? [...card.blocks, divider()] : [])).slice(0, -1);
    if (shown.length === 0) return tell('Nothing waits for a decision any more.');
    const left = open.length - mostCards;
    await tell('What waits for a decision', shown);
    if (left > 0) await tell(`${left} more ${left === 1 ? 'waits' : 'wait'} in the Home tab.`);
  });

  onPress(bolt, slack, digestActions.ask, async ({ person, tell }) => {
    const prompts = promptsFor(await shopToAsk(slack, person));
    await tell('Ask a question', [
      section(
        `*What would you like to know?*\nMention me in a thread here, or write to me alone, in your own words. For instance:\n${bullets(prompts.map(({ message }) => mrkdwn(message)))}`,
      ),
    ]);
  });
}
