import type { IncomingMessage, Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Method } from './methods/method.ts';
import { refuse } from './refusal.ts';
import type { Envelope } from './types.ts';
import { until } from './waiting.ts';
import { changed, newId, type World } from './world.ts';

/** How an attempt to tell the app of something ended. */
export type Answer = { acknowledged: true; response: unknown } | { acknowledged: false; reason: string };

export interface Attempt {
  num: number;
  reason: string;
}

export interface SocketMode {
  /** apps.connections.open. */
  method: Method;
  connections(): number;
  send(envelope: Envelope, attempt: Attempt, within: number): Promise<Answer>;
  disconnectAll(reason: 'warning' | 'refresh_requested' | 'link_disabled'): void;
  /** Breaks every connection without a word. */
  drop(): void;
  /** The connections there are stay, and are dead. */
  freeze(): void;
  close(): Promise<void>;
}

/** Socket Mode: addresses good for one connection each, and envelopes over any of the connections. */
export function createSocketMode(world: World, server: Server, base: () => string): SocketMode {
  const sockets = new WebSocketServer({ noServer: true, autoPong: false });
  const tickets = new Set<string>();
  const open: WebSocket[] = [];
  const frozen = new WeakSet<WebSocket>();
  const waiting = new Map<string, { socket: WebSocket; done: (answer: Answer) => void }>();
  let turn = 0;

  const pings = setInterval(() => {
    for (const socket of open) if (!frozen.has(socket)) socket.ping('Ping from Slack');
  }, 10_000);
  pings.unref();

  server.on('upgrade', (request: IncomingMessage, line, head) => {
    const ticket = new URL(request.url ?? '', 'http://slack').searchParams.get('ticket') ?? '';
    if (!tickets.delete(ticket)) return line.end('HTTP/1.1 408 Request Timeout\r\n\r\n');
    sockets.handleUpgrade(request, line, head, socket => {
      open.push(socket);
      socket.on('message', data => heard(socket, String(data)));
      socket.on('ping', data => {
        if (!frozen.has(socket)) socket.pong(data);
      });
      socket.on('close', () => gone(socket));
      socket.on('error', () => socket.terminate());
      socket.send(
        JSON.stringify({
          type: 'hello',
          num_connections: open.length,
          connection_info: { app_id: world.app.id },
          debug_info: { host: 'applink-1', approximate_connection_time: 18_060 },
        }),
      );
      socket.ping('Ping from Slack');
      changed(world);
    });
  });

  function heard(from: WebSocket, text: string): void {
    if (frozen.has(from)) return;
    const { envelope_id: id, payload } = JSON.parse(text) as { envelope_id?: string; payload?: unknown };
    const found = id === undefined ? undefined : waiting.get(id);
    if (!found) return;
    waiting.delete(id!);
    found.done({ acknowledged: true, response: payload });
  }

  function gone(socket: WebSocket): void {
    const at = open.indexOf(socket);
    if (at >= 0) open.splice(at, 1);
    for (const [id, each] of waiting)
      if (each.socket === socket) {
        waiting.delete(id);
        each.done({ acknowledged: false, reason: 'socket_closed' });
      }
    changed(world);
  }

  return {
    method: {
      scopes: ['connections:write'],
      token: 'app',
      limit: 60,
      run() {
        if (open.length >= 10) refuse('too_many_websockets');
        const ticket = newId(world, 'K');
        tickets.add(ticket);
        return { url: `${base().replace('http', 'ws')}/link/?ticket=${ticket}&app_id=${world.app.id}` };
      },
    },
    connections: () => open.length,
    send(envelope, attempt, within) {
      turn += 1;
      const socket = open[turn % open.length];
      if (!socket) return Promise.resolve({ acknowledged: false, reason: 'no_connection' });
      const id = newId(world, 'e');
      return new Promise<Answer>(resolve => {
        const timer = setTimeout(() => done({ acknowledged: false, reason: 'timeout' }), within);
        const done = (answer: Answer) => {
          clearTimeout(timer);
          waiting.delete(id);
          resolve(answer);
        };
        waiting.set(id, { socket, done });
        if (frozen.has(socket)) return;
        socket.send(
          JSON.stringify({
            envelope_id: id,
            type: envelope.type,
            payload: envelope.payload,
            accepts_response_payload: envelope.type !== 'events_api',
            ...(envelope.type === 'events_api'
              ? { retry_attempt: attempt.num, retry_reason: attempt.reason }
              : {}),
          }),
        );
      });
    },
    disconnectAll(reason) {
      for (const socket of open)
        socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'applink-1' } }));
    },
    drop() {
      for (const socket of [...open]) socket.terminate();
    },
    freeze() {
      for (const socket of open) frozen.add(socket);
    },
    async close() {
      clearInterval(pings);
      sockets.close();
      // An app that is going closes its side itself: let it, as long as that does not take long.
      for (const socket of open) socket.close(1001);
      await until(world, () => open.length === 0, { limit: 500 }).catch(() => {});
      for (const socket of [...open]) socket.terminate();
    },
  };
}
