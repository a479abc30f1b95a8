import type { WebClient } from '@slack/web-api';
import { mentions } from './question.ts';

/** Something that somebody said in a thread. */
interface Saying {
  channel: string;
  thread: string;
  user: string;
  ts: string;
}

/** Who turned to the bot in a thread, and since when. */
export interface Askers {
  /** Whether its author did so before. */
  had(saying: Saying): Promise<boolean>;
  add(saying: Saying): void;
}

/** Threads that are remembered. */
const mostThreads = 500;
const mostPages = 5;

/**
 * Slack knows it: whoever mentioned the bot in the thread. It is asked once for each thread, as what comes later comes by
 * here.
 */
export function createAskers(client: WebClient, botUser: string): Askers {
  const threads = new Map<string, Promise<Map<string, number>>>();
  const of = (channel: string, thread: string) => {
    const key = `${channel} ${thread}`;
    const known = threads.get(key) ?? inThread(client, botUser, channel, thread);
    // What was asked for last is forgotten last.
    threads.delete(key);
    threads.set(key, known);
    if (threads.size > mostThreads) threads.delete(threads.keys().next().value!);
    known.catch(() => threads.delete(key));
    return known;
  };
  return {
    async had({ channel, thread, user, ts }) {
      const since = (await of(channel, thread)).get(user);
      return since !== undefined && since < Number(ts);
    },
    add({ channel, thread, user, ts }) {
      threads.get(`${channel} ${thread}`)?.then(
        users => add(users, user, ts),
        () => {},
      );
    },
  };
}

function add(users: Map<string, number>, user: string, ts: string): void {
  users.set(user, Math.min(users.get(user) ?? Number.POSITIVE_INFINITY, Number(ts)));
}

async function inThread(
  client: WebClient,
  botUser: string,
  channel: string,
  ts: string,
): Promise<Map<string, number>> {
  const users = new Map<string, number>();
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const { messages = [], response_metadata } = await client.conversations.replies({
      channel,
      ts,
      limit: 200,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const { user, text, bot_id, ts: at } of messages)
      if (user !== undefined && bot_id === undefined && mentions(text ?? '', botUser)) add(users, user, at!);
    cursor = response_metadata?.next_cursor || undefined;
    if (cursor === undefined) break;
  }
  return users;
}
