import type { WebClient } from '@slack/web-api';
import type { Spot } from './spot.ts';

/** Slack tells it of a message, though its client does not know. */
interface Growing {
  user?: string;
  ts?: string;
  streaming_state?: string;
}

/**
 * The stream of ours that grows in a thread, where Slack's answer to its beginning was lost. Answers of a thread come one
 * after the other, so that there is no other.
 */
export async function openStreamIn(
  client: WebClient,
  { channel, thread, since }: Pick<Spot, 'channel' | 'thread'> & { since: string },
): Promise<string | null> {
  const { user_id: me } = await client.auth.test();
  const { messages = [] } = await client.conversations.replies({
    channel,
    ts: thread,
    oldest: since,
    limit: 200,
  });
  const open = (messages as Growing[]).find(
    ({ user, streaming_state }) => user === me && streaming_state === 'in_progress',
  );
  return open?.ts ?? null;
}
