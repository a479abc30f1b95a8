import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyInstance, LogController } from 'fastify';
import { KindredError } from '../errors.ts';
import type { Lookup } from '../segmentation/lookup/read-lookup.ts';
import type { State } from '../state/state.ts';
import { type CallerOf, callersOf } from './callers.ts';
import { type CommandRunner, commandRoute } from './command-route.ts';
import type { EventsOptions } from './events-door.ts';
import { eventsRoute } from './events-route.ts';
import { type Attempt, attemptsOf } from './guesses.ts';
import { type HandOver, handOverRoute } from './hand-over-route.ts';
import type { Health } from './health.ts';
import { healthRoute } from './health-route.ts';
import { onlyKnownNames } from './known-names.ts';
import { lookupRoute } from './lookup-route.ts';
import { ownerOnly } from './owner-only.ts';
import { Refusal } from './refusal.ts';
import { trackRoute } from './track-route.ts';
import { withoutSecrets } from './without-secrets.ts';

export interface WebOptions extends EventsOptions {
  health: () => Promise<Health>;
  /** What a request for a command has to carry; whoever knows it is the owner of the data folder. */
  token: string;
  runCommand: CommandRunner;
  /** Absent where it holds the data folder for as long as it runs. */
  handOver?: HandOver | undefined;
  /** Where access tokens are looked up. */
  state: () => Promise<Pick<State, 'accessTokens' | 'audit'>>;
  now: () => Date;
  /** Names besides this machine's own under which the server is reached. */
  knownNames?: readonly string[];
  /** The MCP endpoint, which asks who is there. */
  mcp?: (server: FastifyInstance, callerOf: CallerOf) => Promise<void>;
  /** Segments of customers, for programs that may look them up. */
  lookup?: () => Promise<Lookup>;
  /** Where those come in that sign what they send: Slack, and shops. */
  signed?: readonly SignedRoute[];
  /** What must not come into the log in any way. */
  secrets?: readonly string[];
  /** A minute: requests with one access token, look-ups with one, and requests without a valid one from one address. */
  limits?: Partial<Limits>;
  /** Takes the log, a JSON object to a line. */
  writeLog: (line: string) => void;
}

export type SignedRoute = (server: FastifyInstance, attempt: Attempt) => Promise<void>;

interface Limits {
  requests: number;
  lookUps: number;
  refused: number;
}

/** The HTTP surface of `kindred serve`. */
export function webServer(options: WebOptions): FastifyInstance {
  const { health, state, now, mcp, signed = [], lookup, knownNames = [], secrets = [] } = options;
  const limits: Limits = { requests: 600, lookUps: 120_000, refused: 30, ...options.limits };
  const server = fastify({
    logger: { stream: { write: line => options.writeLog(withoutSecrets(line, secrets)) } },
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: 'idle',
    // Ids of customers may be long.
    routerOptions: { maxParamLength: 500 },
    // For a whole request to come in; answers may take as long as they like.
    requestTimeout: 120_000,
  });
  server.setErrorHandler<Error & { statusCode?: number }>((error, request, reply) => {
    const status = statusOf(error);
    if (status >= 500) request.log.error({ err: error, url: pathOf(request) }, 'request failed');
    if (error instanceof Refusal) reply.headers(error.headers);
    const next = error instanceof KindredError ? error.next : undefined;
    return reply
      .code(status)
      .send({ error: { message: status === 500 ? 'Internal error.' : error.message, next } });
  });
  // Before whatever a route makes of it.
  server.addHook('onError', async (request, _reply, error) => {
    // Those that are too many are told of once, where they become so.
    if (!(error instanceof Refusal) || error.status === 429) return;
    const { status, message: reason } = error;
    request.log.warn({ status, reason, url: pathOf(request), address: request.ip }, 'request refused');
  });
  server.addHook('onRequest', onlyKnownNames(knownNames));
  server.register(healthRoute, { health });
  server.register(async scope => {
    await scope.register(rateLimit, { global: false });
    const attempt = attemptsOf(scope, limits.refused);
    scope.register(async own => {
      own.addHook('onRequest', ownerOnly(options.token, attempt));
      own.register(commandRoute, options);
      if (options.handOver) own.register(handOverRoute, { handOver: options.handOver });
    });
    scope.register(eventsRoute, { events: options.events, attempt });
    scope.register(trackRoute, { events: options.events, attempt });
    const lockToken = options.token;
    const { callerOf, mayLookUp } = callersOf(scope, { lockToken, state, now, attempt, most: limits });
    if (lookup) scope.register(lookupRoute, { mayLookUp, lookup });
    if (mcp) scope.register(async inner => mcp(inner, callerOf));
    for (const route of signed) scope.register(async inner => route(inner, attempt));
  });
  return server;
}

/** Without the query, which may hold anything. */
function pathOf({ url }: { url: string }): string {
  return url.split('?')[0]!;
}

/** By who can mend it. */
function statusOf(error: Error & { statusCode?: number }): number {
  if (error instanceof Refusal) return error.status;
  if (!(error instanceof KindredError)) return error.statusCode ?? 500;
  return { asker: 400, operator: 503, upstream: 502 }[error.mender];
}
