import { setTimeout as delay } from 'node:timers/promises';
import type { AnyChunk, KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { isUnreachable } from './reach.ts';
import type { Spot } from './spot.ts';

/** A message that grows. What comes while one call is under way goes with the next. */
interface Stream {
  /** Looks for what is to be shown. */
  poke(): void;
  /** Shows nothing more, and waits for what is under way; then it is known which message it is, if any. */
  halt(): Promise<void>;
  /** The message; null where there is none. */
  message(): string | null;
  /** Whether it is sure what the message holds. */
  isSure(): boolean;
  /** Ends the message with what is left. */
  end(chunks: AnyChunk[], blocks: KnownBlock[]): Promise<void>;
}

/** Milliseconds between two additions: Slack takes a hundred a minute, of all answers together. */
const pace = 600;

interface StreamOptions {
  client: WebClient;
  spot: Spot;
  /** Asked once, before it begins; where it may not, all that comes is left to the end. */
  mayBegin: () => boolean;
  take: () => AnyChunk[];
  failed: (error: unknown) => void;
  /** Looks for the message, where Slack's answer to its beginning was lost. */
  find: () => Promise<string | null>;
}

export function createStream({ client, spot, mayBegin, take, failed, find }: StreamOptions): Stream {
  const { channel, thread, team, user } = spot;
  const halting = new AbortController();
  let ts: string | null = null;
  let state: 'new' | 'open' | 'lost' = 'new';
  let mayHaveBegun = false;
  let isPumping = false;
  let pumped: Promise<void> = Promise.resolve();

  const send = async (chunks: AnyChunk[]) => {
    if (state === 'open') {
      await client.chat.appendStream({ channel, ts: ts!, chunks });
      return;
    }
    const begun = await client.chat.startStream({
      channel,
      thread_ts: thread,
      // In a channel Slack wants to know whom a stream is for.
      recipient_team_id: team,
      recipient_user_id: user,
      task_display_mode: 'plan',
      chunks,
    });
    ts = begun.ts ?? null;
    state = ts === null ? 'lost' : 'open';
  };

  /** Whether to look for more. */
  const showOnce = async (): Promise<boolean> => {
    const chunks = take();
    if (chunks.length === 0) return false;
    if (state === 'new' && !mayBegin()) {
      state = 'lost';
      return false;
    }
    try {
      await send(chunks);
    } catch (error) {
      // Whether Slack took them cannot be known: what is shown in the end is written anew.
      mayHaveBegun = state === 'new' && isUnreachable(error);
      state = 'lost';
      failed(error);
      return false;
    }
    await delay(pace, undefined, { signal: halting.signal }).catch(() => {});
    return true;
  };

  const pump = async () => {
    while (!halting.signal.aborted && state !== 'lost' && (await showOnce()));
    // Nothing is awaited in between: what comes from now on finds it ended.
    isPumping = false;
  };

  return {
    poke() {
      if (isPumping) return;
      isPumping = true;
      pumped = pump();
    },
    async halt() {
      halting.abort();
      await pumped;
      if (mayHaveBegun) ts = await find().catch(() => null);
      mayHaveBegun = false;
    },
    message: () => ts,
    isSure: () => state === 'open',
    async end(chunks, blocks) {
      await client.chat.stopStream({
        channel,
        ts: ts!,
        ...(chunks.length > 0 && { chunks }),
        ...(blocks.length > 0 && { blocks }),
      });
    },
  };
}
