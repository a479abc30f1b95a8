import type { RespondFn } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import { messagesOf } from '../../blocks/messages.ts';
import { messageText } from '../../blocks/text.ts';
import type { SlackContext } from '../../context.ts';
import { insisting, pictureBlock } from '../../files.ts';
import type { Person } from '../../people.ts';
import { showToEveryone } from '../../views/command.ts';
import { textOf } from './parse.ts';
import type { Shown } from './shown.ts';

export async function tellOne(
  respond: RespondFn,
  text: string,
  blocks: readonly KnownBlock[],
): Promise<void> {
  for (const part of messagesOf(blocks))
    await respond({
      response_type: 'ephemeral',
      replace_original: false,
      text: messageText(text),
      blocks: part,
    });
}

/** Somebody's messages with Kindred: nobody else is there. */
const isAlone = (channel: string) => channel.startsWith('D');

/** The figures at once, for whoever asked alone; the picture as soon as Slack has it. */
export async function showToOne(
  slack: SlackContext,
  { person, shown, channel, respond }: { person: Person; shown: Shown; channel: string; respond: RespondFn },
): Promise<void> {
  const { again } = shown;
  const more = again === null || isAlone(channel) ? [] : [showToEveryone(textOf(again))];
  await tellOne(respond, shown.text, [...shown.blocks, ...more]);
  const made = await pictureBlock(slack, { person, picture: shown.picture });
  if (!made) return;
  const text = messageText(made.picture.alt);
  const blocks = [made.block];
  try {
    await insisting(slack, () => slack.client.chat.postEphemeral({ channel, user: person.id, text, blocks }));
  } catch {
    // In a channel without Kindred there is this way alone, and Slack may not take a picture on it.
    await respond({ response_type: 'ephemeral', replace_original: false, text, blocks }).catch(err =>
      slack.log.warn({ err, channel }, 'a chart could not be shown to one person in Slack'),
    );
  }
}
