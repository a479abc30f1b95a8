import { App as Bolt, LogLevel, SocketModeReceiver } from '@slack/bolt';
import type { App } from '../../../src/app.ts';
import { readConfig, type SlackConfig } from '../../../src/config.ts';
import { fairTurns } from '../../../src/fair-turns.ts';
import type { Log } from '../../../src/log.ts';
import { clientOptions, slackClient } from '../../../src/slack/client.ts';
import { boltLog } from '../../../src/slack/connection/bolt-log.ts';
import type { SlackContext } from '../../../src/slack/context.ts';
import { toolContext } from '../../../src/tool-context.ts';
import type { FakeSlack } from './fake-slack.ts';

export interface BoltOver {
  bolt: Bolt;
  slack: SlackContext;
  stopping: AbortController;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface BoltOverOptions {
  config: Partial<SlackConfig>;
  log: Log;
  /** Told what a listener threw. */
  failed: (error: Error) => void;
  /** How waits that Slack asks for pass; at once where absent. */
  sleep?: (ms: number) => Promise<void>;
}

/** Bolt without listeners over a fake Slack, and what listeners work with over the stores of `app`. */
export function boltOver(
  fake: FakeSlack,
  app: App,
  { config: changed, log, failed, sleep = async () => {} }: BoltOverOptions,
): BoltOver {
  const config: SlackConfig = {
    ...readConfig({ SLACK_BOT_TOKEN: fake.botToken, SLACK_APP_TOKEN: fake.appToken }, 'made-data').slack!,
    apiUrl: fake.apiUrl,
    ...changed,
  };
  const [stopping, hungUp] = [new AbortController(), new AbortController()];
  const patient = clientOptions(config, boltLog(log), { ended: hungUp.signal, sleep });
  const turnsOf = fairTurns(app.turns);
  const slack: SlackContext = {
    app,
    config,
    client: slackClient(fake.botToken, patient),
    log,
    stopping: stopping.signal,
    toolsOf: ({ id, actor, role }, more = {}) =>
      toolContext({ ...app, turns: turnsOf(id) }, { actor, role, ...more }),
  };
  const bolt = new Bolt({
    token: fake.botToken,
    receiver: new SocketModeReceiver({
      appToken: fake.appToken,
      logLevel: LogLevel.ERROR,
      installerOptions: { clientOptions: { slackApiUrl: fake.apiUrl } },
    }),
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: fake.apiUrl },
  });
  bolt.error(async error => failed(error));
  return {
    bolt,
    slack,
    stopping,
    async start() {
      await bolt.start();
      await fake.connected();
    },
    async stop() {
      await bolt.stop();
      hungUp.abort();
    },
  };
}
