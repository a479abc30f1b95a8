import type { Socket as Wire } from 'node:net';
import { Agent, buildConnector, ping, WebSocket } from 'undici';
import { gate } from './gate.ts';
import type { Receive } from './receive.ts';
import { watchPings } from './socket-pings.ts';

/** One WebSocket over which Slack tells things. */
export interface SlackSocket {
  /** Fulfilled, with the reason, when Slack lets go of it or asks for another in its place. */
  leaving: Promise<string>;
  closed: Promise<void>;
  /** Takes nothing more, acknowledges what it took, and closes. */
  leave(): void;
  /** Breaks it off. */
  drop(): void;
}

interface SocketOptions {
  receive: Receive;
  /** Aborted where nobody waits for its hello any more. */
  signal: AbortSignal;
  /** Calls `act` again and again, until it is told not to. */
  every?: (ms: number, act: () => void) => () => void;
}

/**
 * In seconds: how long nothing is heard before Slack is asked whether it is there, how long before it is taken for gone,
 * and how long it may take to hang up.
 */
const patience = { ask: 10, gone: 30, hangUp: 2 };

/** Opens a WebSocket at the address that Slack gave; fulfilled when Slack has said hello. */
export async function openSocket(
  url: string,
  { receive, signal, every = repeat }: SocketOptions,
): Promise<SlackSocket> {
  signal.throwIfAborted();
  let wire: Wire | undefined;
  let ended = false;
  const opened = (socket: Wire) => {
    wire = socket;
    if (ended) socket.destroy();
  };
  const ws = new WebSocket(url, { dispatcher: agent(opened) });
  const hello = gate<void>();
  const leaving = gate<string>();
  const closed = gate<void>();
  let unacknowledged = 0;
  let left = false;
  let silent = 0;
  let closing = 0;

  const heard = () => {
    silent = 0;
  };
  const over = (why: string) => {
    ended = true;
    stopLooking();
    stopWatching();
    // A peer that does not hang up would hold the connection for ever.
    wire?.destroy();
    hello.reject(new Error(`The connection to Slack ${why}.`));
    leaving.resolve(why);
    closed.resolve();
  };
  const closeOnceAcknowledged = () => {
    if (left && unacknowledged === 0) ws.close(1000);
  };
  const acknowledge = async (id: string, response: unknown) => {
    unacknowledged -= 1;
    const open = ws.readyState === WebSocket.OPEN;
    if (open) ws.send(JSON.stringify({ envelope_id: id, ...payloadOf(response) }));
    closeOnceAcknowledged();
    if (!open) throw new Error('The connection to Slack is closed.');
  };
  const take = ({ type, reason, envelope_id: id, payload, ...retry }: Frame) => {
    if (type === 'hello') hello.resolve();
    else if (type === 'disconnect') leaving.resolve(String(reason));
    else if (typeof id === 'string' && isObject(payload) && !left) {
      unacknowledged += 1;
      void receive({ body: payload, retry: retryOf(retry), ack: response => acknowledge(id, response) });
    }
  };
  const look = () => {
    silent += 1;
    closing = ws.readyState >= WebSocket.CLOSING ? closing + 1 : 0;
    if (closing > patience.hangUp) over('was closed');
    else if (silent > patience.gone) over('has gone silent');
    else if (silent % patience.ask === 0 && ws.readyState === WebSocket.OPEN) ping(ws);
  };
  ws.addEventListener('message', ({ data }) => {
    heard();
    const frame = frameOf(data);
    if (frame) take(frame);
  });
  ws.addEventListener('error', ({ message }) => over(`broke off (${message})`));
  ws.addEventListener('close', ({ code }) => over(`was closed (${code})`));
  const stopWatching = watchPings(ws, heard);
  const stopLooking = every(1000, look);
  const drop = () => over('was dropped');
  signal.addEventListener('abort', drop);
  await hello.promise.finally(() => signal.removeEventListener('abort', drop));
  return {
    leaving: leaving.promise,
    closed: closed.promise,
    leave() {
      left = true;
      closeOnceAcknowledged();
    },
    drop,
  };
}

interface Frame {
  type?: unknown;
  reason?: unknown;
  envelope_id?: unknown;
  payload?: unknown;
  retry_attempt?: unknown;
  retry_reason?: unknown;
}

function frameOf(data: unknown): Frame | undefined {
  try {
    const frame: unknown = JSON.parse(String(data));
    return isObject(frame) ? frame : undefined;
  } catch {
    return undefined;
  }
}

function retryOf({
  retry_attempt: num,
  retry_reason: reason,
}: Frame): { num: number; reason: string } | null {
  return typeof num === 'number' && num > 0 ? { num, reason: String(reason ?? '') } : null;
}

function payloadOf(response: unknown): { payload?: unknown } {
  if (response === undefined || response === null || response === '') return {};
  return { payload: typeof response === 'string' ? { text: response } : response };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Hands out the wire below, which a WebSocket keeps to itself. */
function agent(opened: (wire: Wire) => void): Agent {
  const connect = buildConnector({ allowH2: false, timeout: 10_000 });
  return new Agent({
    connect(options, callback) {
      connect(options, (...[error, wire]) => {
        if (error) return callback(error, null);
        opened(wire);
        callback(null, wire);
      });
    },
  });
}

function repeat(ms: number, act: () => void): () => void {
  const timer = setInterval(act, ms);
  return () => clearInterval(timer);
}
