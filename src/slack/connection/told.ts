import type { SlackEvent } from '../../state/slack-events.ts';

/** What Slack told, as far as it says who did what and where. */
export interface Told extends Omit<SlackEvent, 'id' | 'at'> {
  /** The same whenever it is told again; null for what may be told twice without harm. */
  id: string | null;
  /** The workspace, or organisation, of whoever did it; null where Slack does not say. */
  team: string | null;
  /** A bot wrote it. */
  byBot: boolean;
}

/** Of the subtypes of messages those in which a person says something; the others tell of edits, joins and the like. */
const said = new Set([undefined, 'file_share', 'thread_broadcast', 'me_message']);

/** Reads the body of an event, a command, a press or a dialog. */
export function toldBy(body: Readonly<Record<string, unknown>>): Told {
  const event = record(body.event);
  if (event) return event.type === 'message' ? message(body, event) : other(body, event);
  const user = record(body.user);
  const shown = record(body.message);
  const container = record(body.container);
  return {
    id: text(body.trigger_id),
    kind: body.command === undefined ? (text(body.type) ?? '') : 'command',
    channel: text(body.channel_id) ?? text(record(body.channel)?.id) ?? text(container?.channel_id) ?? '',
    thread: text(shown?.thread_ts) ?? text(container?.thread_ts),
    user: text(body.user_id) ?? text(user?.id) ?? '',
    team: text(user?.team_id) ?? text(body.team_id),
    byBot: false,
  };
}

function message(body: Readonly<Record<string, unknown>>, event: Readonly<Record<string, unknown>>): Told {
  return {
    ...other(body, event),
    // Kindred's own messages are edited while it writes: each edit is told.
    id: said.has(text(event.subtype) ?? undefined) ? text(body.event_id) : null,
    kind: `message.${text(event.channel_type) ?? 'channel'}`,
    byBot: event.bot_id !== undefined || event.subtype === 'bot_message',
  };
}

function other(body: Readonly<Record<string, unknown>>, event: Readonly<Record<string, unknown>>): Told {
  return {
    id: text(body.event_id),
    kind: text(event.type) ?? '',
    channel: text(event.channel) ?? '',
    thread: text(event.thread_ts) ?? (event.type === 'agent_session_stopped' ? null : text(event.ts)),
    user: text(event.user) ?? '',
    team: text(event.user_team) ?? text(event.source_team) ?? text(event.team),
    byBot: event.bot_id !== undefined,
  };
}

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
