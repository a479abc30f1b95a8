import type { App as Bolt } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import type { App } from '../app.ts';
import { OperatorError } from '../errors.ts';
import type { Log } from '../log.ts';
import { toolContext } from '../tool-context.ts';
import type { Turns } from '../turns.ts';
import { clientOptions, slackClient } from './client.ts';
import { boltApp } from './connection/bolt-app.ts';
import { boltLog } from './connection/bolt-log.ts';
import { connect } from './connection/connect.ts';
import type { HttpDoor } from './connection/http-door.ts';
import { type Identity, identityOf } from './connection/identity.ts';
import { notesIn } from './connection/notes.ts';
import { patience } from './connection/patient-fetch.ts';
import { type Sleep, sleep as sleepFor } from './connection/pauses.ts';
import { persist } from './connection/persist.ts';
import { createReception, type Reception } from './connection/receive.ts';
import { tellBrokenOff } from './connection/restart.ts';
import { type SocketMode, socketMode } from './connection/socket-mode.ts';
import { type ConnectionTold, createStanding, type SlackStatus } from './connection/status.ts';
import type { SlackContext } from './context.ts';
import { type Delivery, startDelivery } from './delivery/start.ts';
import { registerListeners } from './listeners/register.ts';

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
  sleep?: Sleep;
  /** Has listeners called; Kindred's own where absent. */
  register?: (bolt: Bolt, slack: SlackContext) => void;
}

export interface SlackSurface {
  status(): SlackStatus;
  /** Sends what is due, as after a command. */
  beat(): void;
  /** Takes nothing any more, lets what is under way end for a moment, and hangs up. */
  stop(): Promise<void>;
}

/** Milliseconds for answers under way to end when the server stops. */
const lastWordsMs = 5000;

/**
 * Connects Kindred to its workspace, and goes on trying where Slack does not answer; does not wait for it. `app` has
 * `config.slack`, and hands out its stores settled.
 */
export function startSlack(app: App, options: SlackOptions): SlackSurface {
  const { log, stopping, door, told = () => {}, sleep = sleepFor, register = registerListeners } = options;
  const { now } = app;
  const since = now().toISOString();
  const standing = createStanding(now);
  const [leaving, hungUp] = [new AbortController(), new AbortController()];
  const signal = AbortSignal.any([stopping, leaving.signal]);
  const calls = clientOptions(app.config.slack!, boltLog(log), { ended: hungUp.signal });
  // For calls that are made until they succeed anyhow.
  const single = clientOptions(app.config.slack!, boltLog(log), {
    ended: hungUp.signal,
    patience: { ...patience, pauses: [] },
  });
  const slack = contextOf(app, { ...options, stopping: signal }, calls);
  const { config, client } = slack;
  const [asBot, asApp] = [config.botToken, config.appToken ?? ''].map(token => slackClient(token, single));
  let mode: SocketMode | undefined;
  let reception: Reception | undefined;
  let delivery: Delivery | undefined;
  let restarted: Promise<void> | undefined;

  /** Takes what Slack tells, from now on; nothing of it begins before Slack has taken the token. */
  const receiveAs = (me: Identity) => {
    const { bolt, dispatch } = boltApp(slack, calls, me);
    register(bolt, slack);
    return createReception({
      ...notesIn(app.state),
      mayCome: ({ team, user }) => isOurs(team, me) || config.people.some(({ id }) => id === user),
      dispatch,
      stopping: signal,
      now,
      log,
    });
  };
  const listen = async ({ receive }: Reception, connected: () => void) => {
    if (door) {
      door.open(receive);
      standing.become('http');
      return connected();
    }
    if (config.signingSecret !== null)
      log.info({}, 'SLACK_SIGNING_SECRET is not used: Kindred connects by itself with SLACK_APP_TOKEN');
    let first = true;
    mode = socketMode({
      connect: signal => connect(asApp!, receive, signal),
      changed(isConnected) {
        standing.become(isConnected ? 'connected' : 'connecting');
        if (isConnected && first) connected();
        first &&= !isConnected;
      },
      now,
      sleep,
      log,
    });
    await mode.ended;
  };
  const run = async () => {
    const me = await persist(() => identityOf(asBot!), { token: 'SLACK_BOT_TOKEN', signal, sleep, log });
    const { name: as, workspace } = me;
    standing.inWorkspace(workspace);
    reception = receiveAs(me);
    delivery = startDelivery(slack);
    restarted = app
      .state()
      .then(state => {
        const shared = app.config.databaseUrl !== undefined;
        return tellBrokenOff({ state, client, since, shared, stopping: signal, sleep, now, log });
      })
      .catch(err => log.warn({ err }, 'what was broken off before the start could not be told'));
    await listen(reception, () => {
      log.info({ as, workspace }, 'Slack is connected');
      told({ as, workspace });
    });
  };
  const running = run().catch(error => {
    if (signal.aborted) return;
    standing.become('refused');
    log.error({ err: error }, 'Slack is not connected');
    told({ refused: error });
  });
  return {
    status: standing.status,
    beat: () => void delivery?.beat(),
    async stop() {
      reception?.close();
      door?.close();
      leaving.abort();
      mode?.leave();
      const ended = Promise.all([reception?.idle(), delivery?.stop(), restarted]);
      await Promise.race([ended, sleepFor(lastWordsMs, hungUp.signal)]);
      hungUp.abort(new OperatorError('The server is stopping.', 'Ask again when it has started anew.'));
      mode?.drop();
      await running;
    },
  };
}

function contextOf(
  app: App,
  { log, turnsOf, stopping }: SlackOptions,
  calls: WebClientOptions,
): SlackContext {
  const config = app.config.slack!;
  return {
    app,
    config,
    client: slackClient(config.botToken, calls),
    log,
    stopping,
    toolsOf({ id, actor, role }, { progress, signal } = {}) {
      const ended = signal ? AbortSignal.any([signal, stopping]) : stopping;
      const caller = { actor, role, signal: ended, ...(progress ? { progress } : {}) };
      return toolContext({ ...app, turns: turnsOf(`slack ${id}`) }, caller);
    },
  };
}

/** Slack tells of people of other organisations too, where a channel is shared with them. */
function isOurs(team: string | null, { team: own, enterprise }: Identity): boolean {
  return team === null || team === own || team === enterprise;
}
