import type { WebClient } from '@slack/web-api';

/** By which a message of ours is known in a channel; Slack keeps it with the message and shows it to nobody. */
export const eventType = 'kindred';

export interface Where {
  channel: string;
  /** Timestamp of the thread's first message; null: in the channel itself. */
  thread: string | null;
  /** ISO time before which none of it can have been posted. */
  since: string;
}

/** The clock of this machine may be ahead of Slack's by so much: where it is, what was posted must not be missed. */
const clocksApartMs = 24 * 60 * 60_000;
/** As many messages as Slack recommends to ask for at once. */
const pageSize = 200;

/** What of ours is in a channel or thread already: timestamps by keys. */
export async function findSent(client: WebClient, where: Where): Promise<Map<string, string>> {
  const own = await client.auth.test();
  const found = new Map<string, string>();
  let cursor: string | undefined;
  do {
    const page = await pageOf(client, where, cursor);
    for (const { ts, metadata, user, bot_id } of page.messages) {
      const key = metadata?.event_type === eventType ? metadata.event_payload?.key : undefined;
      const ours = (user !== undefined && user === own.user_id) || (bot_id ?? null) === (own.bot_id ?? '');
      if (ours && typeof key === 'string' && ts !== undefined) found.set(key, ts);
    }
    cursor = page.next;
  } while (cursor);
  return found;
}

interface Page {
  messages: Posted[];
  next: string | undefined;
}

interface Posted {
  ts?: string;
  user?: string;
  bot_id?: string;
  metadata?: { event_type?: string; event_payload?: { key?: unknown } };
}

async function pageOf(client: WebClient, { channel, thread, since }: Where, cursor?: string): Promise<Page> {
  const asked = {
    channel,
    oldest: String((Date.parse(since) - clocksApartMs) / 1000),
    limit: pageSize,
    include_all_metadata: true,
    ...(cursor && { cursor }),
  };
  const { messages = [], response_metadata } =
    thread === null
      ? await client.conversations.history(asked)
      : await client.conversations.replies({ ...asked, ts: thread });
  return { messages: messages as Posted[], next: response_metadata?.next_cursor || undefined };
}
