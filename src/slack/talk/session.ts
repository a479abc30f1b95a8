import type { WebClient } from '@slack/web-api';
import { clip, plain } from '../blocks/text.ts';

/** What Slack shows of a thread while Kindred works in it, with the button that stops it. */
export interface Session {
  /** @param title what the session is called where it is new */
  works(title: string): void;
  /** One line, such as "is looking at moves"; of several at once the last is shown. */
  says(status: string): void;
  /** Takes the button and the line away, where they are shown. */
  rests(): Promise<void>;
}

interface SessionOptions {
  client: WebClient;
  channel: string;
  thread: string;
  /** Asked before the button is shown. */
  mayWork: () => boolean;
  /** Whatever fails here costs the person nothing but the look of it. */
  failed: (error: unknown) => void;
}

const longestStatus = 100;

export function createSession({ client, channel, thread, mayWork, failed }: SessionOptions): Session {
  const where = { channel_id: channel, thread_ts: thread };
  let last: Promise<unknown> = Promise.resolve();
  let works = false;
  let line: string | null = null;
  let hasLine = false;
  /** One call after the other: a line that is overtaken by the end would stay. */
  const then = (call: () => Promise<unknown>) => {
    last = last.then(call).catch(failed);
  };
  return {
    works(title) {
      if (!mayWork()) return;
      works = true;
      then(() =>
        client.agents.sessions.setStatus({
          ...where,
          status: 'processing',
          title: plain(title.replaceAll(/[<>]/g, ''), longestStatus),
        }),
      );
    },
    says(status) {
      line = status;
      then(async () => {
        const told = line;
        line = null;
        if (told === null) return;
        hasLine = true;
        await client.assistant.threads.setStatus({ ...where, status: clip(told, longestStatus) });
      });
    },
    async rests() {
      line = null;
      // Slack takes the line away with an answer; one that was overtaken by the answer would stay.
      then(async () => {
        if (hasLine) await client.assistant.threads.setStatus({ ...where, status: '' });
        hasLine = false;
      });
      if (works) then(() => client.agents.sessions.setStatus({ ...where, status: 'active' }));
      works = false;
      await last;
    },
  };
}
