import type { KnownBlock } from '@slack/types';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { section } from '../../../src/slack/blocks/layout.ts';
import { beatOf } from '../../../src/slack/delivery/beat.ts';
import type { Render, Renderers } from '../../../src/slack/delivery/renderer.ts';
import { undelivered } from '../../../src/slack/delivery/undelivered.ts';
import type { SlackMessage } from '../../../src/state/slack-messages.ts';
import { openState, type State } from '../../../src/state/state.ts';
import type { Warehouse } from '../../../src/warehouse/port.ts';
import { freshDatabase } from '../../support/fresh-database.ts';
import { type DeliveryWorld, deliveryWorld, keysIn } from './world.ts';

let url: string;
let state: State;
let world: DeliveryWorld;
beforeAll(async () => {
  url = await freshDatabase();
  state = await openState({ dataDir: '', url });
});
afterAll(() => state.close());
beforeEach(async () => {
  const left = await state.slack.messages.list(1000);
  for (const { id } of left) await state.slack.messages.close(id, 'superseded', 'of another test');
  world = await deliveryWorld({ context: { warehouse: {} as Warehouse, state } });
  return () => world.close();
});

/** Says its subject, and what belongs below it in its thread. */
const saying =
  (...below: string[]): Render =>
  async (_, { subject }) => ({
    text: subject,
    parts: [[section(subject)], ...below.map((text): KnownBlock[] => [section(text)])],
  });
const renderersOf = (render: Render): Renderers => ({ digest: render, alert: render, proposal: render });

let serial = 0;
async function enqueue(subject: string, changed: Partial<SlackMessage> = {}): Promise<void> {
  const at = world.clock.now().toISOString();
  serial += 1;
  await state.slack.messages.enqueue({
    kind: 'alert',
    subject,
    channel: world.fake.channels.marketing,
    thread: null,
    notBefore: at,
    createdAt: at,
    ...changed,
  });
}

const subjectOf = (name: string) => `${name} ${++serial}`;
const textsIn = (channel: string) => world.fake.messages(channel).map(({ text }) => text);
const rowOf = async (subject: string) => (await state.slack.messages.of('alert', subject))[0]!;
const problems = () => world.logged.filter(({ level }) => level === 'error');

describe('what is due is sent', () => {
  test('once, in the order in which it was asked for, and not before its time', async () => {
    const server = world.process({ renderers: renderersOf(saying()) });
    const { marketing } = world.fake.channels;
    const [first, second, later] = [subjectOf('first'), subjectOf('second'), subjectOf('later')];
    await enqueue(first);
    await enqueue(later, { notBefore: new Date(world.clock.now().getTime() + 600_000).toISOString() });
    await enqueue(second);
    await server.beats(3);
    expect(textsIn(marketing)).toEqual([first, second]);
    await server.beats(10);
    expect(textsIn(marketing)).toEqual([first, second, later]);
    expect(await rowOf(first)).toMatchObject({ status: 'sent', ts: world.fake.messages(marketing)[0]!.ts });
  });

  test('with what belongs below it in its thread, and the state that it is drawn in', async () => {
    const subject = subjectOf('long');
    await enqueue(subject);
    const render: Render = async (slack, message) => {
      const rendered = await saying('more', 'yet more')(slack, message);
      return 'parts' in rendered ? { ...rendered, shown: 'open' } : rendered;
    };
    await world.process({ renderers: renderersOf(render) }).beat();
    const [root] = world.fake.messages(world.fake.channels.marketing);
    expect(world.fake.messages(root!.channel, root!.ts)).toHaveLength(3);
    expect(keysIn(world.fake, root!.channel)).toEqual([
      `alert ${subject}`,
      `alert ${subject} #2`,
      `alert ${subject} #3`,
    ]);
    expect(await rowOf(subject)).toMatchObject({ shown: 'open' });
  });

  test('and dropped where nothing is left to tell, or days have passed', async () => {
    const [gone, old] = [subjectOf('gone'), subjectOf('old')];
    await enqueue(gone);
    await world.process({ renderers: renderersOf(async () => ({ superseded: 'It was decided.' })) }).beat();
    await enqueue(old);
    world.clock.pass(4 * 24 * 60);
    await world.process({ renderers: renderersOf(saying()) }).beat();
    expect(world.fake.calls('chat.postMessage')).toEqual([]);
    expect(await rowOf(gone)).toMatchObject({ status: 'superseded', problem: 'It was decided.' });
    expect(await rowOf(old)).toMatchObject({ status: 'superseded' });
  });
});

