import type { Server } from 'node:http';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as FirstClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as FirstTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { acceptedContent, inputRequired, McpServer } from '@modelcontextprotocol/server';
import fastify, { type FastifyHttpOptions } from 'fastify';
import { vi } from 'vitest';
import { z } from 'zod';
import type { Caller } from '../../../src/mcp/caller.ts';
import { type McpRouteOptions, mcpRoute } from '../../../src/mcp/http/route.ts';
import { createTurns, type Turns } from '../../../src/turns.ts';
import { Refusal } from '../../../src/web/refusal.ts';
import type { Era } from '../../support/mcp-client.ts';

export interface Serving {
  url: URL;
  turns: Turns;
  /** Who may ask, by token. */
  tokens: Map<string, Caller>;
  /** What tools did, in order. */
  deeds: string[];
  /** What of it was asked for, and what was given up, whether it began or not. */
  heard: string[];
  /** Lets the work go on that waits in `wait`. */
  release(): void;
  /** Tells that resources changed, where somebody watches. */
  changed(...uris: string[]): void;
  watched(): boolean;
  /** Tells the server to stop, as a signal does. */
  stop(): void;
  /** Moves its clock on. */
  pass(milliseconds: number): void;
  log: string[];
  http: Server;
  close(): Promise<void>;
}

export const of = (actor: string): Caller => ({ actor, role: 'analyst', surface: 'http', key: actor });

/** The route on a real port, before a server with a few tools whose work the test holds in its hands. */
export async function serving(
  options: Partial<McpRouteOptions> = {},
  settings: FastifyHttpOptions<Server> = {},
): Promise<Serving> {
  const tokens = new Map(['ada', 'bob'].map(name => [name, of(name)]));
  const turns = createTurns();
  const deeds: string[] = [];
  const heard: string[] = [];
  const log: string[] = [];
  const waiting = new Set<() => void>();
  const stopping = new AbortController();
  let clock = 0;
  let changed: ((uris: readonly string[]) => void) | undefined;
  const serverOf = ({ actor }: Caller) => {
    const server = new McpServer({ name: 'test', version: '1.0.0' });
    const word = z.object({ word: z.string() });
    server.registerTool('echo', { inputSchema: word }, async input =>
      turns.take('echo', async () => ({ content: [{ type: 'text', text: `${actor}: ${input.word}` }] })),
    );
    // Waits at a step of its work, as a fit does between two of its passes.
    server.registerTool('wait', { inputSchema: word }, async (input, { mcpReq }) => {
      heard.push(`${input.word} asked`);
      mcpReq.signal.addEventListener('abort', () => heard.push(`${input.word} given up`));
      return turns.take(
        'wait',
        async () => {
          deeds.push(`${input.word} began`);
          if (mcpReq._meta?.progressToken !== undefined)
            await mcpReq.notify({
              method: 'notifications/progress',
              params: { progressToken: mcpReq._meta.progressToken, progress: 1 },
            });
          await new Promise<void>(resolve => {
            const go = () => {
              waiting.delete(go);
              resolve();
            };
            waiting.add(go);
            mcpReq.signal.addEventListener('abort', go);
          });
          deeds.push(`${input.word} ${mcpReq.signal.aborted ? 'was stopped' : 'ended'}`);
          mcpReq.signal.throwIfAborted();
          return { content: [{ type: 'text', text: `${input.word} is done` }] };
        },
        mcpReq.signal,
      );
    });
    server.registerTool('ask', { inputSchema: word }, async (input, { mcpReq }) => {
      const answer = acceptedContent(mcpReq.inputResponses, 'answer', word);
      if (answer)
        return { content: [{ type: 'text', text: `${actor} said ${answer.word} to ${input.word}` }] };
      const request = inputRequired.elicit({ message: `${input.word}?`, requestedSchema: word });
      return inputRequired({ inputRequests: { answer: request } });
    });
    server.registerResource('thing', 'test://thing', {}, async uri => ({
      contents: [{ uri: uri.href, text: 'as it stands' }],
    }));
    return server;
  };
  const app = fastify({
    logger: { stream: { write: text => log.push(text) } },
    forceCloseConnections: true,
    ...settings,
  });
  await app.register(mcpRoute, {
    serverOf,
    callerOf: async request => {
      const caller = tokens.get((request.headers.authorization ?? '').replace('Bearer ', ''));
      if (caller) return caller;
      throw new Refusal(
        { status: 401, headers: { 'www-authenticate': 'Bearer realm="kindred"' } },
        'An access token is needed.',
        'Make one.',
      );
    },
    watch(tell) {
      changed = tell;
      return {
        stop() {
          changed = undefined;
        },
      };
    },
    now: () => new Date(clock),
    stopping: stopping.signal,
    ...options,
  });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    url: new URL('/mcp', address),
    turns,
    tokens,
    deeds,
    heard,
    release() {
      for (const go of [...waiting]) go();
    },
    changed: (...uris) => changed?.(uris),
    watched: () => changed !== undefined,
    stop: () => stopping.abort(),
    pass(milliseconds) {
      clock += milliseconds;
    },
    log,
    http: app.server,
    close: () => app.close(),
  };
}

