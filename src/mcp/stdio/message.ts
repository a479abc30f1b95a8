/** A JSON-RPC message as the relay sees it: whatever stands in it is passed on as it is. */
export type Id = string | number;

export interface RequestMessage {
  jsonrpc: '2.0';
  id: Id;
  method: string;
  params?: Readonly<Record<string, unknown>>;
}

export interface NoticeMessage {
  jsonrpc: '2.0';
  method: string;
  params?: Readonly<Record<string, unknown>>;
}

export interface ResultMessage {
  jsonrpc: '2.0';
  id: Id;
  result: Readonly<Record<string, unknown>>;
}

export interface ErrorMessage {
  jsonrpc: '2.0';
  /** Null where the request could not be read so far. */
  id: Id | null;
  error: { code: number; message: string; data?: unknown };
}

export type Message = RequestMessage | NoticeMessage | ResultMessage | ErrorMessage;

export const codes = { parse: -32_700, invalid: -32_600, internal: -32_603 } as const;

export const isRequest = (message: Message): message is RequestMessage =>
  'method' in message && 'id' in message;
export const isNotice = (message: Message): message is NoticeMessage =>
  'method' in message && !('id' in message);
export const isAnswer = (message: Message): message is ResultMessage | ErrorMessage => !('method' in message);

/** Answered from what Kindred is, without a look at a store. */
const storeless = new Set([
  'initialize',
  'ping',
  'server/discover',
  'tools/list',
  'prompts/list',
  'resources/templates/list',
  'logging/setLevel',
  'subscriptions/listen',
]);
export const needsStores = (message: Message): boolean =>
  isRequest(message) && !storeless.has(message.method);

/** An error that says what to do stands in one text: clients show the message and nothing else. */
export function errorAnswer(id: Id | null, code: number, message: string): ErrorMessage {
  return { jsonrpc: '2.0', id, error: { code, message } };
}

/**
 * The messages of one line: one, or those of a batch, each of which is answered on a line of its own. What is no message
 * gives the answer that says so.
 */
export function readLine(text: string): { messages: Message[]; faults: ErrorMessage[] } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { messages: [], faults: [errorAnswer(null, codes.parse, 'This line is not JSON.')] };
  }
  const parts = Array.isArray(value) ? value : [value];
  if (parts.length === 0) return { messages: [], faults: [noMessage(null)] };
  const messages: Message[] = [];
  const faults: ErrorMessage[] = [];
  for (const part of parts)
    if (isMessage(part)) messages.push(part);
    else faults.push(noMessage(idOf(part)));
  return { messages, faults };
}

/** The id that a line asks to be answered under; null where it has none or cannot be read. */
export function idOfLine(text: string): Id | null {
  try {
    return idOf(JSON.parse(text));
  } catch {
    return null;
  }
}

function idOf(value: unknown): Id | null {
  if (!isRecord(value)) return null;
  return typeof value.id === 'string' || typeof value.id === 'number' ? value.id : null;
}

function isMessage(value: unknown): value is Message {
  if (!isRecord(value) || value.jsonrpc !== '2.0') return false;
  if ('id' in value && idOf(value) === null) return 'error' in value && value.id === null;
  if (typeof value.method === 'string') return value.params === undefined || isRecord(value.params);
  return 'id' in value && 'result' in value !== 'error' in value;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function noMessage(id: Id | null): ErrorMessage {
  return errorAnswer(id, codes.invalid, 'This is no message of JSON-RPC 2.0.');
}
