import type { WebClient } from '@slack/web-api';
import type { Log } from '../../log.ts';
import type { SlackEvent } from '../../state/slack-events.ts';
import type { State } from '../../state/state.ts';
import type { Sleep } from './pauses.ts';

interface RestartOptions {
  state: Pick<State, 'slack' | 'conversations'>;
  client: WebClient;
  /** ISO time at which this process began: what was noted before was another's. */
  since: string;
  /** Whether other processes may note in the same state, and be at what is unfinished. */
  shared: boolean;
  /** Aborted when the server stops: what is not told by then waits for the next start. */
  stopping: AbortSignal;
  sleep: Sleep;
  now: () => Date;
  log: Log;
}

const hourMs = 3600_000;

/** Longer than an answer takes, its wait behind others included. */
const longestAnswerMs = 300_000;

/** Tells in their threads whose questions a kill left unanswered. */
export async function tellBrokenOff(options: RestartOptions): Promise<void> {
  const { state, since, shared, stopping, sleep, now, log } = options;
  const { events } = state.slack;
  if (shared && (await events.unfinished(since)).length > 0) await sleep(longestAnswerMs, stopping);
  const moment = now();
  const told = new Set<string>();
  for (const event of await events.unfinished(since)) {
    const place = `${event.channel} ${event.thread}`;
    const young = moment.getTime() - Date.parse(event.at) <= hourMs;
    if (young && !told.has(place) && (await isQuestion(event, state))) {
      if (stopping.aborted) continue;
      try {
        await tell(event, options);
        told.add(place);
      } catch (err) {
        if (stopping.aborted) continue;
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

async function tell(
  { channel, thread }: SlackEvent,
  { client, log }: Pick<RestartOptions, 'client' | 'log'>,
): Promise<void> {
  await client.chat.postMessage({
    channel,
    thread_ts: thread!,
    text: 'Kindred was restarted while it was at this. Please ask again, unless the answer is all there.',
  });
  // The stop button would stay as long as the session counts as at work.
  await client.agents.sessions
    .setStatus({ channel_id: channel, thread_ts: thread!, status: 'active' })
    .catch(err => log.warn({ err, channel }, 'a thread whose answer was broken off may still look at work'));
}
