import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { httpApp, slackHere, socketApp } from './bare-app.ts';
import type { FakeSlack } from './fake-slack.ts';

const go = {
  type: 'actions' as const,
  elements: [
    {
      type: 'button' as const,
      action_id: 'go',
      value: '7',
      text: { type: 'plain_text' as const, text: 'Go' },
    },
  ],
};

describe('over Socket Mode', () => {
  it('tells the app of a mention and of a press, and takes its answers', async () => {
    const slack = await slackHere();
    const { ana } = slack.users;
    const { marketing } = slack.channels;
    const app = socketApp(slack);
    app.event('app_mention', async ({ event, say }) => {
      await say({ text: 'Seen', thread_ts: event.ts, blocks: [go] });
    });
    app.action('go', async ({ ack, respond, action }) => {
      await ack();
      await respond({ text: `pressed ${'value' in action ? action.value : ''}`, replace_original: true });
    });
    await app.start();
    const asked = await slack.mention(ana, marketing, 'hello');
    const answer = await slack.waitFor(marketing, message => message.text === 'Seen');
    expect(answer.thread_ts).toBe(asked.ts);
    const pressed = await slack.press(ana, answer, 'go');
    expect(pressed.acknowledged).toBe(true);
    const changed = await slack.waitFor(marketing, message => message.text === 'pressed 7');
    expect(changed).toMatchObject({ ts: answer.ts, blocks: [] });
    expect(slack.calls('chat.postMessage')).toHaveLength(1);
    await expect(slack.press(ana, answer, 'stay')).rejects.toThrow('there is: go=7');
  });

  it('tells only of what the app subscribed to and may read, where it is a member', async () => {
    const slack = await slackHere({
      scopes: ['chat:write', 'im:history'],
      events: ['message.im', 'app_mention'],
    });
    const app = socketApp(slack);
    await app.start();
    const { ana } = slack.users;
    await slack.mention(ana, slack.channels.marketing, 'no scope for it');
    await slack.post(ana, slack.channels.random, 'not there');
    await slack.openHome(ana);
    await slack.post(ana, slack.dm(ana), 'hello');
    expect(slack.deliveries().map(each => each.payload.event)).toMatchObject([
      { type: 'message', channel_type: 'im', text: 'hello' },
    ]);
  });

  it('tells what nobody acknowledged again, with the same event_id, over the next connection', async () => {
    const slack = await slackHere();
    const app = socketApp(slack, 1000);
    const heard: unknown[] = [];
    app.use(async ({ body, context }) => {
      heard.push(['event_id' in body && body.event_id, context.retryNum]);
    });
    await app.start();
    await slack.connected();
    slack.drop();
    await slack.until(() => slack.connections() === 0);
    const { ana } = slack.users;
    await slack.post(ana, slack.dm(ana), 'while nobody listened');
    const [delivery] = slack.deliveries('message');
    expect(delivery).toMatchObject({ acknowledged: true });
    await slack.retry(delivery!);
    const id = delivery!.payload.event_id;
    expect(heard).toEqual([
      [id, 0],
      [id, 1],
    ]);
  });

  it('has the app connect anew when it asks for that, and shares out what it tells among connections', async () => {
    const slack = await slackHere();
    const heard = [0, 0];
    for (const i of [0, 1]) {
      const app = socketApp(slack, 1000);
      app.message(async () => {
        heard[i]! += 1;
      });
      await app.start();
    }
    expect(slack.connections()).toBe(2);
    slack.disconnectAll();
    await slack.until(() => slack.calls('apps.connections.open').length === 4);
    await slack.connected(2);
    const { ana } = slack.users;
    for (let i = 0; i < 6; i += 1) await slack.post(ana, slack.dm(ana), 'hello');
    expect(heard.every(times => times > 0)).toBe(true);
  });

  it('goes dead when it is frozen, until the app gives the line up', async () => {
    const slack = await slackHere();
    const app = socketApp(slack, 1000);
    await app.start();
    slack.freeze();
    await slack.until(() => slack.calls('apps.connections.open').length === 2);
    const { ana } = slack.users;
    await slack.post(ana, slack.dm(ana), 'hello');
    expect(slack.deliveries('message')).toMatchObject([{ acknowledged: true }]);
  });

  it('lets nobody in with another ticket, or with one twice', async () => {
    const slack = await slackHere();
    const url = slack.apiUrl.replace('http', 'ws').replace('/api/', '/link/?ticket=none');
    const socket = new WebSocket(url);
    const error = await new Promise<Error>(resolve => socket.once('error', resolve));
    expect(error.message).toContain('408');
  });

  it('shows what a command answers, to the person alone', async () => {
    const slack = await slackHere();
    const app = socketApp(slack);
    app.command('/segments', async ({ ack, command, respond }) => {
      await ack(`you said ${command.text}`);
      for (let i = 0; i < 5; i += 1) await respond({ text: `more ${i}` });
      await expect(respond({ text: 'one too many' })).rejects.toThrow('404');
    });
    await app.start();
    const { ana } = slack.users;
    const { response } = await slack.command(ana, '/segments', 'list', { channel: slack.channels.random });
    expect(response).toEqual({ text: 'you said list' });
    await slack.until(() => slack.calls('response_url').length === 6);
    const shown = slack.messages(slack.channels.random);
    expect(shown.every(({ ephemeral }) => ephemeral === ana)).toBe(true);
    expect(shown.map(({ text }) => text).sort()).toEqual([
      'more 0',
      'more 1',
      'more 2',
      'more 3',
      'more 4',
      'you said list',
    ]);
    expect(slack.calls('response_url').at(-1)).toMatchObject({ ok: false, error: 'used_url' });
  });
});

