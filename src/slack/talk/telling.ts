import type { KnownBlock } from '@slack/types';
import type { LoopEvent } from '../../agent/loop/loop.ts';
import { markdownOf } from '../blocks/markdown.ts';
import { textOf } from '../blocks/markdown-inline.ts';
import { fitsMessage, messagesOf } from '../blocks/messages.ts';
import { messageText } from '../blocks/text.ts';
import { slackCodeOf } from '../slack-error.ts';
import { openStreamIn } from './open-stream.ts';
import { createPlan } from './plan.ts';
import { answerTo, postOnce, type Reach, reached } from './reach.ts';
import type { Spot } from './spot.ts';
import { createStream } from './stream.ts';

/** How one answer reaches its thread. */
export interface Telling {
  hear(event: LoopEvent): void;
  /** What was told of its text and still stands. */
  told(): string;
  /**
   * Tells all of the text, with blocks under it, whatever became of the stream: at the end of the message that grew, in
   * that message written anew, or in messages of its own. Where Slack refuses the blocks it throws, and may be called
   * again with others.
   */
  finish(text: string, under: readonly KnownBlock[]): Promise<void>;
  /** Takes away what grew, where the answer is told in another way. */
  clear(): Promise<void>;
}

export interface TellingOptions extends Reach {
  spot: Spot;
  /** Timestamp of the question. */
  asked: string;
  mayStream: () => boolean;
  /** Told of what went wrong on the way, and of no end. */
  failed: (error: unknown) => void;
}

export function createTelling(options: TellingOptions): Telling {
  const { client, spot, asked, mayStream, failed } = options;
  const { key, since } = answerTo(spot.channel, asked);
  const { channel, thread } = spot;
  const plan = createPlan();
  const stream = createStream({
    client,
    spot,
    mayBegin: mayStream,
    take: plan.take,
    failed,
    find: () => openStreamIn(client, { ...spot, since: asked }),
  });
  /** Messages that are there to stay. */
  let told = 0;

  const endsStream = async (text: string, under: readonly KnownBlock[]): Promise<boolean> => {
    const chunks = plan.ending(text);
    if (!stream.isSure() || chunks === null || !fitsMessage([...plan.held(text), ...under])) return false;
    try {
      await stream.end(chunks, [...under]);
      return true;
    } catch (error) {
      if (isOfBlocks(error)) throw error;
      failed(error);
      return false;
    }
  };

  /** Writes the message that grew anew; takes it away where that cannot be. */
  const rewrites = async (ts: string, text: string, blocks: KnownBlock[]): Promise<boolean> => {
    await stream.end([], []).catch(() => {});
    try {
      await reached(options, () => client.chat.update({ channel, ts, text, blocks }));
      return true;
    } catch (error) {
      if (isOfBlocks(error) || options.stopping.aborted) throw error;
      failed(error);
      await client.chat.delete({ channel, ts }).catch(failed);
      return false;
    }
  };

  return {
    hear(event) {
      plan.hear(event);
      stream.poke();
    },
    told: plan.told,
    async clear() {
      await stream.halt();
      const ts = stream.message();
      if (ts === null || told > 0) return;
      await stream.end([], []).catch(() => {});
      await client.chat.delete({ channel, ts }).catch(failed);
    },
    async finish(text, under) {
      await stream.halt();
      const ts = stream.message();
      const parts = messagesOf([...markdownOf(text), ...under]);
      if (told === 0 && parts.length === 1 && (await endsStream(text, under))) {
        told = 1;
        return;
      }
      const notice = messageText(textOf(text));
      if (told === 0 && ts !== null && (await rewrites(ts, notice, parts[0]!))) told = 1;
      for (let i = told; i < parts.length; i++) {
        const part = { key: `${key} ${i + 1}`, text: notice, blocks: parts[i]! };
        await postOnce(options, { channel, thread, since, ...part });
        told = i + 1;
      }
    },
  };
}

/** Whether Slack may take the message with other blocks. */
export const isOfBlocks = (error: unknown) => ofBlocks.has(slackCodeOf(error));

const ofBlocks = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'msg_too_long',
  'invalid_arguments',
  'slack_file_not_found',
  'file_not_found',
]);
