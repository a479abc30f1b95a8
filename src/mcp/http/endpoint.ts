import {
  createMcpHandler,
  isLegacyRequest,
  legacyStatelessFallback,
  type McpRequestContext,
  type McpServer,
  type RequestId,
} from '@modelcontextprotocol/server';
import type { Log } from '../../log.ts';
import type { Caller } from '../caller.ts';
import { createExchanges, type Exchange, type Exchanges } from './exchanges.ts';
import { lastWords } from './last-words.ts';
import { type Refused, refusedError, refusedResponse } from './refused.ts';
import { createSessions, type SessionLimits } from './sessions.ts';

/** Tells, with their addresses, of resources that may read otherwise now, until it is stopped. */
type WatchResources = (changed: (uris: readonly string[]) => void) => { stop(): void };

export interface EndpointLimits extends SessionLimits {
  /** Requests and streams that one caller has open, at most. */
  openOfOne: number;
}

export interface EndpointOptions {
  serverOf: (caller: Caller) => McpServer;
  watch: WatchResources;
  now: () => Date;
  log: Log;
  limits: EndpointLimits;
}

/** What a message is sent to, whatever revision of the protocol it speaks. */
interface Endpoint {
  open: Exchanges['open'];
  answer(request: Request, message: unknown, exchange: Exchange): Promise<Response>;
  /** Ends what belongs to callers whose right has ended. */
  look(): Promise<void>;
  /** Ends sessions that were left alone for too long. */
  sweep(): Promise<void>;
  /** Answers what is under way, closes all streams, and refuses what comes then. */
  stop(): Promise<void>;
}

const stopping: Refused = {
  status: 503,
  headers: { 'retry-after': '5' },
  message: 'The server is stopping. Ask again when it has started anew.',
};

/**
 * Both eras from one factory: the revision of 2026 asks each thing by itself, and closing its stream cancels it; clients
 * of the older ones keep sessions, in which they are asked back and told of changes. Those that keep none are answered
 * one by one as well.
 */
export function mcpEndpoint({ serverOf, watch, now, log, limits }: EndpointOptions): Endpoint {
  const callers = new WeakMap<Request, Caller>();
  const factory = ({ requestInfo }: McpRequestContext) => serverOf(callers.get(requestInfo!)!);
  const onerror = (error: Error) => log.warn({ err: error }, 'an MCP request failed or was refused');
  const modern = createMcpHandler(factory, { legacy: 'reject', onerror });
  const single = legacyStatelessFallback(factory, onerror);
  const exchanges = createExchanges(limits.openOfOne);
  const sessions = createSessions({ serverOf, now: () => now().getTime(), limits, onerror });
  let stopped: Promise<void> | undefined;

  let listening = 0;
  let watching: { stop(): void } | undefined;
  const changed = (uris: readonly string[]) => {
    modern.notify.resourcesChanged();
    for (const uri of uris) modern.notify.resourceUpdated(uri);
    sessions.resourcesChanged(uris);
  };
  const watchOn = () => {
    watching ??= watch(changed);
  };
  const watchNoLonger = () => {
    watching?.stop();
    watching = undefined;
  };

  const endOf = async (key: string, why: Refused) => {
    exchanges.end(why, key);
    await sessions.end(why, key);
  };
  const alone = async (request: Request, message: unknown, exchange: Exchange, legacy: boolean) => {
    callers.set(request, exchange.caller);
    const listens = methodOf(message) === 'subscriptions/listen';
    if (listens && !exchange.closed.aborted) {
      listening += 1;
      exchange.closed.addEventListener('abort', () => {
        listening -= 1;
      });
      watchOn();
    }
    const options = message === undefined ? {} : { parsedBody: message };
    const response = await (legacy ? single(request, options) : modern.fetch(request, options));
    const id = requestIdOf(message);
    const why = exchange.why();
    if (why && response.headers.get('content-type') !== 'text/event-stream') return refusedResponse(why, id);
    return lastWords(response, () => {
      const reason = exchange.why();
      return reason && id !== null && !listens ? refusedError(reason, id) : undefined;
    });
  };

  return {
    open: exchanges.open,
    async answer(request, message, exchange) {
      const legacy = await isLegacyRequest(request, message);
      if (stopped) return refusedResponse(stopping, requestIdOf(message));
      const inSession = legacy ? sessions.answer(request, message, exchange) : undefined;
      if (!inSession) return alone(request, message, exchange, legacy);
      const response = await inSession;
      if (sessions.size() > 0) watchOn();
      return lastWords(response, () => undefined);
    },
    look: () => exchanges.look(endOf),
    async sweep() {
      await sessions.sweep();
      if (sessions.size() === 0 && listening === 0) watchNoLonger();
    },
    stop() {
      stopped ??= (async () => {
        watchNoLonger();
        await sessions.end(stopping);
        // Streams that listen are told that they end by the handler; the others hear it in the place of their answer.
        const closed = modern.close();
        exchanges.end(stopping);
        await closed;
      })();
      return stopped;
    },
  };
}

function methodOf(message: unknown): unknown {
  return typeof message === 'object' && message !== null && 'method' in message ? message.method : undefined;
}

function requestIdOf(message: unknown): RequestId | null {
  if (typeof message !== 'object' || message === null || !('id' in message)) return null;
  return typeof message.id === 'string' || typeof message.id === 'number' ? message.id : null;
}