it('tells of edits, removals, other bots, and of whatever a test makes up', async () => {
  const slack = await slackHere();
  const app = socketApp(slack);
  const heard: unknown[] = [];
  app.message(async ({ message }) => {
    heard.push([message.subtype, 'bot_id' in message && message.bot_id]);
  });
  app.event('team_join', async () => {
    heard.push('team_join');
  });
  await app.start();
  const { marketing } = slack.channels;
  const bot = slack.addUser('otherbot', { is_bot: true });
  const said = await slack.post(slack.users.ana, marketing, 'one');
  await slack.edit(said, 'two');
  expect(slack.messages(marketing)).toMatchObject([{ text: 'two', edited: { user: slack.users.ana } }]);
  await slack.remove(said);
  expect(slack.messages(marketing)).toEqual([]);
  await slack.post(bot, marketing, 'beep', { fields: { subtype: 'bot_message', bot_id: 'B0OTHER' } });
  await slack.tell({ type: 'team_join' });
  await slack.until(() => heard.length === 5);
  expect(heard).toEqual([
    [undefined, false],
    ['message_changed', false],
    ['message_deleted', false],
    ['bot_message', 'B0OTHER'],
    'team_join',
  ]);
});

describe('over HTTP', () => {
  it('signs what it sends, so that the checks of the app let it through, and only then', async () => {
    const slack = await slackHere();
    const { app, url } = await httpApp(slack);
    const heard: string[] = [];
    app.message(async ({ message }) => {
      heard.push('text' in message ? (message.text ?? '') : '');
    });
    app.action('go', async ({ ack }) => ack());
    app.command('/segments', async ({ ack }) => ack({ text: 'as text', response_type: 'in_channel' }));
    await slack.sendTo(url);
    const { ana } = slack.users;
    const { marketing } = slack.channels;
    const asked = await slack.post(ana, marketing, 'über <& co', { fields: { blocks: [go] } });
    await slack.press(ana, asked, 'go');
    await slack.command(ana, '/segments', '', { channel: marketing });
    expect(heard).toEqual(['über <& co']);
    expect(slack.messages(marketing).map(message => message.text)).toContain('as text');

    const other = await httpApp(slack, 'another secret altogether');
    await expect(slack.sendTo(other.url)).rejects.toThrow('401');
  });

  it('is refused when what it sends is old', async () => {
    let at = Date.now();
    const slack = await slackHere({ signedAt: () => at });
    const { app, url } = await httpApp(slack);
    let heard = 0;
    app.message(async () => {
      heard += 1;
    });
    await slack.sendTo(url);
    at -= 6 * 60_000;
    await postUnawaited(slack);
    await slack.until(() => slack.deliveries()[0]?.attempts === 2);
    expect(heard).toBe(0);
  });

  it('tries an event four times, the later ones when the clock has moved, and a command once', async () => {
    const slack = await slackHere();
    const heard: unknown[] = [];
    const server = createServer(async (request, response) => {
      const { challenge, event_id: id } = await readBody(request);
      if (id) heard.push([id, request.headers['x-slack-retry-num'], request.headers['x-slack-retry-reason']]);
      response.writeHead(challenge || heard.length === 4 ? 200 : 500).end(challenge);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    await slack.sendTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await postUnawaited(slack);
    await slack.settled();
    const [delivery] = slack.deliveries('message');
    const { ana } = slack.users;
    await expect(slack.command(ana, '/segments', '')).rejects.toThrow('/segments did not work: http_error');
    expect(delivery).toMatchObject({ attempts: 2, acknowledged: false });
    slack.advance(60_000);
    await slack.until(() => delivery!.attempts === 3);
    await slack.settled();
    slack.advance(300_000);
    await slack.until(() => delivery!.acknowledged);
    const id = delivery!.payload.event_id;
    expect(heard).toEqual([
      [id, undefined, undefined],
      [id, '1', 'http_error'],
      [id, '2', 'http_error'],
      [id, '3', 'http_error'],
    ]);
    server.close();
  });
});

/** Posts where nobody will acknowledge it. */
async function postUnawaited(slack: FakeSlack): Promise<void> {
  const { ana } = slack.users;
  void slack.post(ana, slack.dm(ana), 'hello');
  await slack.until(() => slack.deliveries().length === 1);
}

async function readBody(request: IncomingMessage): Promise<Record<string, string | undefined>> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text.startsWith('{') ? JSON.parse(text) : {};
}
