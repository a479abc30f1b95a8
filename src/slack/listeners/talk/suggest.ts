import type { AppHomeOpenedEvent } from '@slack/types';
import type { SlackContext } from '../../context.ts';
import { personOf } from '../../people.ts';
import { promptsFor } from '../../talk/prompts.ts';
import { shopToAsk } from '../../talk/shop-to-ask.ts';

/** What can be asked by a press, where somebody opens the conversation with Kindred who may ask. */
export async function suggest(
  slack: SlackContext,
  { tab, user, channel }: Pick<AppHomeOpenedEvent, 'tab' | 'user' | 'channel'>,
): Promise<void> {
  if (tab !== 'messages') return;
  const person = personOf(slack.config, user);
  // The names of segments are for those who may know them.
  if (person === null) return;
  const [first, ...others] = promptsFor(await shopToAsk(slack, person));
  if (!first) return;
  await slack.client.assistant.threads
    .setSuggestedPrompts({
      channel_id: channel,
      title: 'Ask about your customers',
      prompts: [first, ...others],
    })
    .catch(error => slack.log.warn({ err: error }, 'no questions were suggested'));
}
