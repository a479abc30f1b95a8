import { describe, expect, test } from 'vitest';
import { answering, type Connecting } from './connecting.ts';
import { stage } from './stage.ts';

const on = stage();
const { connect, answers, ask, answered } = on;
const stopped = async (first: Connecting) => {
  await first.stop();
  await on.fake.until(() => on.fake.connections() === 0);
};
const unfinished = () => on.state.slack.events.unfinished('9999-01-01T00:00:00.000Z');

describe('what is told again', () => {
  test('is acknowledged, and answered once', async () => {
    connect();
    await on.fake.connected();
    await ask('once');
    await answered('once');
    const [delivery] = on.fake.deliveries('message');
    const again = await on.fake.retry(delivery!);
    expect(again.acknowledged).toBe(true);
    expect(answers()).toBe(1);
    await expect.poll(unfinished).toEqual([]);
  });

  test('while its answer is under way is acknowledged, and answered once', async () => {
    let letGo = () => {};
    const held = new Promise<void>(resolve => {
      letGo = resolve;
    });
    connect({ register: answering(() => held) });
    await on.fake.connected();
    await ask('slow');
    expect((await on.fake.retry(on.fake.deliveries('message')[0]!)).acknowledged).toBe(true);
    expect(await unfinished()).toMatchObject([{ kind: 'message.im', user: on.fake.users.ana }]);
    letGo();
    await answered('slow');
    expect(answers()).toBe(1);
  });

  test('to another process with the same state is answered by one of them', async () => {
    const [one, two] = [connect(), connect()];
    await on.fake.connected(2);
    await ask('to either');
    const [delivery] = on.fake.deliveries('message');
    // Told to them in turn: both hear of it.
    await Promise.all([on.fake.retry(delivery!), on.fake.retry(delivery!), on.fake.retry(delivery!)]);
    await answered('to either');
    await expect.poll(unfinished).toEqual([]);
    await Promise.all([one.stop(), two.stop()]);
    expect(answers()).toBe(1);
  });

  test('after a restart is answered no second time', async () => {
    const first = connect();
    await on.fake.connected();
    await ask('before');
    await answered('before');
    await stopped(first);
    connect();
    await on.fake.connected();
    expect((await on.fake.retry(on.fake.deliveries('message')[0]!)).acknowledged).toBe(true);
    expect(answers()).toBe(1);
  });

  test('of presses and commands is done once as well', async () => {
    let done = 0;
    connect({
      register(bolt) {
        bolt.command('/segments', async ({ ack }) => {
          done += 1;
          await ack('Here they are.');
        });
      },
    });
    await on.fake.connected();
    await on.fake.command(on.fake.users.ana, '/segments', 'list');
    const [delivery] = on.fake.deliveries('/segments');
    expect(delivery!.response).toEqual({ text: 'Here they are.' });
    await on.fake.retry(delivery!);
    expect(done).toBe(1);
  });
});

describe('who is not answered', () => {
  test('bots, and Kindred itself', async () => {
    connect();
    await on.fake.connected();
    await on.fake.post(on.fake.users.ben, on.fake.dm(on.fake.users.ben), 'I am a bot', {
      fields: { bot_id: 'B0OTHER' },
    });
    await ask('and a person');
    await answered('and a person');
    expect(answers()).toBe(1);
    await expect.poll(unfinished).toEqual([]);
  });

  test('people of other organisations, unless they are named', async () => {
    connect({
      config: { people: [{ id: on.fake.users.ben, name: 'Ben', role: 'viewer' }] },
    });
    await on.fake.connected();
    await ask('mine');
    await answered('mine');
    const [mine] = on.fake.deliveries('message');
    const from = (user: string) => {
      const event = { ...(mine!.payload.event as object), user, user_team: 'T0OTHER' };
      return on.fake.retry({ ...mine!, payload: { ...mine!.payload, event, event_id: `Ev${user}` } });
    };
    for (const user of [on.fake.users.ana, on.fake.users.ben])
      expect((await from(user)).acknowledged).toBe(true);
    await expect.poll(unfinished).toEqual([]);
    expect(answers()).toBe(2);
  });
});

