import { hostname } from 'node:os';
import { type ActivationBeat, activationBeat } from '../activation/beat.ts';
import type { App } from '../app.ts';
import type { Terminal } from '../cli/terminal.ts';
import { fairTurns } from '../fair-turns.ts';
import { watchSegments } from '../mcp/changes.ts';
import { mcpRoute } from '../mcp/http/route.ts';
import { mcpServer } from '../mcp/server.ts';
import { createScheduler, type Scheduler } from '../schedule/scheduler.ts';
import { retentionSchedule, schedulesOf } from '../schedule/ticks.ts';
import { jobWork } from '../schedule/work.ts';
import { settled } from '../settled.ts';
import type { SlackSurface } from '../slack/app.ts';
import { httpDoor } from '../slack/connection/http-door.ts';
import type { ConnectionTold } from '../slack/connection/status.ts';
import { cannotListen, namesAt, refuseWithoutTokens } from './address.ts';
import { type CommandRun, commandsOf } from './commands.ts';
import { healthOf } from './health.ts';
import { liveEvents } from './live-events.ts';
import { liveLookup } from './live-lookup.ts';
import { type SignedRoute, webServer } from './server.ts';
import { eraseOf } from './shopify-privacy.ts';
import { shopifyRoute } from './shopify-route.ts';
import { isLoopback } from './this-machine.ts';

export interface ServeOptions {
  terminal: Terminal;
  run: CommandRun;
  /** Aborted when the server is to stop. */
  signal: AbortSignal;
  /** Called with its address once it takes requests. */
  listening: (url: string) => void;
  /** Where it listens; what the configuration says where absent. */
  address?: { host: string; port: number };
  /**
   * Whether it does what is due, takes events and connects to Slack; true where absent. Without, it opens no store before
   * something is asked of it.
   */
  jobs?: boolean;
  /** Told when Slack is connected first, or refuses the tokens. */
  slackTold?: (told: ConnectionTold) => void;
  /** Lets the data folder go for a server that asks for it; where absent it is held to the end. */
  handOver?: () => void;
}

/** Seconds between looks at the schedule and the jobs. */
const beatEvery = 15;
/** Seconds between looks at whether somebody leaves a trigger because time has passed. */
const triggersEvery = 1;
/** Time for answers that are under way when the server stops. */
const lastWordsMs = 1000;

/**
 * Serves until `signal` is aborted: runs jobs when they are due, and the commands of other processes on the same data
 * folder, one thing at a time on the stores. What runs when it is aborted ends at its next step, and is undone.
 */
export async function serve(app: App, options: ServeOptions): Promise<void> {
  const { terminal, run, signal, listening, address = app.config, jobs = true, handOver } = options;
  const { config, now, turns } = app;
  const { host, port } = address;
  if (!isLoopback(host)) await refuseWithoutTokens(app, host);
  const schedules = jobs ? schedulesOf(config) : [];
  const live = liveEvents(app, turns, () => log, signal);
  // Tokens are looked up and commands find their stores without it: they need no warehouse that answers.
  const readers = settled(app);
  const lookup = liveLookup(readers, () => log, signal);
  const turnsOf = fairTurns(turns);
  // Commands may come from now on, and wait for it.
  if (jobs) readers.state().catch(() => {});
  let afterCommand = () => {};
  const commands = commandsOf(app, {
    terminal,
    run,
    signal,
    opening: readers.state,
    log: () => log,
    after: () => {
      lookup.changed();
      afterCommand();
    },
  });
  let slack: SlackSurface | undefined;
  let activation: ActivationBeat | undefined;
  let scheduler: Scheduler | undefined;
  const notYet = { state: 'connecting', since: now().toISOString(), workspace: null } as const;
  const secret = config.slack?.appToken === null ? config.slack.signingSecret : null;
  const door = jobs && secret !== null ? httpDoor({ secret, now }) : undefined;
  const shops: SignedRoute = (scope, attempt) =>
    shopifyRoute(scope, { app: readers, attempt, look: live.look, erase: eraseOf(readers) });
  const server = webServer({
    health: async () => {
      const found = await healthOf(app, turns, schedules);
      return jobs && config.slack ? { ...found, slack: slack?.status() ?? notYet } : found;
    },
    token: app.lock.token,
    runCommand: commands.run,
    // What has begun on the stores is done first.
    handOver: handOver && (signal => turns.take('handing the folder over', async () => handOver(), signal)),
    state: app.state,
    now,
    knownNames: [...config.allowedHosts, ...namesAt(host)],
    events:
      jobs && config.eventsToken !== undefined
        ? { token: config.eventsToken, intake: live.intake, now }
        : undefined,
    mcp: (scope, callerOf) =>
      mcpRoute(scope, {
        serverOf: caller => mcpServer({ ...readers, turns: turnsOf(caller.key) }, caller, { log: scope.log }),
        callerOf,
        watch: changed => watchSegments(app, changed),
        now,
        stopping: signal,
      }),
    lookup: lookup.get,
    signed: [...(door ? [door.route] : []), ...(jobs ? [shops] : [])],
    secrets: config.slack?.signingSecret ? [config.slack.signingSecret] : [],
    writeLog: terminal.err,
  });
  const { log } = server;
  let beating: NodeJS.Timeout | undefined;
  let ticking: NodeJS.Timeout | undefined;
  /** Does what is due from now on. */
  const begin = async () => {
    const state = await readers.state();
    void live.look();
    ticking = setInterval(() => void live.beat(), triggersEvery * 1000);
    const name = `${hostname()} ${process.pid} since ${now().toISOString()}`;
    const runner = { state, work: jobWork(app, log), name, now, every, log };
    scheduler = createScheduler(runner, [...schedules, retentionSchedule(config)], turns, signal);
    activation = activationBeat(readers, { log, stopping: signal });
    const beat = () => {
      void scheduler?.beat();
      void activation?.beat();
    };
    afterCommand = () => {
      beat();
      void live.look();
      slack?.beat();
    };
    beating = setInterval(beat, beatEvery * 1000);
    beat();
    if (config.slack) {
      // Loaded where it is set up: Slack's libraries take a while.
      const { startSlack } = await import('../slack/app.ts');
      const told = options.slackTold;
      slack = startSlack(readers, { log, turnsOf, stopping: signal, door, ...(told && { told }) });
    }
  };
  try {
    const listens = await server.listen({ host, port }).catch(error => {
      throw cannotListen(host, port, error);
    });
    // All addresses are no address to go to.
    const url = listens.replace('//[::]', '//[::1]');
    await app.lock.announce(url);
    if (!isLoopback(host))
      log.warn({ host }, 'other machines reach this server: tokens need TLS on their way');
    listening(url);
    if (jobs) await begin();
    await aborted(signal);
    log.info({ running: turns.current() }, 'stopping');
  } finally {
    clearInterval(beating);
    clearInterval(ticking);
    lookup.stop();
    await Promise.all([
      turns.close(),
      slack?.stop(),
      activation?.stop(),
      signal.aborted && scheduler?.ended(),
    ]);
    // Commands that wait for a model have no turn; they end because of `signal`, and write down what they used.
    await commands.ended();
    // Nothing runs any more, but a connection that asks nothing, or does not read its answer, would hold the end up.
    const letGo = setTimeout(() => server.server.closeAllConnections(), lastWordsMs);
    await server.close();
    clearTimeout(letGo);
  }
}

function every(seconds: number, act: () => void): () => void {
  const timer = setInterval(act, seconds * 1000);
  return () => clearInterval(timer);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
