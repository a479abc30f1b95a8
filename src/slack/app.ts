import type { App } from '../app.ts';
import type { Log } from '../log.ts';
import type { Turns } from '../turns.ts';
import type { HttpDoor } from './connection/http-door.ts';
import type { ConnectionTold, SlackStatus } from './connection/status.ts';

export interface SlackOptions {
  log: Log;
  /** The turns of one person, who waits behind their own. */
  turnsOf: (caller: string) => Turns;
  /** Aborted when the server stops. */
  stopping: AbortSignal;
  /** Where Slack comes in over HTTP; Kindred connects by itself where absent. */
  door?: HttpDoor | undefined;
  /** Told once of the first connection, and of tokens that Slack refuses. */
  told?: (told: ConnectionTold) => void;
}

export interface SlackSurface {
  status(): SlackStatus;
  /** Fulfilled with the first connection; rejected where Slack refuses the tokens. */
  connected: Promise<void>;
  /** Takes nothing any more, lets what is under way end for a moment, and hangs up. */
  stop(): Promise<void>;
}

/**
 * Connects Kindred to its workspace and goes on trying where Slack does not answer. `app` hands out its stores settled, and
 * has `config.slack`. Does not wait for Slack.
 */
export async function startSlack(_app: App, _options: SlackOptions): Promise<SlackSurface> {
  throw new Error('not built yet');
}
