import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Anthropic from '@anthropic-ai/sdk';
import type { ModelAccess } from '../../src/agent/model/access.ts';
import { faultOfRequest } from './scripted-model-faults.ts';
import { type Message, type Usage, writeEvents } from './scripted-model-stream.ts';

export type StopReason =
  | 'end_turn'
  | 'max_tokens'
  | 'stop_sequence'
  | 'tool_use'
  | 'pause_turn'
  | 'compaction'
  | 'refusal'
  | 'model_context_window_exceeded';

export type Block =
  | { type: 'text'; text: string }
  | { type: 'tool_use'; id?: string; name: string; input: unknown };

/** What the scripted model says; ids, stop reason and usage are filled in where left out. */
export interface SaidReply {
  content: Block[];
  stopReason?: StopReason;
  usage?: Partial<Usage>;
  /** Milliseconds before the answer begins. */
  delay?: number;
  /** Breaks off after this many server-sent events (without streaming: before the body): the line or with an error. */
  breaks?: { after: number; how: 'cut' | 'overloaded' };
}

/** An answer of the service, not of the model. */
export interface FailedReply {
  status: number;
  /** Where left out, the type that goes with the status. */
  error?: string;
  message?: string;
  /** Seconds. */
  retryAfter?: number;
  delay?: number;
}

/** `'silence'`: never answers, until the client leaves. */
export type ScriptedReply = SaidReply | FailedReply | Block | Block[] | 'silence';

/** A request's body as it was sent. */
export interface ScriptedRequest {
  model: string;
  max_tokens: number;
  stream?: boolean;
  system?: string | { type: 'text'; text: string; cache_control?: unknown }[];
  tools?: { name: string; description?: string; input_schema: unknown; [more: string]: unknown }[];
  messages: { role: 'user' | 'assistant'; content: string | SentBlock[] }[];
  [more: string]: unknown;
}

export interface SentBlock {
  type: string;
  text?: string;
  id?: string;
  name?: string;
  input?: unknown;
  tool_use_id?: string;
  content?: string | SentBlock[];
  is_error?: boolean;
  [more: string]: unknown;
}

export interface ScriptedModel {
  url: string;
  /** Bodies of all requests to /v1/messages, refused ones included, in order of arrival. */
  requests: ScriptedRequest[];
  /** headers[i] of requests[i]. */
  headers: IncomingHttpHeaders[];
  /** Requests whose client left before its answer was complete. */
  abandoned(): number;
  /** Access through the real client; no retries and generous limits unless told otherwise. */
  access(changes?: Partial<ModelAccess> & { maxRetries?: number; timeout?: number }): ModelAccess;
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export const text = (said: string): Block => ({ type: 'text', text: said });
export const toolUse = (name: string, input: unknown, id?: string): Block => ({
  type: 'tool_use',
  ...(id === undefined ? {} : { id }),
  name,
  input,
});
export const failure = (status: number, more: Omit<FailedReply, 'status'> = {}): FailedReply => ({
  status,
  ...more,
});

/**
 * A model whose answers are written beforehand, behind a real HTTP server that speaks the Messages API (JSON and
 * server-sent events). A list answers request i with reply i, and refuses what comes after its end; a function sees
 * the request. Like the real API it refuses a request whose messages or tools are not well formed.
 */
export async function startScriptedModel(
  reply:
    | readonly ScriptedReply[]
    | ((request: ScriptedRequest, index: number) => ScriptedReply | Promise<ScriptedReply>),
): Promise<ScriptedModel> {
  const requests: ScriptedRequest[] = [];
  const headers: IncomingHttpHeaders[] = [];
  let abandoned = 0;
  const replyTo = async (request: ScriptedRequest, index: number): Promise<ScriptedReply> => {
    const fault = faultOfRequest(request);
    if (fault !== null) return failure(400, { message: fault });
    if (typeof reply === 'function') return reply(request, index);
    return reply[index] ?? failure(400, { message: `the script has no reply to request ${index + 1}` });
  };
  const server = createServer((request, response) => {
    response.on('close', () => {
      if (!response.writableFinished) abandoned++;
    });
    handle(request, response).catch(error => fail(response, failure(400, { message: String(error) })));
  });
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const body: ScriptedRequest = JSON.parse(await bodyOf(request));
    const path = request.url!.split('?')[0];
    if (path === '/v1/messages/count_tokens') return json(response, 200, { input_tokens: tokensOf(body) });
    if (path !== '/v1/messages') return fail(response, failure(404));
    const index = requests.push(body) - 1;
    headers.push(request.headers);
    const answer = await replyTo(body, index);
    if (answer !== 'silence') await send(response, body, answer, index);
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = async () => {
    if (!server.listening) return;
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  return {
    url,
    requests,
    headers,
    abandoned: () => abandoned,
    access: ({ maxRetries = 0, timeout, ...changes } = {}) => ({
      client: new Anthropic({ apiKey: 'scripted', baseURL: url, maxRetries, timeout }),
      id: 'scripted-model',
      official: false,
      limits: { turns: 20, tokens: 1e9, cost: 1e6, dayCost: 1e6 },
      prices: { input: 3, output: 15 },
      underWay: new Set(),
      ...changes,
    }),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function send(
  response: ServerResponse,
  request: ScriptedRequest,
  answer: Exclude<ScriptedReply, 'silence'>,
  index: number,
): Promise<void> {
  const said: SaidReply | FailedReply = Array.isArray(answer)
    ? { content: answer }
    : 'type' in answer
      ? { content: [answer] }
      : answer;
  if (said.delay) await new Promise(resolve => setTimeout(resolve, said.delay));
  if (response.destroyed) return;
  if ('status' in said) return fail(response, said);
  const message = messageOf(request, said, index);
  if (request.stream) return writeEvents(response, message, said.breaks ?? null);
  if (said.breaks?.how === 'overloaded') return fail(response, failure(529));
  if (said.breaks) response.destroy();
  else json(response, 200, message);
}

function messageOf(
  request: ScriptedRequest,
  { content, stopReason, usage }: SaidReply,
  index: number,
): Message {
  const calls = content.some(({ type }) => type === 'tool_use');
  return {
    id: `msg_${index + 1}`,
    type: 'message',
    role: 'assistant',
    model: request.model,
    content: content.map((block, i) =>
      block.type === 'tool_use' ? { ...block, id: block.id ?? `toolu_${index + 1}_${i}` } : block,
    ),
    stop_reason: stopReason ?? (calls ? 'tool_use' : 'end_turn'),
    stop_sequence: null,
    usage: {
      input_tokens: tokensOf(request),
      output_tokens: tokensOf(content),
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      ...usage,
    },
  };
}

const ERRORS: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  529: 'overloaded_error',
};

function fail(response: ServerResponse, { status, error, message, retryAfter }: FailedReply): void {
  const type = error ?? ERRORS[status] ?? 'api_error';
  const after: Record<string, string> = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  json(response, status, { type: 'error', error: { type, message: message ?? type } }, after);
}

function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  more: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_scripted', ...more });
  response.end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

const tokensOf = (sent: unknown) => Math.ceil(JSON.stringify(sent).length / 4);
