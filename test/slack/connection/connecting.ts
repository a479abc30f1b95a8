import type { App as Bolt } from '@slack/bolt';
import { type Config, readConfig, type SlackConfig } from '../../../src/config.ts';
import { fairTurns } from '../../../src/fair-turns.ts';
import { type SlackOptions, type SlackSurface, startSlack } from '../../../src/slack/app.ts';
import type { ConnectionTold } from '../../../src/slack/connection/status.ts';
import type { SlackContext } from '../../../src/slack/context.ts';
import type { State } from '../../../src/state/state.ts';
import { closedApp } from '../../support/mcp-app.ts';
import type { FakeSlack } from '../../support/slack/fake-slack.ts';

export interface Connecting {
  surface: SlackSurface;
  told: ConnectionTold[];
  logged: { level: string; message: string; facts: object }[];
  /** Milliseconds of the pauses between tries to connect, none of which is waited for. */
  pauses: number[];
  stop(): Promise<void>;
}

export interface ConnectingOptions extends Partial<Pick<SlackOptions, 'register' | 'door' | 'sleep'>> {
  state: () => Promise<State>;
  now?: () => Date;
  config?: Partial<SlackConfig>;
}

/** Settings as the environment gives them, for this fake. */
export function configOf(fake: FakeSlack, slack: Partial<SlackConfig> = {}): Config {
  const env = { SLACK_BOT_TOKEN: fake.botToken, SLACK_APP_TOKEN: fake.appToken, SLACK_API_URL: fake.apiUrl };
  const config = readConfig(env, 'made-data');
  return { ...config, slack: { ...config.slack!, others: 'viewer', ...slack } };
}

/** Kindred's side of Slack over a fake, with listeners of a test's own. */
export function connecting(fake: FakeSlack, options: ConnectingOptions): Connecting {
  const { state, now = () => new Date(fake.now()), config, register = answering() } = options;
  const logged: Connecting['logged'] = [];
  const write = (level: string) => (facts: object, message: string) => {
    logged.push({ level, message, facts });
  };
  const told: ConnectionTold[] = [];
  const pauses: number[] = [];
  const stopping = new AbortController();
  const app = closedApp({ state, now, config: configOf(fake, config) });
  const surface = startSlack(app, {
    log: { info: write('info'), warn: write('warn'), error: write('error') },
    turnsOf: fairTurns(app.turns),
    stopping: stopping.signal,
    told: what => told.push(what),
    sleep: async ms => {
      pauses.push(ms);
      // Others come in between, as they would in a pause.
      await new Promise(setImmediate);
    },
    register,
    ...(options.door && { door: options.door }),
    ...(options.sleep && { sleep: options.sleep }),
  });
  return {
    surface,
    told,
    logged,
    pauses,
    async stop() {
      stopping.abort(new Error('The test is over.'));
      await surface.stop();
    },
  };
}

/** Answers what is said in a direct message or by a mention, in its thread. */
export function answering(before: (text: string) => Promise<void> = async () => {}) {
  return (bolt: Bolt, { client }: SlackContext): void => {
    const answer = async (said: { channel: string; ts: string; text?: string; thread_ts?: string }) => {
      await before(said.text ?? '');
      await client.chat.postMessage({
        channel: said.channel,
        thread_ts: said.thread_ts ?? said.ts,
        text: `You said: ${said.text}`,
      });
    };
    bolt.event('app_mention', ({ event }) => answer(event));
    bolt.event('message', async ({ event }) => {
      if (event.channel_type === 'im' && event.subtype === undefined) await answer(event);
    });
  };
}
