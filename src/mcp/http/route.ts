import type { IncomingMessage } from 'node:http';
import { toWebRequest } from '@modelcontextprotocol/node';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from '../../web/refusal.ts';
import type { Caller } from '../caller.ts';
import { notJson, type Read, readMessage } from './body.ts';
import { type EndpointLimits, type EndpointOptions, mcpEndpoint } from './endpoint.ts';
import type { Exchange } from './exchanges.ts';
import { type Refused, refusedError, refusedResponse } from './refused.ts';

export interface McpRouteOptions extends Pick<EndpointOptions, 'serverOf' | 'watch' | 'now'> {
  /** Rejects with a Refusal where somebody may not ask, or no longer. */
  callerOf: (request: FastifyRequest) => Promise<Caller>;
  /** Aborted when the server is to stop: what is under way is answered with that. */
  stopping: AbortSignal;
  limits?: Partial<EndpointLimits>;
  /** Milliseconds between looks at whether callers still may ask; a token may be revoked while its streams are open. */
  lookEveryMs?: number;
}

const defaults: EndpointLimits = {
  openOfOne: 256,
  ofOne: 64,
  inAll: 256,
  // Clients that ask a few times a day do not all begin anew by themselves.
  idleMs: 8 * 3600_000,
  // Clients of both lines of the SDK come back within three seconds, or not at all.
  patienceMs: 10_000,
};
const sweepEveryMs = 60_000;
const url = '/mcp';
const methods = ['POST', 'GET', 'DELETE'];

const notAMethod: Refused = {
  status: 405,
  headers: { allow: methods.join(', ') },
  message: 'Method not allowed.',
};
const compressed: Refused = {
  status: 415,
  message: 'Compressed requests are not read. Send it uncompressed.',
};
const tooManyOpen: Refused = {
  status: 429,
  headers: { 'retry-after': '5' },
  message: 'Too many requests and streams of this token are open at once. Wait for the answers.',
};

/**
 * MCP over Streamable HTTP, in a scope of its own. Browsers are no clients of it: it sends no CORS headers, and the server
 * refuses a foreign Origin.
 */
export async function mcpRoute(
  server: FastifyInstance,
  { callerOf, stopping, limits, lookEveryMs = 10_000, ...options }: McpRouteOptions,
): Promise<void> {
  const { log } = server;
  const endpoint = mcpEndpoint({ ...options, log, limits: { ...defaults, ...limits } });
  const opened = new WeakMap<FastifyRequest, Exchange>();

  server.setErrorHandler<Error & { statusCode?: number }>((error, request, reply) => {
    const refused = refusedOf(error);
    if (!refused) log.error({ err: error, url: request.url }, 'request failed');
    const { status, ...told } = refused ?? { status: 500, message: 'Internal error.' };
    return reply
      .code(status)
      .headers(told.headers ?? {})
      .send(refusedError({ status, ...told }, null));
  });

  // Who it is is asked before a byte of the message is read.
  server.addHook('onRequest', async (request, reply) => {
    const caller = await callerOf(request);
    const encoding = request.headers['content-encoding'] ?? 'identity';
    if (encoding !== 'identity') return reply.send(refusedResponse(compressed));
    const { socket } = request.raw;
    // Of a connection that is gone nobody can tell any more from which machine it came.
    const stillMay = async () =>
      socket.destroyed ? undefined : callerOf(request).then(() => undefined, refusedForGood);
    const open = endpoint.open(caller, stillMay);
    if (!open) return reply.send(refusedResponse(tooManyOpen));
    opened.set(request, open.exchange);
    reply.raw.once('close', open.close);
    // It may have gone while its caller was looked up.
    if (socket.destroyed) open.close();
  });

  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', async (_request: unknown, sent: IncomingMessage) =>
    readMessage(sent),
  );

  server.all(url, async (request, reply) => {
    if (!methods.includes(request.method)) return reply.send(refusedResponse(notAMethod));
    const exchange = opened.get(request)!;
    const read =
      request.method === 'POST' ? ((request.body as Read | undefined) ?? { refused: notJson }) : blank;
    if ('refused' in read) return reply.send(refusedResponse(read.refused));
    const signal = AbortSignal.any([exchange.closed, exchange.ended]);
    const asked = await toWebRequest(request.raw, read.message, { signal });
    return reply.send(await endpoint.answer(asked, read.message, exchange));
  });

  const beside = (work: Promise<void>) => {
    work.catch(error => log.error({ err: error }, 'the MCP endpoint could not be kept in order'));
  };
  const looking = setInterval(() => beside(endpoint.look()), lookEveryMs).unref();
  const sweeping = setInterval(() => beside(endpoint.sweep()), sweepEveryMs).unref();
  stopping.addEventListener('abort', () => beside(endpoint.stop()), { once: true });
  server.addHook('preClose', () => endpoint.stop());
  server.addHook('onClose', async () => {
    clearInterval(looking);
    clearInterval(sweeping);
  });
}

const blank: Read = { message: undefined };

function refusedOf(error: Error & { statusCode?: number }): Refused | undefined {
  if (error instanceof Refusal)
    return { status: error.status, headers: error.headers, message: `${error.message} ${error.next}` };
  if (error.statusCode === 415)
    return { status: 415, message: 'Unsupported Media Type: Content-Type must be application/json.' };
  const { statusCode = 500 } = error;
  return statusCode < 500 ? { status: statusCode, message: error.message } : undefined;
}

/** A database that does not answer right now takes nobody's right away. */
function refusedForGood(error: Error): Refused | undefined {
  return error instanceof Refusal && error.status === 401 ? refusedOf(error) : undefined;
}