test('no digest or alert goes to a channel that is named for them no more', async () => {
  const [subject, other] = [subjectOf('unnamed'), subjectOf('asked for')];
  const { marketing, board } = world.fake.channels;
  await enqueue(subject);
  await enqueue(other, { kind: 'proposal' });
  const config = { digestChannels: [{ id: board, timeZone: 'UTC' }] };
  await world.process({ renderers: renderersOf(saying()), config }).beat();
  expect(textsIn(marketing)).toEqual([other]);
  expect(await rowOf(subject)).toMatchObject({ status: 'superseded' });
});

test.each(['being written', 'posted'])('what a stop breaks off as it is %s is no failure', async when => {
  const subject = subjectOf('stopped');
  await enqueue(subject);
  const stopping = new AbortController();
  const broken = () => {
    stopping.abort();
    throw new Error('The server is stopping.');
  };
  const { slack } = world.process(when === 'posted' ? { fetch: broken } : {});
  const render = when === 'posted' ? saying() : async () => broken();
  await beatOf({ ...slack, stopping: stopping.signal }, renderersOf(render))();
  expect(problems()).toEqual([]);
  expect(await rowOf(subject)).toMatchObject({ problem: null });
  await world.process({ renderers: renderersOf(saying()) }).beats(6);
  expect(textsIn(world.fake.channels.marketing)).toEqual([subject]);
});

describe('where Slack is away', () => {
  test.each(['unavailable', 'refuse'] as const)(
    'for an hour (%s), all of it comes afterwards, in order',
    async how => {
      const server = world.process({ renderers: renderersOf(saying()) });
      const { marketing, board } = world.fake.channels;
      const subjects = [1, 2, 3].map(() => subjectOf('waits'));
      await world.fake.down(how);
      for (const subject of subjects) {
        await enqueue(subject);
        await enqueue(subject, { channel: board });
        await server.beats(20);
      }
      expect(problems()).toEqual([]);
      await world.fake.up();
      await server.beats(6);
      expect(textsIn(marketing)).toEqual(subjects);
      expect(textsIn(board)).toEqual(subjects);
    },
  );

  test('it is asked less and less often', async () => {
    const server = world.process({ renderers: renderersOf(saying()) });
    await enqueue(subjectOf('waits'));
    await world.fake.down();
    await server.beats(60);
    const attempts = (await state.slack.messages.list(1))[0]!.attempts;
    expect(attempts).toBeGreaterThan(8);
    expect(attempts).toBeLessThan(25);
    await world.fake.up();
  });

  test('and says for how long, it is asked after that', async () => {
    const server = world.process({ renderers: renderersOf(saying()) });
    const subject = subjectOf('too fast');
    await enqueue(subject);
    world.fake.fail('chat.postMessage', { retryAfter: 400 });
    await server.beats(6);
    expect(world.fake.calls('chat.postMessage')).toHaveLength(1);
    await server.beats(2);
    expect(textsIn(world.fake.channels.marketing)).toEqual([subject]);
  });

  test.each([{ line: 'cut' }, { status: 500 }] as const)(
    'only for the answer (%o): what was posted is found and not posted again',
    async fault => {
      const server = world.process({ renderers: renderersOf(saying('below')) });
      const { marketing } = world.fake.channels;
      const subject = subjectOf('heard');
      await enqueue(subject);
      world.fake.fail('chat.postMessage', { ...fault, carriedOut: true });
      await server.beats(2);
      expect(keysIn(world.fake, marketing)).toEqual([`alert ${subject}`, `alert ${subject} #2`]);
      expect(await rowOf(subject)).toMatchObject({
        status: 'sent',
        ts: world.fake.messages(marketing)[0]!.ts,
      });
    },
  );
});

