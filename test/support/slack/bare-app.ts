import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, type Logger, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { afterEach } from 'vitest';
import { type FakeSlack, type FakeSlackOptions, fakeSlack } from './fake-slack.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Breaking lines is what these tests are about: nothing of it is printed. */
const silent: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

/** Closed after the test. */
export async function slackHere(options: FakeSlackOptions = {}): Promise<FakeSlack> {
  const slack = await fakeSlack(options);
  closers.push(() => slack.close());
  return slack;
}

/** Fails at the first try, unless told otherwise. */
export function clientOf(slack: FakeSlack, retries = 0): WebClient {
  return new WebClient(slack.botToken, {
    slackApiUrl: slack.apiUrl,
    logger: silent,
    retryConfig: { retries, minTimeout: 1, maxTimeout: 1 },
  });
}

/** An app of Bolt's alone; not started. It connects anew after so many milliseconds, and as fast gives up a silent line. */
export function socketApp(slack: FakeSlack, clientPingTimeout = 5000): App {
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    clientPingTimeout,
    logger: silent,
    installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
  });
  return appWith(slack, receiver);
}

function appWith(slack: FakeSlack, receiver: SocketModeReceiver | HTTPReceiver): App {
  const clientOptions = { slackApiUrl: slack.apiUrl };
  const app = new App({ token: slack.botToken, receiver, logger: silent, clientOptions });
  closers.push(() => app.stop());
  return app;
}

/** The same over HTTP: Bolt's own receiver, which checks signatures. Started, with its address. */
export async function httpApp(
  slack: FakeSlack,
  secret = slack.signingSecret,
): Promise<{ app: App; url: string }> {
  const receiver = new HTTPReceiver({ signingSecret: secret, logger: silent });
  const app = appWith(slack, receiver);
  const server = (await app.start(0)) as Server;
  return { app, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events` };
}

/** What Slack's error says, of a promise that is rejected. */
export async function refusal(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'taken',
    error => error.data ?? error,
  );
}