const bearer = (token: string) => ({ requestInit: { headers: { authorization: `Bearer ${token}` } } });
/** Tries again at once, as often as a test may need it. */
const reconnectionOptions = {
  initialReconnectionDelay: 1,
  maxReconnectionDelay: 1,
  reconnectionDelayGrowFactor: 1,
  maxRetries: 2,
};

export async function client(
  { url }: Pick<Serving, 'url'>,
  era: Era,
  { token = 'ada', fetch, says }: { token?: string; fetch?: typeof globalThis.fetch; says?: string } = {},
) {
  const made = new Client(
    { name: 'test-client', version: '1.0.0' },
    {
      versionNegotiation: { mode: era === 'modern' ? { pin: '2026-07-28' } : 'legacy' },
      capabilities: says === undefined ? {} : { elicitation: { form: {} } },
    },
  );
  if (says !== undefined)
    made.setRequestHandler('elicitation/create', async ({ params: { message } }) => ({
      action: 'accept',
      content: { word: `${says} (${message})` },
    }));
  const transport = new StreamableHTTPClientTransport(url, {
    ...bearer(token),
    reconnectionOptions,
    ...(fetch && { fetch }),
  });
  await made.connect(transport);
  return { client: made, transport };
}

/** A client of the SDK's first line. */
export async function firstClient({ url }: Pick<Serving, 'url'>, token = 'ada') {
  const made = new FirstClient({ name: 'test-client', version: '1.0.0' });
  const transport = new FirstTransport(url, bearer(token));
  await made.connect(transport as Parameters<typeof made.connect>[0]);
  return { client: made, transport };
}

/** A request by hand: what a client of the older revisions sends, in or out of a session. */
export function post(
  { url }: Pick<Serving, 'url'>,
  body: unknown,
  headers: Record<string, string> = {},
  signal: AbortSignal | null = null,
): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    signal,
    headers: {
      authorization: 'Bearer ada',
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

export const call = (id: number, name: string, word: string) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name, arguments: { word } },
});

export const initialize = (protocolVersion = '2025-11-25') => ({
  jsonrpc: '2.0',
  id: 0,
  method: 'initialize',
  params: { protocolVersion, capabilities: {}, clientInfo: { name: 'by-hand', version: '1' } },
});

/** Begins a session by hand and gives its id. */
export async function session(
  server: Pick<Serving, 'url'>,
  headers: Record<string, string> = {},
): Promise<string> {
  const response = await post(server, initialize(), headers);
  await response.text();
  const id = response.headers.get('mcp-session-id')!;
  const inSession = { 'mcp-session-id': id, ...headers };
  await post(server, { jsonrpc: '2.0', method: 'notifications/initialized' }, inSession);
  return id;
}

/** The messages in a stream of events, as far as it has come or until it ends. */
export async function* events(response: Response): AsyncGenerator<{ id?: string; data: string }> {
  let text = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const parts = text.split('\n\n');
    text = parts.pop()!;
    for (const part of parts) {
      const lines = part.split('\n');
      const field = (name: string) =>
        lines
          .find(line => line.startsWith(`${name}:`))
          ?.slice(name.length + 1)
          .trim();
      const id = field('id');
      const data = field('data');
      if (data !== undefined) yield { ...(id !== undefined && { id }), data };
    }
  }
}

export async function allEvents(response: Response): Promise<{ id?: string; data: string }[]> {
  const all = [];
  for await (const event of events(response)) all.push(event);
  return all;
}

/** Waits for what has to come, however busy the machine is. */
export const until = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 10 });

export const textOf = (result: unknown) => (result as { content: { text: string }[] }).content[0]!.text;