describe('where whoever sent it was killed', () => {
  /** As a process leaves it that dies with the message posted, or before. */
  async function claimed(subject: string, posted: boolean): Promise<void> {
    await enqueue(subject);
    const { id } = await rowOf(subject);
    await state.slack.messages.sending(id, world.clock.now().toISOString());
    if (!posted) return;
    const { client } = world.process().slack;
    await client.chat.postMessage({
      channel: world.fake.channels.marketing,
      text: subject,
      metadata: { event_type: 'kindred', event_payload: { key: `alert ${subject}` } },
    });
  }

  test.each([true, false])('it is there once (posted before: %s)', async posted => {
    const subject = subjectOf('claimed');
    await claimed(subject, posted);
    const server = world.process({ renderers: renderersOf(saying()) });
    await server.beats(4);
    expect(textsIn(world.fake.channels.marketing)).toEqual(posted ? [subject] : []);
    expect(await rowOf(subject)).toMatchObject({ status: 'sending' });
    await server.beats(2);
    expect(textsIn(world.fake.channels.marketing)).toEqual([subject]);
    expect(await rowOf(subject)).toMatchObject({ status: 'sent' });
  });

  test('it is found among hundreds of messages that came since', async () => {
    const subject = subjectOf('far back');
    const { fake } = world;
    await claimed(subject, true);
    for (let i = 0; i < 450; i++) await fake.post(fake.users.ana, fake.channels.marketing, `talk ${i}`);
    await world.process({ renderers: renderersOf(saying()) }).beats(6);
    expect(keysIn(fake, fake.channels.marketing)).toEqual([`alert ${subject}`]);
    expect(fake.calls('conversations.history')).toHaveLength(3);
  });

  test('nobody else can pretend to have sent it', async () => {
    const subject = subjectOf('forged');
    const { fake } = world;
    await claimed(subject, false);
    const metadata = { event_type: 'kindred', event_payload: { key: `alert ${subject}` } };
    await fake.post(fake.users.ana, fake.channels.marketing, 'mine', { fields: { metadata } });
    await world.process({ renderers: renderersOf(saying()) }).beats(6);
    expect(textsIn(fake.channels.marketing)).toEqual(['mine', subject]);
  });

  test('and the channel cannot be read, it waits until it can', async () => {
    const subject = subjectOf('blind');
    await claimed(subject, true);
    world.fake.fail('conversations.history', {
      error: 'missing_scope',
      more: { needed: 'channels:history' },
    });
    const server = world.process({ renderers: renderersOf(saying()) });
    await server.beats(8);
    expect(await rowOf(subject)).toMatchObject({ status: 'queued' });
    expect(problems()).toHaveLength(1);
    await server.beats(10);
    expect(textsIn(world.fake.channels.marketing)).toEqual([subject]);
  });
});

