import { App, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { afterEach, describe, expect, it } from 'vitest';
import { type FakeSlack, fakeSlack } from './fake-slack.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function slackHere(options: Parameters<typeof fakeSlack>[0] = {}): Promise<FakeSlack> {
  const slack = await fakeSlack(options);
  closers.push(() => slack.close());
  return slack;
}

function socketApp(slack: FakeSlack): App {
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    clientPingTimeout: 300,
    logLevel: LogLevel.ERROR,
    installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
  });
  const app = new App({
    token: slack.botToken,
    receiver,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: slack.apiUrl },
  });
  closers.push(() => app.stop());
  return app;
}

describe('over Socket Mode', () => {
  it('tells the app of a mention and of a press, and takes its answers', async () => {
    const slack = await slackHere();
    const app = socketApp(slack);
    app.event('app_mention', async ({ event, say }) => {
      await say({
        text: 'Seen',
        thread_ts: event.ts,
        blocks: [
          {
            type: 'actions',
            elements: [
              { type: 'button', action_id: 'go', value: '7', text: { type: 'plain_text', text: 'Go' } },
            ],
          },
        ],
      });
    });
    app.action('go', async ({ ack, respond, action }) => {
      await ack();
      await respond({ text: `pressed ${'value' in action ? action.value : ''}`, replace_original: true });
    });
    await app.start();
    const asked = await slack.mention(slack.users.ana, slack.channels.marketing, 'hello');
    const answer = await slack.waitFor(slack.channels.marketing, message => message.text === 'Seen');
    expect(answer.thread_ts).toBe(asked.ts);
    const pressed = await slack.press(slack.users.ana, answer, 'go');
    expect(pressed.acknowledged).toBe(true);
    await slack.waitFor(slack.channels.marketing, message => message.text === 'pressed 7');
    expect(slack.calls('chat.postMessage')).toHaveLength(1);
  });
});

it('refuses a wrong token, a channel that is not there, and one the bot is not in', async () => {
  const slack = await slackHere();
  const client = (token: string) => new WebClient(token, { slackApiUrl: slack.apiUrl });
  await expect(client('xoxb-wrong').auth.test()).rejects.toMatchObject({ data: { error: 'invalid_auth' } });
  const good = client(slack.botToken);
  expect((await good.auth.test()).response_metadata?.scopes).toContain('chat:write');
  await expect(good.chat.postMessage({ channel: 'C0NONE', text: 'x' })).rejects.toMatchObject({
    data: { error: 'channel_not_found' },
  });
  await expect(good.chat.postMessage({ channel: slack.channels.random, text: 'x' })).rejects.toMatchObject({
    data: { error: 'not_in_channel' },
  });
});
