import { setTimeout as delay } from 'node:timers/promises';
import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { codeOf } from '../../errors.ts';
import { eventType, findSent } from '../delivery/find-sent.ts';
import { slackCodeOf } from '../slack-error.ts';

/** Slack as it is reached where somebody waits for an end: through an hour in which it does not answer. */
export interface Reach {
  client: WebClient;
  stopping: AbortSignal;
  /** Milliseconds before each new try, the last one over and over; none where it is not tried again. */
  pauses: readonly number[];
}

/** For more than an hour, as long as Slack may be down. */
export const patientPauses: readonly number[] = [2000, 8000, ...Array<number>(60).fill(60_000)];

/**
 * Does it again until Slack answers. What Slack refuses is thrown at once.
 *
 * @param again whether a try before this one may have been heard
 */
export async function reached<T>(
  { stopping, pauses }: Pick<Reach, 'stopping' | 'pauses'>,
  work: (again: boolean) => Promise<T>,
): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await work(tries > 0);
    } catch (error) {
      const pause = pauses[tries];
      if (!isUnreachable(error) || pause === undefined || stopping.aborted) throw error;
      await delay(pause, undefined, { signal: stopping });
    }
  }
}

export interface Posting {
  channel: string;
  /** null: in the channel itself. */
  thread: string | null;
  /** ISO time before which it cannot have been posted. */
  since: string;
  /** Kept with the message and seen by nobody, so that it is found where Slack's answer was lost. */
  key: string;
  /** mrkdwn of ours, for notifications. */
  text: string;
  blocks: KnownBlock[];
}

/** By what a message that answers another one is found again; a message is answered once. */
export const answerTo = (channel: string, ts: string) => ({
  key: `answer ${channel} ${ts}`,
  since: new Date(Number(ts) * 1000).toISOString(),
});

/** Posts it once, however often Slack has to be asked. */
export async function postOnce(
  reach: Reach,
  { channel, thread, since, key, text, blocks }: Posting,
): Promise<void> {
  await reached(reach, async again => {
    const where = { channel, thread, since };
    if (again && (await findSent(reach.client, where)).has(key)) return;
    await reach.client.chat.postMessage({
      channel,
      ...(thread !== null && { thread_ts: thread }),
      text,
      ...(blocks.length > 0 && { blocks }),
      unfurl_links: false,
      unfurl_media: false,
      metadata: { event_type: eventType, event_payload: { key } },
    });
  });
}

const unreachable = new Set([
  'slack_webapi_request_error',
  'slack_webapi_http_error',
  'slack_webapi_rate_limited_error',
]);
/** Slack's own trouble, for the moment. */
const troubled = /^(rate_?limited|internal_error|fatal_error|service_unavailable|request_timeout)$/;

/** Whether it may have been heard, or will be another time. */
export const isUnreachable = (error: unknown) =>
  unreachable.has(codeOf(error)) || troubled.test(slackCodeOf(error));