describe('what Slack refuses', () => {
  test('because it may not be in the channel is told once, and sent soon after it may', async () => {
    const [refused, behind] = [subjectOf('refused'), subjectOf('behind')];
    await enqueue(refused);
    await enqueue(behind);
    world.fake.fail('chat.postMessage', { error: 'not_in_channel', times: 3 });
    const server = world.process({ renderers: renderersOf(saying()) });
    await server.beats(25);
    expect(world.fake.calls('chat.postMessage')).toHaveLength(3);
    expect(problems()).toHaveLength(1);
    const { problem } = await rowOf(refused);
    expect(problem).toMatch(/\/invite @Kindred/);
    const told = (await state.audit.list(['slack.undelivered'])).filter(
      ({ subject }) => subject === `alert ${refused}`,
    );
    expect(told).toEqual([
      expect.objectContaining({ details: { channel: world.fake.channels.marketing, problem } }),
    ]);
    const health = async () => undelivered(await state.slack.messages.list(100));
    const { marketing: channel } = world.fake.channels;
    expect(await health()).toContainEqual({ channel, kind: 'alert', problem });
    await server.beats(12);
    expect(textsIn(channel)).toEqual([refused, behind]);
    expect((await health()).filter(each => each.channel === channel)).toEqual([]);
  });

  test('for days is given up as refused', async () => {
    const subject = subjectOf('never');
    await enqueue(subject);
    world.fake.fail('chat.postMessage', { error: 'channel_not_found', times: 1000 });
    const server = world.process({ renderers: renderersOf(saying()) });
    await server.beat();
    world.clock.pass(3 * 24 * 60 + 1);
    await server.beat();
    expect(await rowOf(subject)).toMatchObject({
      status: 'refused',
      problem: expect.stringContaining('channel_not_found'),
    });
  });

  test('for what it says is closed, told, and holds nothing up', async () => {
    const [refused, behind] = [subjectOf('too long'), subjectOf('behind')];
    await enqueue(refused);
    await enqueue(behind);
    world.fake.fail('chat.postMessage', { error: 'msg_blocks_too_long' });
    await world.process({ renderers: renderersOf(saying()) }).beat();
    expect(await rowOf(refused)).toMatchObject({
      status: 'refused',
      problem: expect.stringContaining('msg_blocks_too_long'),
    });
    expect(problems()).toHaveLength(1);
    expect(textsIn(world.fake.channels.marketing)).toEqual([behind]);
  });

  test('for its picture goes out without it', async () => {
    const subject = subjectOf('picture');
    await enqueue(subject);
    const picture: KnownBlock = { type: 'image', slack_file: { id: 'F0GONE' }, alt_text: 'Sizes' };
    const render: Render = async () => ({ text: subject, parts: [[section(subject), picture]] });
    await world.process({ renderers: renderersOf(render) }).beat();
    const [sent] = world.fake.messages(world.fake.channels.marketing);
    expect(sent!.blocks.map(({ type }) => type)).toEqual(['section']);
    expect(problems()).toEqual([]);
  });
});

test('what cannot be written is tried again, then given up, and nobody else waits for it', async () => {
  const { marketing, board } = world.fake.channels;
  const [broken, other] = [subjectOf('broken'), subjectOf('other')];
  await enqueue(broken);
  await enqueue(other, { channel: board });
  const render: Render = async (slack, message) => {
    if (message.subject === broken) throw new TypeError('a customer called Ann');
    return saying()(slack, message);
  };
  const server = world.process({ renderers: renderersOf(render) });
  await server.beat();
  expect(textsIn(board)).toEqual([other]);
  await server.beats(60);
  const { status, problem, attempts } = await rowOf(broken);
  expect({ status, attempts }).toEqual({ status: 'refused', attempts: 10 });
  expect(problem).not.toContain('Ann');
  expect(textsIn(marketing)).toEqual([]);
});

test('of two servers on one database one sends', async () => {
  const second = await openState({ dataDir: '', url });
  try {
    const subjects = Array.from({ length: 12 }, () => subjectOf('once'));
    for (const subject of subjects) await enqueue(subject);
    const render = renderersOf(saying('below'));
    const servers = [
      world.process({ renderers: render }),
      world.process({ renderers: render, state: second }),
    ];
    for (let i = 0; i < 3; i++) await Promise.all(servers.map(server => server.beat()));
    expect(keysIn(world.fake, world.fake.channels.marketing)).toEqual(
      subjects.flatMap(subject => [`alert ${subject}`, `alert ${subject} #2`]),
    );
  } finally {
    await second.close();
  }
});
