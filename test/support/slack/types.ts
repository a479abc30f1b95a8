/** What the fake Slack keeps, as plain data. Times are milliseconds of its own clock, `ts` are Slack's. */

export interface Block {
  type: string;
  block_id?: string;
  [field: string]: unknown;
}

export interface User {
  id: string;
  name: string;
  real_name: string;
  tz: string;
  is_bot: boolean;
  deleted: boolean;
}

export interface Channel {
  id: string;
  name: string;
  kind: 'channel' | 'group' | 'im';
  /** IDs of users, the bot's among them where it was invited. */
  members: Set<string>;
}

export interface Message {
  channel: string;
  ts: string;
  thread_ts?: string;
  user: string;
  bot_id?: string;
  text: string;
  blocks: Block[];
  subtype?: string;
  metadata?: { event_type: string; event_payload: Record<string, unknown> };
  edited?: { user: string; ts: string };
  files?: string[];
  /** Seen by this user alone, and found in no history. */
  ephemeral?: string;
  streaming?: 'in_progress' | 'completed';
  /** When a stream was last appended to. */
  appendedAt?: number;
}

export interface SharedFile {
  id: string;
  name: string;
  title: string;
  altText: string | null;
  /** As many bytes as were announced. */
  length: number;
  /** Null until they are uploaded. */
  bytes: Buffer | null;
  /** Only then is it a file to anybody. */
  complete: boolean;
  shared: { channel: string; ts: string }[];
}

export interface View {
  id: string;
  type: 'modal' | 'home';
  user: string;
  hash: string;
  callback_id: string;
  private_metadata: string;
  title?: unknown;
  submit?: unknown;
  close?: unknown;
  blocks: Block[];
  notify_on_close: boolean;
  clear_on_close: boolean;
  root_view_id: string;
  previous_view_id: string | null;
  external_id: string;
}

export interface Session {
  channel: string;
  thread: string | null;
  status: string;
  title: string | null;
}

/** A call of the Web API as it came, with how it was answered. */
export interface Call {
  method: string;
  args: Record<string, unknown>;
  /** By the fake's clock. */
  at: number;
  ok: boolean;
  error: string | null;
  /** HTTP status it was answered with; null where it was not answered. */
  status: number | null;
}

/** What Slack tells the app of: an event, a press, a submitted view, a slash command. */
export interface Envelope {
  type: 'events_api' | 'interactive' | 'slash_commands';
  payload: Record<string, unknown>;
}

/** An envelope with what became of it. */
export interface Delivery extends Envelope {
  attempts: number;
  acknowledged: boolean;
  /** What the acknowledgement carried. */
  response: unknown;
  /** Real milliseconds between sending and acknowledgement. */
  took: number | null;
}
