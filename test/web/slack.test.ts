import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ConnectionTold } from '../../src/slack/connection/status.ts';
import type { Health } from '../../src/web/health.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { type FakeSlack, fakeSlack } from '../support/slack/fake-slack.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';
import { startServing } from './serving.ts';

let database: string;
beforeAll(async () => {
  database = await freshDatabase();
});

const now = Date.parse('2026-11-22T12:00:00Z');
let fake: FakeSlack;
let folder: TemporaryFolder;
let stop: AbortController;
let served: Awaited<ReturnType<typeof startServing>> | undefined;
let told: ConnectionTold[];
beforeEach(async () => {
  fake = await fakeSlack({ signedAt: () => now });
  folder = temporaryFolder();
  stop = new AbortController();
  told = [];
});
afterEach(async () => {
  stop.abort(new Error('The test is over.'));
  await served?.ended;
  await fake.close();
  folder.remove();
});

async function serving(env: NodeJS.ProcessEnv = {}, jobs = true): Promise<string> {
  served = await startServing(
    folder.path,
    {
      DATABASE_URL: database,
      SLACK_BOT_TOKEN: fake.botToken,
      SLACK_APP_TOKEN: fake.appToken,
      SLACK_API_URL: fake.apiUrl,
      KINDRED_REFRESH_SCHEDULE: 'off',
      KINDRED_RECLUSTER_SCHEDULE: 'off',
      ...env,
    },
    { run: async () => 0, signal: stop.signal, slackTold: what => told.push(what), jobs },
  );
  return served.url;
}
const health = async (url: string) => ((await (await fetch(`${url}/healthz`)).json()) as Health).slack;

describe('kindred serve with Slack', () => {
  test('connects after it listens, and says so', async () => {
    const url = await serving();
    await fake.connected();
    await expect.poll(() => told).toEqual([{ as: 'kindred', workspace: expect.any(String) }]);
    expect(await health(url)).toMatchObject({ state: 'connected', workspace: expect.any(String) });
    // Somebody who is not set up hears that from the listeners of Kindred itself.
    await fake.post(fake.users.ana, fake.dm(fake.users.ana), 'hello');
    await fake.waitFor(fake.dm(fake.users.ana), ({ user }) => user === fake.botUser);
    stop.abort(new Error('stopped'));
    await served!.ended;
    await fake.until(() => fake.connections() === 0);
  });

  test('goes on without Slack while Slack is away', async () => {
    await fake.down('refuse');
    const url = await serving();
    expect(await health(url)).toEqual({
      state: 'connecting',
      since: '2026-11-22T12:00:00.000Z',
      workspace: null,
    });
    stop.abort(new Error('stopped'));
    await served!.ended;
    await fake.up();
  });

  test('tells which token Slack refuses, and goes on', async () => {
    const url = await serving({ SLACK_BOT_TOKEN: 'xoxb-of-another-app' });
    await expect.poll(async () => (await health(url))?.state).toBe('refused');
    expect(told).toEqual([
      {
        refused: expect.objectContaining({
          message: expect.stringMatching(/^Slack refuses SLACK_BOT_TOKEN/),
        }),
      },
    ]);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(served!.logged.join('')).not.toContain('of-another-app');
  });

  test('answers Slack over HTTP where only the secret is set', async () => {
    const url = await serving({ SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: fake.signingSecret });
    await expect.poll(async () => (await health(url))?.state).toBe('http');
    await fake.sendTo(`${url}/slack/events`);
    await fake.post(fake.users.ana, fake.dm(fake.users.ana), 'hello');
    await fake.waitFor(fake.dm(fake.users.ana), ({ user }) => user === fake.botUser);
    const [delivery] = fake.deliveries('message');
    expect((await fake.retry(delivery!, 'http_timeout')).acknowledged).toBe(true);
    expect(fake.calls('chat.postMessage')).toHaveLength(1);
    expect(fake.connections()).toBe(0);
    expect(served!.logged.join('')).not.toContain(fake.signingSecret);
  });

  test('without jobs does not connect', async () => {
    const url = await serving({}, false);
    expect(await health(url)).toBeUndefined();
    expect(fake.calls()).toEqual([]);
  });

  test('without tokens knows no Slack', async () => {
    const none = { SLACK_BOT_TOKEN: '', SLACK_APP_TOKEN: '' };
    const url = await serving(none);
    expect(await health(url)).toBeUndefined();
    expect((await fetch(`${url}/slack/events`, { method: 'POST', body: '{}' })).status).toBe(404);
  });
});
