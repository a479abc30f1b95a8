import type { BlockAction, App as Bolt, RespondFn } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import { wordsOf } from '../../../told-errors.ts';
import { section } from '../../blocks/layout.ts';
import { messagesOf } from '../../blocks/messages.ts';
import { messageText, mrkdwn } from '../../blocks/text.ts';
import type { SlackContext } from '../../context.ts';
import { type Person, personOf } from '../../people.ts';
import { asSlackError } from '../../slack-error.ts';
import { anyOf } from '../../views/answer-actions.ts';
import { refusalBlocks, refusalText } from '../../views/refusal.ts';
import { ownWords } from '../../views/said.ts';

/** Somebody pressed a button. */
export interface Press {
  person: Person;
  value: string | undefined;
  /** Opens a window, within three seconds. */
  trigger: string;
  /** null in the app's home. */
  channel: string | null;
  respond: RespondFn;
  /** Tells something to whoever pressed, and to nobody else. */
  tell(text: string, blocks?: readonly KnownBlock[]): Promise<void>;
}

/** Acknowledges at once, turns away whom Kindred does not know, and tells what went wrong to whoever pressed. */
export function onPress(
  bolt: Bolt,
  slack: SlackContext,
  action: string,
  work: (press: Press) => Promise<void>,
): void {
  bolt.action<BlockAction>(
    { type: 'block_actions', action_id: anyOf(action) },
    async ({ ack, body, respond }) => {
      await ack();
      const tell = tellAlone(slack, body, respond);
      const person = personOf(slack.config, body.user.id);
      if (!person) return tell(refusalText, refusalBlocks(body.user.id));
      const [pressed] = body.actions as { value?: string }[];
      try {
        await work({
          person,
          value: pressed?.value,
          trigger: body.trigger_id,
          channel: body.channel?.id ?? null,
          respond,
          tell,
        });
      } catch (error) {
        if (slack.stopping.aborted) throw error;
        const words = wordsOf(asSlackError(error), slack);
        await tell(words, [section(ownWords(words))]);
      }
    },
  );
}

function tellAlone(slack: SlackContext, body: BlockAction, respond: RespondFn): Press['tell'] {
  const thread = threadOf(body);
  return async (text, blocks = [section(mrkdwn(text))]) => {
    for (const part of messagesOf(blocks)) {
      const told = { text: messageText(text), blocks: part };
      // The app's home has no channel to answer in.
      if (body.response_url === undefined || body.response_url === '')
        await slack.client.chat.postMessage({ channel: body.user.id, ...told });
      else
        await respond({
          ...told,
          response_type: 'ephemeral',
          replace_original: false,
          ...(thread === null ? {} : { thread_ts: thread }),
        });
    }
  };
}

function threadOf({ message, container }: BlockAction): string | null {
  const thread = message?.thread_ts ?? container?.thread_ts;
  return typeof thread === 'string' ? thread : null;
}
