import { isInitializeRequest, type McpServer } from '@modelcontextprotocol/server';
import type { Caller } from '../caller.ts';
import type { Exchange } from './exchanges.ts';
import { type Refused, refusedResponse, rpcCodes } from './refused.ts';
import { openSession, type Session } from './session.ts';

export interface SessionLimits {
  /** Sessions of one caller, and in all, at most. */
  ofOne: number;
  inAll: number;
  /** How long one is kept of which nothing is connected. */
  idleMs: number;
  /** How long work goes on of which no connection is left. */
  patienceMs: number;
}

interface SessionsOptions {
  serverOf: (caller: Caller) => McpServer;
  /** Milliseconds, by any clock. */
  now: () => number;
  limits: SessionLimits;
  onerror: (error: Error) => void;
}

interface Sessions {
  /** Undefined where the request is of no session and begins none. */
  answer(request: Request, message: unknown, exchange: Exchange): Promise<Response> | undefined;
  size(): number;
  resourcesChanged(uris: readonly string[]): void;
  /** Ends those that were left alone for too long. */
  sweep(): Promise<void>;
  /** Ends those of all callers, or of the one with this key. */
  end(why: Refused, key?: string): Promise<void>;
}

const unknownSession: Refused = {
  status: 404,
  code: rpcCodes.noSession,
  message: 'Session not found: it has ended, or the server was started anew. Initialize again.',
};
const tooMany: Refused = {
  status: 503,
  headers: { 'retry-after': '5' },
  message: 'All sessions that fit are at work. Try again soon, or end one that is not needed.',
};
const leftAlone: Refused = { status: 404, message: 'The session was left alone for too long.' };
const madeRoom: Refused = { status: 404, message: 'The session made room for a newer one.' };

/** The sessions of clients of the protocol before 2026. Each belongs to the caller who began it. */
export function createSessions({ serverOf, now, limits, onerror }: SessionsOptions): Sessions {
  const all = new Map<string, Session>();
  const opened = (id: string, session: Session) => all.set(id, session);
  const ended = (session: Session) => {
    for (const [id, one] of all) if (one === session) all.delete(id);
  };
  const of = (key: string) => [...all.values()].filter(({ caller }) => caller.key === key);
  const endAll = async (sessions: readonly Session[], why: Refused) => {
    await Promise.all(sessions.map(session => session.end(why)));
  };

  /** False where all of those are at work. */
  const makeRoom = async (sessions: readonly Session[], most: number) => {
    if (sessions.length < most) return true;
    const oldest = sessions.filter(session => !session.atWork()).sort(byUse)[0];
    if (oldest) await oldest.end(madeRoom);
    return oldest !== undefined;
  };
  const begin = async (request: Request, message: unknown, exchange: Exchange) => {
    const { caller } = exchange;
    if (!(await makeRoom(of(caller.key), limits.ofOne)) || !(await makeRoom([...all.values()], limits.inAll)))
      return refusedResponse(tooMany);
    const { patienceMs } = limits;
    const server = serverOf(caller);
    server.server.onerror = onerror;
    const session = await openSession({ server, caller, now, patienceMs, opened, ended });
    const response = await session.answer(request, message, exchange);
    if (!response.ok) await server.close();
    return response;
  };
  return {
    answer(request, message, exchange) {
      const id = request.headers.get('mcp-session-id');
      const session = id === null ? undefined : all.get(id);
      if (session?.caller.key === exchange.caller.key) return session.answer(request, message, exchange);
      if (isInitializeRequest(message)) return begin(request, message, exchange);
      return id === null ? undefined : Promise.resolve(refusedResponse(unknownSession));
    },
    size: () => all.size,
    resourcesChanged(uris) {
      for (const session of all.values()) session.resourcesChanged(uris);
    },
    async sweep() {
      const since = now() - limits.idleMs;
      const idle = [...all.values()].filter(
        one => !one.connected() && !one.atWork() && one.lastUsed() < since,
      );
      await endAll(idle, leftAlone);
    },
    end: (why, key) => endAll(key === undefined ? [...all.values()] : of(key), why),
  };
}

/** First what nobody is connected to, the longest unused first; in the order of their beginning where that ties. */
function byUse(a: Session, b: Session): number {
  return Number(a.connected()) - Number(b.connected()) || a.lastUsed() - b.lastUsed();
}
