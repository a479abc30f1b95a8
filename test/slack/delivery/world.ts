import { readConfig, type SlackConfig } from '../../../src/config.ts';
import { silent } from '../../../src/progress.ts';
import { refresh } from '../../../src/segmentation/refresh/refresh.ts';
import { clientOptions, slackClient } from '../../../src/slack/client.ts';
import { boltLog } from '../../../src/slack/connection/bolt-log.ts';
import type { SlackContext } from '../../../src/slack/context.ts';
import { beatOf } from '../../../src/slack/delivery/beat.ts';
import type { Renderers } from '../../../src/slack/delivery/renderer.ts';
import { renderers } from '../../../src/slack/delivery/renderers.ts';
import type { State } from '../../../src/state/state.ts';
import { toolContext } from '../../../src/tool-context.ts';
import type { Warehouse } from '../../../src/warehouse/port.ts';
import type { LivedShop } from '../../segmentation/refresh/lived-shop.ts';
import { appOver } from '../../support/mcp-app.ts';
import { type FakeSlack, fakeSlack } from '../../support/slack/fake-slack.ts';

/** A Monday, on which digests are due in London and in New York. */
export const monday = '2026-11-23T14:00:00Z';

export interface Logged {
  level: 'info' | 'warn' | 'error';
  message: string;
  facts: object;
}

/** What a server that delivers works with; each call of `process` is a server of its own, on the same stores. */
export interface DeliveryWorld {
  fake: FakeSlack;
  clock: Clock;
  logged: Logged[];
  process(changed?: ProcessOptions): Process;
  close(): Promise<void>;
}

interface ProcessOptions {
  state?: State;
  config?: Partial<SlackConfig>;
  renderers?: Renderers;
  fetch?: typeof globalThis.fetch;
}

export interface Process {
  slack: SlackContext;
  beat(): Promise<void>;
  /** Beats until nothing is due any more within so many minutes. */
  beats(minutes: number): Promise<void>;
}

export interface Clock {
  now(): Date;
  /** For Slack as well. */
  pass(minutes: number): void;
}

/** What a process of its own is told to work with. */
export interface Told {
  /** Of the warehouse, and the database of the state. */
  file: string;
  url: string;
  /** ISO times: of the refresh before, when it starts, and the day after, of the refresh that it finds. */
  earlier: string;
  left: string;
  at: string;
  fake: Reached;
}

/** How the fake Slack is reached. */
type Reached = Pick<FakeSlack, 'botToken' | 'appToken' | 'apiUrl' | 'channels'>;

interface Stores {
  warehouse: Warehouse;
  state: State;
}

export async function deliveryWorld(
  { context }: { context: Stores },
  { startsAt = monday, limits = false }: { startsAt?: string; limits?: boolean } = {},
): Promise<DeliveryWorld> {
  const fake = await fakeSlack({ startsAt, limits, events: [] });
  let at = Date.parse(startsAt);
  const clock: Clock = {
    now: () => new Date(at),
    pass(minutes) {
      at += minutes * 60_000;
      fake.advance(minutes * 60_000);
    },
  };
  const logged: Logged[] = [];
  const process: DeliveryWorld['process'] = ({
    state = context.state,
    config = {},
    renderers: own,
    fetch,
  } = {}) => {
    const write = (level: Logged['level']) => (facts: object, message: string) =>
      logged.push({ level, message, facts });
    const slack = slackOver(fake, { ...context, state }, { now: clock.now, config, write, fetch });
    const beat = beatOf(slack, own ?? renderers());
    return {
      slack,
      beat,
      async beats(minutes) {
        for (let i = 0; i < minutes; i++) {
          await beat();
          clock.pass(1);
        }
        await beat();
      },
    };
  };
  return { fake, clock, logged, process, close: fake.close };
}

interface Over {
  now: () => Date;
  config?: Partial<SlackConfig>;
  write?: (level: Logged['level']) => (facts: object, message: string) => void;
  fetch?: typeof globalThis.fetch | undefined;
}

/** Two channels: the bot's are in London and New York. */
export function slackOver(
  fake: Reached,
  stores: Stores,
  { now, config = {}, write = () => () => {}, fetch }: Over,
): SlackContext {
  const log = { info: write('info'), warn: write('warn'), error: write('error') };
  const slackConfig: SlackConfig = {
    ...readConfig({ SLACK_BOT_TOKEN: fake.botToken, SLACK_APP_TOKEN: fake.appToken }, 'made-data').slack!,
    apiUrl: fake.apiUrl,
    digestChannels: [
      { id: fake.channels.marketing, timeZone: 'Europe/London' },
      { id: fake.channels.board, timeZone: 'America/New_York' },
    ],
    ...config,
  };
  const app = appOver({ ...stores, now });
  return {
    app,
    config: slackConfig,
    client: slackClient(
      fake.botToken,
      clientOptions(slackConfig, boltLog(log), { sleep: async () => {}, ...(fetch && { fetch }) }),
    ),
    log,
    stopping: new AbortController().signal,
    toolsOf: ({ actor, role }, more = {}) => toolContext(app, { actor, role, ...more }),
  };
}

/** As a command does that runs then. */
export async function refreshed(shop: LivedShop, week: number, now: Date, again = false): Promise<string> {
  const context = { ...shop.context, now: () => now };
  const { record } = await refresh(context, { asOf: shop.asOf(week), again, actor: 'test' }, silent);
  return record.asOf;
}

/** Keys of the messages of a channel, and of those in its threads, oldest first. */
export function keysIn(fake: Pick<FakeSlack, 'messages'>, channel: string): string[] {
  return fake
    .messages(channel)
    .flatMap(message => fake.messages(channel, message.ts))
    .flatMap(({ metadata }) => (metadata ? [String(metadata.event_payload.key)] : []));
}
