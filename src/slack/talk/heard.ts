import { mentions, questionOf, turnsToSomebodyElse } from './question.ts';

/** What an event of Slack holds of a message; anything of it may be missing. */
export interface MessageEvent {
  type: string;
  subtype?: string | undefined;
  channel: string;
  channel_type?: string;
  user?: string;
  bot_id?: string;
  text?: string;
  ts: string;
  thread_ts?: string;
  /** The workspace of whoever wrote it. */
  user_team?: string;
  team?: string;
  edited?: unknown;
  files?: unknown[];
}

/** A message that may be for Kindred. */
export interface Heard {
  channel: string;
  ts: string;
  thread: string;
  user: string;
  /** As a person reads it, without Kindred's name. */
  text: string;
  hasFiles: boolean;
  /** `direct`: in a conversation with Kindred alone. `remark`: in a thread in a channel, without a mention. */
  kind: 'direct' | 'mention' | 'remark';
}

/** Those in which a person says something. Slack tells of edits, deletions, joins and much else as messages, too. */
const said = new Set<string | undefined>([undefined, 'file_share', 'thread_broadcast', 'me_message']);

/** null where it is nothing that a person says to Kindred, or where another event tells of it. */
export function heardIn(event: MessageEvent, botUser: string): Heard | null {
  const { channel, ts, user, text = '', subtype, bot_id, edited, files = [] } = event;
  if (user === undefined || user === botUser || user === 'USLACKBOT') return null;
  if (!said.has(subtype) || bot_id !== undefined || edited !== undefined) return null;
  const kind = kindOf(event, botUser);
  if (kind === null) return null;
  const thread = event.thread_ts ?? ts;
  return { channel, ts, thread, user, text: questionOf(text, botUser), hasFiles: files.length > 0, kind };
}

function kindOf(event: MessageEvent, botUser: string): Heard['kind'] | null {
  const { type, subtype, channel, channel_type, text = '', ts, thread_ts = ts } = event;
  const isDirect = channel_type === 'im' || channel.startsWith('D');
  // Slack tells of a mention in a channel twice, once by this name; of one in a direct message, only as a message. Of one
  // with a file, or that goes to the channel as well, it may tell only as a message: whoever listens answers it once.
  if (type === 'app_mention') return isDirect ? null : 'mention';
  if (isDirect) return 'direct';
  if (mentions(text, botUser)) return subtype === undefined ? null : 'mention';
  if (turnsToSomebodyElse(text, botUser)) return null;
  return thread_ts === ts ? null : 'remark';
}
