import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { createToken, type IssuedToken } from '../../src/access/manage.ts';
import type { Role } from '../../src/access/roles.ts';
import type { Caller } from '../../src/mcp/caller.ts';
import type { State } from '../../src/state/state.ts';
import type { CallerOf } from '../../src/web/callers.ts';
import { type WebOptions, webServer } from '../../src/web/server.ts';

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

export async function accessServer(
  state: Pick<State, 'accessTokens' | 'audit'>,
  change: Partial<WebOptions> = {},
  seen: (callerOf: CallerOf) => void = () => {},
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
      seen(callerOf);
      const callers = new WeakMap<object, Caller>();
      scope.addHook('onRequest', async request => {
        callers.set(request, await callerOf(request));
      });
      scope.all('/mcp', async request => callers.get(request));
    },
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

export function issue(
  state: Pick<State, 'accessTokens'>,
  name: string,
  role: Role = 'analyst',
  expires = '90d',
): Promise<IssuedToken> {
  const now = () => new Date('2026-11-22T12:00:00Z');
  return createToken({ state, now }, { name, role, expires, actor: 'ada' });
}
