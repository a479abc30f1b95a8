import type { WebClient } from '@slack/web-api';
import { mentions } from './question.ts';

/** Who turned to the bot in a thread. */
export interface Askers {
  has(channel: string, thread: string, user: string): Promise<boolean>;
  add(channel: string, thread: string, user: string): void;
}

/** Threads that are remembered. */
const mostThreads = 500;
const mostPages = 5;

/**
 * Slack knows it: whoever mentioned the bot in the thread. It is asked once for each thread, as what comes later comes by
 * here.
 */
export function createAskers(client: WebClient, botUser: string): Askers {
  const threads = new Map<string, Promise<Set<string>>>();
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
    has: async (channel, thread, user) => (await of(channel, thread)).has(user),
    add(channel, thread, user) {
      threads.get(`${channel} ${thread}`)?.then(
        users => users.add(user),
        () => {},
      );
    },
  };
}

async function inThread(
  client: WebClient,
  botUser: string,
  channel: string,
  ts: string,
): Promise<Set<string>> {
  const users = new Set<string>();
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const { messages = [], response_metadata } = await client.conversations.replies({
      channel,
      ts,
      limit: 200,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const { user, text, bot_id } of messages)
      if (user !== undefined && bot_id === undefined && mentions(text ?? '', botUser)) users.add(user);
    cursor = response_metadata?.next_cursor || undefined;
    if (cursor === undefined) break;
  }
  return users;
}