describe('after a kill', () => {
  const broken = (change: object = {}) => ({
    id: `Ev${JSON.stringify(change).length}`,
    at: new Date(on.fake.now() - 60_000).toISOString(),
    kind: 'message.im',
    channel: on.fake.dm(on.fake.users.ana),
    thread: null as string | null,
    user: on.fake.users.ana,
    ...change,
  });
  const told =
    'Kindred was restarted while it was at this. Please ask again, unless the answer is all there.';

  test('it is told in the thread, once, and at no later start again', async () => {
    const dm = on.fake.dm(on.fake.users.ana);
    // Slack keeps what is said while nobody is connected.
    const asked = on.fake.post(on.fake.users.ana, dm, 'who are they?');
    const [{ ts } = { ts: '' }] = on.fake.messages(dm);
    for (const id of ['Ev1', 'Ev2']) await on.state.slack.events.begin(broken({ id, thread: ts }));
    const first = connect();
    const message = await on.fake.waitFor(dm, ({ text }) => text === told);
    expect(message.thread_ts).toBe(ts);
    await asked;
    await stopped(first);
    const second = connect();
    await on.fake.connected();
    await ask('again');
    await answered('again');
    await second.stop();
    expect(on.fake.messages(dm, ts).filter(({ text }) => text === told)).toHaveLength(1);
    expect(await unfinished()).toEqual([]);
  });

  test('nothing is told of what is too old, of what asks for nothing, and of remarks in threads of others', async () => {
    const thread = '1763888400.000100';
    const { marketing } = on.fake.channels;
    const old = new Date(on.fake.now() - 2 * 3600_000).toISOString();
    await on.state.slack.events.begin(broken({ id: 'Ev1', thread, at: old }));
    await on.state.slack.events.begin(broken({ id: 'Ev2', kind: 'app_home_opened' }));
    await on.state.slack.events.begin(broken({ id: 'Ev3', kind: 'block_actions', thread }));
    await on.state.slack.events.begin(
      broken({ id: 'Ev4', kind: 'message.channel', channel: marketing, thread }),
    );
    connect();
    await on.fake.connected();
    await ask('and now?');
    await answered('and now?');
    await expect.poll(unfinished).toEqual([]);
    expect(answers()).toBe(1);
  });

  test('a stop that breaks an answer off leaves it to be told at the next start', async () => {
    const first = connect({
      register(bolt, { stopping }) {
        bolt.event(
          'message',
          () => new Promise((_, reject) => stopping.addEventListener('abort', () => reject(stopping.reason))),
        );
      },
    });
    await on.fake.connected();
    const { ts } = await ask('slow');
    await stopped(first);
    expect(await unfinished()).toMatchObject([{ thread: ts }]);
    on.fake.advance(1000);
    connect();
    expect(await on.fake.waitFor(on.fake.dm(on.fake.users.ana), ({ text }) => text === told)).toMatchObject({
      thread_ts: ts,
    });
  });
});

describe('a listener that fails', () => {
  test('tells whoever typed the command', async () => {
    const { logged } = connect({
      register(bolt) {
        bolt.command('/segments', async ({ ack }) => {
          await ack();
          throw new TypeError('of /home/ada/shop');
        });
      },
    });
    await on.fake.connected();
    await on.fake.command(on.fake.users.ana, '/segments', 'list', { channel: on.fake.channels.marketing });
    const message = await on.fake.waitFor(
      on.fake.channels.marketing,
      ({ ephemeral }) => ephemeral === on.fake.users.ana,
    );
    expect(message.text).toMatch(/^Internal error, a defect of Kindred: [0-9a-f]{8}\./);
    await expect.poll(unfinished).toEqual([]);
    expect(logged.map(line => line.message)).toContain('what Slack told was not dealt with');
  });
});
