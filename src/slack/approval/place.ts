import type { SlackContext } from '../context.ts';

/** Where somebody pressed: a message of a channel. null in the Home tab. */
export type Place = { channel: string; thread: string | null } | null;

/** Tells somebody where they pressed, and nobody else; in their messages with Kindred where that is no channel. */
export async function tellAlone(
  { client }: Pick<SlackContext, 'client'>,
  { user, place, text }: { user: string; place: Place; text: string },
): Promise<void> {
  if (place === null) {
    await client.chat.postMessage({ channel: user, text });
    return;
  }
  const { channel, thread } = place;
  await client.chat.postEphemeral({ channel, user, text, ...(thread !== null && { thread_ts: thread }) });
}
