import type { SlackMessage } from '../../state/slack-messages.ts';

/** What Slack does not take, for whoever runs the server. */
export interface Undelivered {
  channel: string;
  kind: SlackMessage['kind'];
  /** What is wrong, and what to do. */
  problem: string;
}

/**
 * The channels whose last message did not arrive, and why: refused, or tried again.
 *
 * @param messages newest first
 */
export function undelivered(messages: readonly SlackMessage[]): Undelivered[] {
  const tried = messages.filter(
    ({ status, problem }) => status === 'sent' || status === 'refused' || (status === 'queued' && problem),
  );
  const last = tried.filter(
    (message, i) => tried.findIndex(({ channel }) => channel === message.channel) === i,
  );
  return last.flatMap(({ status, channel, kind, problem }) =>
    status === 'sent' || problem === null ? [] : [{ channel, kind, problem }],
  );
}
