import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { createToken, type IssuedToken } from '../../src/access/manage.ts';
import type { Right } from '../../src/access/roles.ts';
import type { Caller } from '../../src/mcp/caller.ts';
import { openPostgresState } from '../../src/state/postgres.ts';
import { type State, stateOver } from '../../src/state/state.ts';
import { type WebOptions, webServer } from '../../src/web/server.ts';
import { freshDatabase } from '../support/fresh-database.ts';

/** A server on a real socket whose /mcp answers with who asks, at a time that tests set. */
export interface AccessServer {
  url: string;
  port: number;
  /** Lines of its log. */
  logged: string[];
  clock: { now: Date };
  server: ReturnType<typeof webServer>;
  /** Asks /mcp with headers as `fetch` sends them. */
  ask(headers?: Record<string, string>, path?: string): Promise<Response>;
  /** Sends the lines of a request as they are, and gives the status and the rest of what came. */
  raw(lines: readonly string[]): Promise<{ status: number; answer: string }>;
}

export const lockToken = 'b7b2b3a0-1111-4222-8333-944455566677';
export const eventsToken = 'a-secret-of-the-shop';

async function accessServer(
  state: Pick<State, 'accessTokens' | 'audit'>,
  change: Partial<WebOptions> = {},
): Promise<AccessServer> {
  const logged: string[] = [];
  const clock = { now: new Date('2026-11-22T12:00:00Z') };
  const server = webServer({
    health: async () => ({ status: 'ok', version: '1', busy: 'kindred segment' }),
    token: lockToken,
    async runCommand(_line, tell) {
      tell({ out: 'done\n' });
      return 0;
    },
    events: {
      token: eventsToken,
      intake: { take: async () => ({ received: 0, stored: 0, rejected: 0, known: 0 }) as never },
      now: () => clock.now,
    },
    state: async () => state,
    now: () => clock.now,
    async mcp(scope, callerOf) {
      const callers = new WeakMap<object, Caller>();
      scope.addHook('onRequest', async request => {
        callers.set(request, await callerOf(request));
      });
      scope.all('/mcp', async request => callers.get(request));
    },
    lookup: async () => ({ asOf: '2026-11-16', find: () => ({ key: 'regulars', name: 'Regulars' }) }),
    writeLog: line => logged.push(line),
    ...change,
  });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  const port = Number(new URL(url).port);
  logged.length = 0;
  return {
    url,
    port,
    logged,
    clock,
    server,
    ask: (headers = {}, path = '/mcp') => fetch(`${url}${path}`, { headers }),
    async raw(lines) {
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      socket.write(`${lines.join('\r\n')}\r\nConnection: close\r\n\r\n`);
      const answer = await text(socket);
      return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]), answer };
    },
  };
}

export const bearing = (token: string) => ({ authorization: `Bearer ${token}` });

export const errorOf = async (response: Response) =>
  ((await response.json()) as { error: { message: string; next: string } }).error;

/** For the tests of a file: a server for each, and a database for all of them. */
export function accessTests() {
  let state: State;
  let elsewhere: State;
  let served: AccessServer;
  let made = 0;
  beforeAll(async () => {
    const url = await freshDatabase();
    state = await stateOver(await openPostgresState(url));
    elsewhere = await stateOver(await openPostgresState(url));
  });
  afterAll(async () => {
    await state?.close();
    await elsewhere?.close();
  });
  beforeEach(async () => {
    served = await accessServer(state);
  });
  afterEach(() => served.server.close());
  return {
    get served() {
      return served;
    },
    get state() {
      return state;
    },
    /** Another connection to the same database: what another process would write. */
    get elsewhere() {
      return elsewhere;
    },
    async restart(change: Partial<WebOptions>) {
      await served.server.close();
      served = await accessServer(state, change);
    },
    /** Names are unique among live tokens. */
    newToken(role: Right = 'analyst', expires = '90d'): Promise<IssuedToken> {
      const now = () => new Date('2026-11-22T12:00:00Z');
      const asked = { name: `token ${++made}`, role, expires, actor: 'ada' };
      return createToken({ state: elsewhere, now }, asked);
    },
  };
}
