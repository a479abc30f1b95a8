import { randomUUID } from 'node:crypto';
import {
  isJSONRPCErrorResponse,
  isJSONRPCRequest,
  isJSONRPCResultResponse,
  type JSONRPCMessage,
  type McpServer,
  type RequestId,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import type { Caller } from '../caller.ts';
import { tellOfChanges } from '../resources/subscriptions.ts';
import { eventStore, isEventId } from './event-store.ts';
import type { Exchange } from './exchanges.ts';
import { type Refused, refusedError, refusedResponse } from './refused.ts';

/** A connection of a client of the protocol before 2026, across its requests. */
export interface Session {
  caller: Caller;
  answer(request: Request, message: unknown, exchange: Exchange): Promise<Response>;
  /** Whether something that was asked is not answered yet. */
  atWork(): boolean;
  /** Whether a request or a stream of it is open. */
  connected(): boolean;
  /** When it was last connected, by the clock it was given. */
  lastUsed(): number;
  resourcesChanged(uris: readonly string[]): void;
  /** Answers what is under way with `why`, and closes its streams. */
  end(why: Refused): Promise<void>;
}

interface SessionOptions {
  server: McpServer;
  caller: Caller;
  /** Milliseconds, by any clock. */
  now: () => number;
  /** How long work goes on of which no connection is left. */
  patienceMs: number;
  opened: (id: string, session: Session) => void;
  ended: (session: Session) => void;
}

const abandoned: Refused = {
  status: 408,
  message: 'The connection was lost, and nobody came back for the answer. Ask again.',
};
/** Requests that a session works on at once, at most: who hangs up and asks on holds no connection that could be counted. */
const mostWork = 100;
const tooMuch: Refused = {
  status: 429,
  headers: { 'retry-after': '5' },
  message: `The session has ${mostWork} requests that are not answered yet. Wait for the answers.`,
};
const noEvent: Refused = { status: 400, message: 'The id in Last-Event-ID is of no event.' };
const cancelled: Refused = { status: 499, message: 'The request was cancelled.' };

/**
 * A connection that breaks is no cancellation in these revisions: the client may come back for the answer with the id of
 * the last event that it saw. So the work goes on while anything of the session is connected, and some time after that;
 * then it ends at its next step, as if the client had cancelled it, and gives the stores back.
 */
export async function openSession({
  server,
  caller,
  now,
  patienceMs,
  opened,
  ended,
}: SessionOptions): Promise<Session> {
  const working = new Set<RequestId>();
  let connections = 0;
  let lastUsed = now();
  let patience: NodeJS.Timeout | undefined;
  const transport = new WebStandardStreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    eventStore: eventStore(),
    onsessioninitialized: id => opened(id, session),
  });
  await server.connect(transport);
  const receive = transport.onmessage!;
  const send = transport.send.bind(transport);
  /** Answers in the place of what works on it: the protocol says nothing more of a cancelled request. */
  const drop = async (id: RequestId, why: Refused) => {
    working.delete(id);
    const params = { requestId: id, reason: why.message };
    receive({ jsonrpc: '2.0', method: 'notifications/cancelled', params });
    // Only an answer ends the stream of a request, and makes those who come back for it go away.
    await send(refusedError(why, id)).catch(() => {});
  };
  transport.onmessage = (message, extra) => {
    if (isJSONRPCRequest(message)) working.add(message.id);
    const given = cancelledId(message);
    if (given !== undefined && working.has(given)) void drop(given, cancelled);
    else receive(message, extra);
  };
  transport.send = async (message, options) => {
    if ((isJSONRPCResultResponse(message) || isJSONRPCErrorResponse(message)) && message.id !== undefined)
      working.delete(message.id);
    await send(message, options);
  };
  server.server.onclose = () => {
    clearTimeout(patience);
    ended(session);
  };
  const disconnect = () => {
    connections -= 1;
    lastUsed = now();
    if (connections > 0 || working.size === 0) return;
    const abandon = () => {
      for (const id of [...working]) void drop(id, abandoned);
    };
    patience = setTimeout(abandon, patienceMs).unref();
  };
  const session: Session = {
    caller,
    async answer(request, message, { closed }) {
      connections += 1;
      lastUsed = now();
      clearTimeout(patience);
      if (closed.aborted) disconnect();
      else closed.addEventListener('abort', disconnect, { once: true });
      const last = request.headers.get('last-event-id');
      if (last !== null && !isEventId(last)) return refusedResponse(noEvent);
      if (working.size >= mostWork && [message].flat().some(isJSONRPCRequest))
        return refusedResponse(tooMuch);
      // A client that comes back knows that its stream is broken, often before this side does.
      if (request.method === 'GET' && last === null) transport.closeStandaloneSSEStream();
      return transport.handleRequest(request, message === undefined ? {} : { parsedBody: message });
    },
    atWork: () => working.size > 0,
    connected: () => connections > 0,
    lastUsed: () => lastUsed,
    resourcesChanged(uris) {
      // It may end while it is told.
      tellOfChanges(server, uris).catch(() => {});
    },
    async end(why) {
      await Promise.all([...working].map(id => drop(id, why)));
      await server.close();
    },
  };
  return session;
}

function cancelledId(message: JSONRPCMessage): RequestId | undefined {
  if (!('method' in message) || message.method !== 'notifications/cancelled') return undefined;
  const id = message.params?.requestId;
  return typeof id === 'string' || typeof id === 'number' ? id : undefined;
}
