import type { WebClient } from '@slack/web-api';
import type { Log } from '../../log.ts';
import type { SlackEvent } from '../../state/slack-events.ts';
import type { State } from '../../state/state.ts';

interface RestartOptions {
  state: Pick<State, 'slack' | 'conversations'>;
  client: WebClient;
  /** ISO time at which this process began: what was noted before was another's. */
  since: string;
  now: () => Date;
  log: Log;
}

const hourMs = 3600_000;

/** Tells in their threads whose questions a kill left unanswered. */
export async function tellBrokenOff({ state, client, since, now, log }: RestartOptions): Promise<void> {
  const { events } = state.slack;
  const moment = now();
  const told = new Set<string>();
  for (const event of await events.unfinished(since)) {
    const place = `${event.channel} ${event.thread}`;
    const young = moment.getTime() - Date.parse(event.at) <= hourMs;
    if (young && !told.has(place) && (await isQuestion(event, state))) {
      told.add(place);
      try {
        await tell(event, client);
      } catch (err) {
        log.warn({ err, channel: event.channel }, 'nobody was told that an answer was broken off');
      }
    }
    await events.end(event.id, moment.toISOString());
  }
}

/** Something that was to be answered in a thread. In channels most of what is said there is not. */
async function isQuestion(
  { kind, channel, thread }: SlackEvent,
  { conversations }: Pick<State, 'conversations'>,
): Promise<boolean> {
  if (thread === null) return false;
  if (kind === 'app_mention' || kind === 'message.im') return true;
  if (!kind.startsWith('message.')) return false;
  return (await conversations.messages(`slack:${channel}:${thread}`)).length > 0;
}

async function tell({ channel, thread }: SlackEvent, client: WebClient): Promise<void> {
  await client.chat.postMessage({
    channel,
    thread_ts: thread!,
    text: 'Kindred was restarted before it could answer. Please ask again.',
  });
  // The stop button would stay as long as the session counts as at work.
  await client.agents.sessions.setStatus({ channel_id: channel, thread_ts: thread!, status: 'active' });
}
