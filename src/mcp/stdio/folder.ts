import { setTimeout as wait } from 'node:timers/promises';
import type { App } from '../../app.ts';
import type { Config } from '../../config.ts';
import { formatError, KindredError, OperatorError } from '../../errors.ts';
import { StoreHeld, type StoreServer, serverOf } from '../../store-lock.ts';
import { ownerHeaders } from '../../web/owner-headers.ts';
import type { Caller } from '../caller.ts';
import { watchSegments } from '../changes.ts';
import { answers, httpUpstream } from './http-upstream.ts';
import type { ServerParts } from './server-upstream.ts';
import type { Connect, Upstream, UpstreamEvents } from './upstream.ts';

export interface FolderOptions {
  config: Config;
  now: () => Date;
  caller: Caller;
  /**
   * Lets other processes in, as long as this one holds the folder: other commands, other clients. One that is to serve
   * may ask for the folder, which `handOver` lets go.
   */
  listen: (app: App, signal: AbortSignal, handOver: () => void) => Promise<void>;
  log: (text: string) => void;
}

/** Looks at the folder, and how long between two: a command that holds it for a moment ends meanwhile. */
const looks = { every: 100, first: 20, forStores: 80, forTaker: 50 };
/** The first answer goes out before what serves others is loaded. */
const listenAfterMs = 500;

/**
 * Whoever can answer for a data folder: this process where nobody holds it, and the one that holds it otherwise. Where
 * that one takes no questions, or the folder cannot be had at all, a server without stores stands in and says so.
 */
export function folderServer(options: FolderOptions): Connect {
  const { config, now, caller, log } = options;
  let reason: unknown;
  /** The token of a server that said that it is stopping. */
  let leaving: string | undefined;
  /** Whether that was this process, which another one asked for the folder. */
  let handedOver = false;
  const passOn = ({ url, token }: StoreServer, events: UpstreamEvents) => {
    handedOver = false;
    return httpUpstream(
      {
        endpoint: new URL('/mcp', url),
        headers: ownerHeaders(token, caller),
        denied: null,
        stopping() {
          leaving = token;
        },
      },
      events,
    );
  };
  const there = ({ url }: StoreServer) => answers(new URL(url));
  return async (events, { standIn, asked }) => {
    if (!asked) {
      const server = await serverOf(config.dataDir);
      return server && server.token !== leaving && (await there(server)) ? passOn(server, events) : null;
    }
    // It is that one's to take; where it does not, it is anybody's again.
    for (let look = 0; handedOver && look < looks.forTaker; look++) {
      const server = await serverOf(config.dataDir);
      if (server && server.token !== leaving) break;
      await wait(looks.every);
    }
    handedOver = false;
    for (let look = 0; ; look++) {
      try {
        return await take(options, events, token => {
          leaving = token;
          handedOver = true;
        });
      } catch (error) {
        if (!(error instanceof KindredError)) throw error;
        reason = error;
        const held = error instanceof StoreHeld ? error : undefined;
        const server = held?.server;
        const ending = server?.token === leaving && look < looks.first;
        if (server && !ending && (await there(server))) return passOn(server, events);
        // One that served and does not any more is ending: its lock goes next.
        const most = standIn ? looks.forStores : server ? looks.first : 0;
        if (!held || look >= most) break;
      }
      await wait(looks.every);
    }
    if (standIn) return standIn;
    log(formatError(reason));
    return storeless({ config, now, caller, log }, () => reason, events);
  };
}

const serverParts = () =>
  Promise.all([import('../server.ts'), import('./server-upstream.ts'), import('../../settled.ts')]);

/** A server that says why nothing can be asked of it. */
export async function storeless(
  { config, now, caller, log }: Omit<FolderOptions, 'listen'>,
  reason: () => unknown,
  events: UpstreamEvents,
): Promise<Upstream> {
  const [[{ mcpServer }, { serverUpstream }], { appWithoutStores }] = await Promise.all([
    serverParts(),
    import('./no-stores.ts'),
  ]);
  const app = appWithoutStores(config, now, reason);
  return serverUpstream(() => mcpServer(app, caller), { standIn: true, log }, events);
}

/** Takes the folder for this process until the upstream is closed. */
async function take(
  { config, now, caller, listen, log }: FolderOptions,
  events: UpstreamEvents,
  lettingGo: (token: string) => void,
): Promise<Upstream> {
  const { withApp } = await import('../../app.ts');
  const stop = new AbortController();
  const stopped = new Promise<void>(resolve => {
    stop.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  return new Promise((resolve, reject) => {
    const held = withApp(config, 'kindred mcp', now, async app => {
      // Only now: where another process holds the folder, its answers are passed on and nothing of this is needed.
      const [{ mcpServer }, { serverUpstream }, { settled }] = await serverParts();
      const readers = settled(app);
      const parts: ServerParts = { standIn: false, log, watch: changed => watchSegments(app, changed) };
      const own = serverUpstream(() => mcpServer(readers, caller), parts, events);
      resolve({
        ...own,
        async close() {
          await own.close();
          stop.abort(
            new OperatorError('The MCP client was closed before this was done.', 'Run the command again.'),
          );
          await held;
        },
      });
      const handOver = () => {
        lettingGo(app.lock.token);
        events.lost('a server asked for the folder');
      };
      await wait(listenAfterMs, undefined, { signal: stop.signal }).catch(() => {});
      // Without it others are told who holds the folder; this client is served all the same.
      if (!stop.signal.aborted)
        await listen(app, stop.signal, handOver).catch(error =>
          log(`Nobody else is let in: ${formatError(error)}`),
        );
      await stopped;
      // The stores are closed under no work that has begun, whether or not others were let in.
      await app.turns.close();
    });
    held.catch(reject);
  });
}
