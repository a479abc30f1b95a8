import type { Log } from '../../log.ts';
import type { Sleep } from './pauses.ts';
import { persist } from './persist.ts';
import type { SlackSocket } from './socket.ts';

interface SocketModeOptions {
  /** Asks Slack where to connect, and does; fulfilled when Slack has said hello, rejected where `signal` is aborted before. */
  connect: (signal: AbortSignal) => Promise<SlackSocket>;
  /** Told when there is a connection, and when there is none any more. */
  changed: (connected: boolean) => void;
  now: () => Date;
  sleep: Sleep;
  log: Log;
}

export interface SocketMode {
  /** Fulfilled when it was left; rejected where Slack refuses the token. */
  ended: Promise<void>;
  /** Takes nothing more, and makes no new connection. */
  leave(): void;
  /** Breaks off what is still connected. */
  drop(): void;
}

/** A connection that held for so long was none of a row that failed. */
const heldMs = 10_000;

/**
 * Keeps a connection of Kindred's own to Slack. Slack asks for a new one every few hours, and the old one stays until the
 * new one stands. After one that broke, or was asked away at once, the pauses grow.
 */
export function socketMode({ connect, changed, now, sleep, log }: SocketModeOptions): SocketMode {
  const sockets = new Set<SlackSocket>();
  const left = new AbortController();
  const { signal } = left;

  const keep = (socket: SlackSocket) => {
    for (const old of sockets) old.leave();
    sockets.add(socket);
    changed(true);
    void socket.closed.then(() => {
      sockets.delete(socket);
      if (sockets.size === 0) changed(false);
    });
  };
  const run = async () => {
    let failed = 0;
    while (!signal.aborted) {
      const open = () => connect(signal);
      const socket = await persist(open, { token: 'SLACK_APP_TOKEN', signal, sleep, log }, failed);
      if (signal.aborted) return socket.drop();
      keep(socket);
      const since = now().getTime();
      const reason = await socket.leaving;
      if (signal.aborted) return;
      failed = now().getTime() - since < heldMs ? failed + 1 : 0;
      tell(reason, log);
    }
  };
  const ended = run().catch(error => {
    if (!signal.aborted) throw error;
  });
  return {
    ended,
    leave() {
      left.abort();
      for (const socket of sockets) socket.leave();
    },
    drop() {
      for (const socket of sockets) socket.drop();
    },
  };
}

function tell(reason: string, log: Log): void {
  if (reason === 'link_disabled')
    log.error(
      { next: 'Switch on Socket Mode for the app at https://api.slack.com/apps.' },
      'Socket Mode is switched off for the Slack app',
    );
  else log.info({ reason }, 'a new connection to Slack is made');
}
