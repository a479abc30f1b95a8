import type { KnownBlock } from '@slack/types';
import type { SlackMessage } from '../../state/slack-messages.ts';
import type { SlackContext } from '../context.ts';
import { insisting, mayBeOfPicture } from '../files.ts';
import { eventType, findSent } from './find-sent.ts';
import type { Rendered } from './renderer.ts';

/** Thrown where whoever sends has too little time left of its claim to post any more. */
export class OutOfTime extends Error {}

/** Milliseconds of a claim of five minutes after which no post is begun: one may take a minute and a half. */
const beginWithinMs = 3 * 60_000;

type PostContext = Pick<SlackContext, 'client' | 'app' | 'stopping'>;

/**
 * Posts a message that was claimed, and what belongs below it, each part once: where an earlier attempt may have posted
 * some of it, the channel is asked first.
 *
 * @returns its timestamp
 */
export async function postOnce(
  slack: PostContext,
  message: SlackMessage,
  { text, parts }: Rendered,
): Promise<string> {
  const { channel, thread, createdAt, attempts } = message;
  const { app, client } = slack;
  const began = app.now().getTime();
  const [first, ...others] = parts;
  const again = attempts > 1;
  const sought = { channel, since: createdAt };
  const key = `${message.kind} ${message.subject}`;
  const post = async (blocks: KnownBlock[], below: string | null, part: string) => {
    if (app.now().getTime() - began > beginWithinMs) throw new OutOfTime('Slack answered too slowly.');
    return posted(slack, { channel, thread: below, text, blocks, key: part });
  };
  const found = again ? (await findSent(client, { ...sought, thread })).get(key) : undefined;
  const ts = found ?? (await post(first, thread, key));
  if (others.length === 0) return ts;
  const below = thread ?? ts;
  const replies = found === undefined ? new Map() : await findSent(client, { ...sought, thread: below });
  for (const [i, blocks] of others.entries()) {
    const part = `${key} #${i + 2}`;
    if (!replies.has(part)) await post(blocks, below, part);
  }
  return ts;
}

interface Post {
  channel: string;
  thread: string | null;
  text: string;
  blocks: KnownBlock[];
  key: string;
}

/** Without its pictures where Slack does not take them. What it refuses is not posted, so it may be tried again. */
async function posted(slack: PostContext, post: Post): Promise<string> {
  const blocks = post.blocks.filter(({ type }) => type !== 'image');
  if (blocks.length === post.blocks.length) return postMessage(slack.client, post);
  try {
    return await insisting(slack, () => postMessage(slack.client, post));
  } catch (error) {
    if (!mayBeOfPicture(error)) throw error;
    return postMessage(slack.client, { ...post, blocks });
  }
}

async function postMessage(
  client: SlackContext['client'],
  { channel, thread, text, blocks, key }: Post,
): Promise<string> {
  const { ts } = await client.chat.postMessage({
    channel,
    text,
    blocks,
    ...(thread !== null && { thread_ts: thread }),
    metadata: { event_type: eventType, event_payload: { key } },
    unfurl_links: false,
    unfurl_media: false,
  });
  if (ts === undefined) throw new Error('Slack did not say which message it posted.');
  return ts;
}
