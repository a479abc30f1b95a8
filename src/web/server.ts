import fastify, { type FastifyInstance, LogController } from 'fastify';
import { KindredError } from '../errors.ts';
import { type CallerOf, callersOf } from './callers.ts';
import { type CommandRunner, commandRoute } from './command-route.ts';
import { type EventsOptions, eventsRoute } from './events-route.ts';
import type { Health } from './health.ts';
import { healthRoute } from './health-route.ts';
import { onlyThisMachine } from './only-this-machine.ts';
import { Refusal } from './refusal.ts';

export interface WebOptions extends EventsOptions {
  health: () => Promise<Health>;
  /** What a request for a command has to carry. */
  token: string;
  runCommand: CommandRunner;
  /** The MCP endpoint, which asks who is there. */
  mcp?: (server: FastifyInstance, callerOf: CallerOf) => Promise<void>;
  /** Takes the log, a JSON object to a line. */
  writeLog: (line: string) => void;
}

/** The HTTP surface of `kindred serve`. */
export function webServer(options: WebOptions): FastifyInstance {
  const server = fastify({
    logger: { stream: { write: options.writeLog } },
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: 'idle',
  });
  server.setErrorHandler<Error & { statusCode?: number }>((error, request, reply) => {
    const status = statusOf(error);
    if (status >= 500) request.log.error({ err: error, url: request.url }, 'request failed');
    const next = error instanceof KindredError ? error.next : undefined;
    if (error instanceof Refusal) reply.headers(error.headers);
    return reply
      .code(status)
      .send({ error: { message: status === 500 ? 'Internal error.' : error.message, next } });
  });
  server.addHook('onRequest', onlyThisMachine);
  server.register(healthRoute, options);
  server.register(commandRoute, options);
  server.register(eventsRoute, options);
  const { mcp } = options;
  if (mcp) server.register(async scope => mcp(scope, callersOf({ lockToken: options.token })));
  return server;
}

/** By who can mend it. */
function statusOf(error: Error & { statusCode?: number }): number {
  if (error instanceof Refusal) return error.status;
  if (!(error instanceof KindredError)) return error.statusCode ?? 500;
  return { asker: 400, operator: 503, upstream: 502 }[error.mender];
}
