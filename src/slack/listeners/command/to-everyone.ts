import type { RespondFn } from '@slack/bolt';
import { messagesOf } from '../../blocks/messages.ts';
import { messageText } from '../../blocks/text.ts';
import type { SlackContext } from '../../context.ts';
import { withPicture } from '../../files.ts';
import type { Person } from '../../people.ts';
import { slackCodeOf } from '../../slack-error.ts';
import { shownBy } from '../../views/command.ts';
import type { Shown } from './shown.ts';

/** Where Kindred may not post, it still may answer whoever asked there. */
const notThere = ['not_in_channel', 'channel_not_found', 'restricted_action', 'is_archived'];

/** Posts what one person saw in the channel, with its picture, and who had it shown. */
export async function showToEveryone(
  slack: SlackContext,
  {
    person,
    shown: { text: words, blocks, picture },
    channel,
    respond,
  }: { person: Person; shown: Shown; channel: string; respond: RespondFn },
): Promise<void> {
  const { client } = slack;
  const text = messageText(words);
  const parts = messagesOf([...blocks, shownBy(person.id)]);
  const last = parts.pop()!;
  try {
    for (const part of parts) await client.chat.postMessage({ channel, text, blocks: part });
    await withPicture(slack, { person, picture, channel, thread: null }, image =>
      client.chat.postMessage({
        channel,
        text,
        // Above who showed it.
        blocks: image ? [...last.slice(0, -1), image, ...last.slice(-1)] : last,
      }),
    );
  } catch (error) {
    if (!notThere.includes(slackCodeOf(error))) throw error;
    for (const part of [...parts, last])
      await respond({ response_type: 'in_channel', replace_original: false, text, blocks: part });
  }
}
