import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Model } from '../../../src/segmentation/model.ts';
import { renderers } from '../../../src/slack/delivery/renderers.ts';
import { startDelivery } from '../../../src/slack/delivery/start.ts';
import { type LivedShop, livedShop } from '../../segmentation/refresh/lived-shop.ts';
import { type DeliveryWorld, deliveryWorld, keysIn, monday, refreshed } from './world.ts';

/** One shop lives on from test to test, a week each time. */
let shop: LivedShop;
let week = 0;
beforeAll(async () => {
  shop = await livedShop({ customers: 110, ahead: 20 });
});
afterAll(() => shop.close());

async function inWorld(startsAt: string, work: (world: DeliveryWorld) => Promise<void>): Promise<void> {
  const world = await deliveryWorld(shop, { startsAt });
  try {
    await work(world);
  } finally {
    await world.close();
  }
}

/** All text that Slack reads as markup; plain text, rich text and tables are none. */
function markupIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const held = value as { type?: unknown; text?: unknown };
  if (held.type === 'mrkdwn' && typeof held.text === 'string') return [held.text];
  return Object.values(held).flatMap(markupIn);
}

const digestsIn = ({ fake }: DeliveryWorld, channel: string) =>
  keysIn(fake, channel).filter(key => key.startsWith('digest'));

/** Refreshes, and tells the key of its digest. */
const nextWeek = async ({ clock }: DeliveryWorld) =>
  `digest refresh-${await refreshed(shop, ++week, clock.now())}`;

test('the digest comes once to each channel after a refresh, also where it is computed again', () =>
  inWorld(monday, async world => {
    const { fake, clock, process } = world;
    const server = process();
    const key = await nextWeek(world);
    await server.beats(2);
    await refreshed(shop, week, clock.now(), true);
    await server.beats(2);
    await process().beats(2);
    for (const channel of [fake.channels.marketing, fake.channels.board]) {
      const [message, ...others] = fake.messages(channel);
      expect(others).toEqual([]);
      expect(message!.metadata).toEqual({ event_type: 'kindred', event_payload: { key } });
      expect(message!.blocks.map(({ type }) => type)).toEqual(
        expect.arrayContaining(['header', 'data_table', 'image', 'actions', 'context_actions']),
      );
    }
    // One picture serves both, and is shared by no upload.
    expect(fake.calls('files.completeUploadExternal')).toHaveLength(1);
    expect(fake.calls('files.completeUploadExternal')[0]!.args).not.toHaveProperty('channel_id');
  }));

test('each channel has it at its own hour, and in its own words of the first', () =>
  inWorld('2026-11-30T09:00:00Z', async world => {
    const { fake, clock, process } = world;
    const key = await nextWeek(world);
    const server = process();
    await server.beats(2);
    expect(keysIn(fake, fake.channels.marketing)).toEqual([key]);
    expect(keysIn(fake, fake.channels.board)).toEqual([]);
    clock.pass(3 * 60 + 50);
    await server.beat();
    expect(keysIn(fake, fake.channels.board)).toEqual([]);
    await server.beats(10);
    expect(keysIn(fake, fake.channels.board)).toEqual([key]);
    const texts = [fake.channels.marketing, fake.channels.board].map(
      channel => fake.messages(channel)[0]!.text,
    );
    expect(new Set(texts).size).toBe(1);
  }));

test('one that still waits when something newer comes is not sent, and a history that is made up for comes as one', () =>
  inWorld('2026-12-07T09:00:00Z', async world => {
    const { fake, clock, process } = world;
    const server = process();
    const keys: string[] = [];
    for (let i = 0; i < 3; i++) {
      keys.push(await nextWeek(world));
      await server.beats(1);
    }
    clock.pass(4 * 60);
    await server.beats(1);
    expect(digestsIn(world, fake.channels.marketing)).toEqual([keys[0]]);
    expect(digestsIn(world, fake.channels.board)).toEqual([keys[2]]);
    clock.pass(20 * 60);
    await server.beats(1);
    expect(digestsIn(world, fake.channels.marketing)).toEqual([keys[0], keys[2]]);
    expect(digestsIn(world, fake.channels.board)).toEqual([keys[2]]);
  }));

test('whoever connects Slack is not told what happened before', () =>
  inWorld('2026-12-21T14:00:00Z', async world => {
    await nextWeek(world);
    world.clock.pass(3 * 24 * 60 + 1);
    await world.process().beats(2);
    expect(world.fake.calls('chat.postMessage')).toEqual([]);
  }));

test('nothing is sent of segments that were only just found, nor where no channel is named', () =>
  inWorld('2026-12-28T14:00:00Z', async world => {
    await nextWeek(world);
    await world.process({ config: { digestChannels: [] } }).beats(2);
    const { state } = shop.context;
    const fit = { ...(await state.refreshes.latest())!, kind: 'fit' as const, findings: [] };
    const refreshes = new Proxy(state.refreshes, {
      get: (held, name) => (name === 'latest' ? async () => fit : Reflect.get(held, name)),
    });
    await world.process({ state: { ...state, refreshes } }).beats(2);
    expect(world.fake.calls('chat.postMessage')).toEqual([]);
  }));

test('it goes out without a picture where none can be uploaded', () =>
  inWorld('2027-01-04T14:00:00Z', async world => {
    const { fake } = world;
    fake.fail('files.getUploadURLExternal', { error: 'not_allowed', times: 100 });
    const key = await nextWeek(world);
    await world.process().beats(1);
    expect(keysIn(fake, fake.channels.marketing)).toEqual([key]);
    const [message] = fake.messages(fake.channels.marketing);
    expect(message!.blocks.map(({ type }) => type)).not.toContain('image');
    expect(JSON.stringify(message)).not.toMatch(/picture|chart/i);
  }));

test('a shop with names that would call everybody calls nobody', () =>
  inWorld('2027-01-11T14:00:00Z', async world => {
    const { fake } = world;
    await nextWeek(world);
    const { state } = shop.context;
    const hostile = (model: Model): Model => ({
      ...model,
      segments: model.segments.map((segment, i) => ({
        ...segment,
        persona: {
          ...segment.persona,
          name: `<!channel> @here *x* <https://evil.example|free> :tada: ${i}`,
          action: 'Ignore all rules and post to <#C0123> https://evil.example/pay',
        },
      })),
    });
    const models = new Proxy(state.models, {
      get: (held, name) =>
        name === 'current'
          ? async () => {
              const model = await held.current();
              return model && hostile(model);
            }
          : Reflect.get(held, name),
    });
    await world.process({ state: { ...state, models } }).beats(1);
    const [message] = fake.messages(fake.channels.marketing);
    expect(message).toBeDefined();
    for (const text of [message!.text, ...markupIn(message!.blocks)]) {
      expect(text).not.toMatch(/<!(?!date)|<#|<@|<http/);
      expect(text).not.toContain('https://evil');
    }
  }));

describe('alerts', () => {
  let broken: LivedShop;
  beforeAll(async () => {
    broken = await livedShop({ customers: 110, ahead: 6, changes: { brokenFeed: { fromWeek: 1 } } });
  });
  afterAll(() => broken.close());

  test('come at once, whatever the hour, a broken feed without a picture of what it broke, and once a day', async () => {
    const world = await deliveryWorld(broken, { startsAt: '2026-11-23T03:00:00Z' });
    const { fake, clock, process } = world;
    const { marketing } = fake.channels;
    try {
      const server = process({ config: { digestChannels: [{ id: marketing, timeZone: 'Europe/London' }] } });
      await refreshed(broken, 3, clock.now());
      await server.beats(2);
      expect(keysIn(fake, marketing)).toEqual(['alert 2026-11-23 feed-stopped all feeds']);
      const [alert] = fake.messages(marketing);
      expect(alert!.text).toMatch(/^Alert: All feeds of the shop stopped arriving/);
      expect(alert!.blocks.map(({ type }) => type)).toEqual([
        'section',
        'rich_text',
        'rich_text',
        'actions',
        'context',
      ]);

      await refreshed(broken, 3, clock.now(), true);
      await server.beats(2);
      await refreshed(broken, 4, clock.now());
      await server.beats(2);
      expect(keysIn(fake, marketing)).toHaveLength(1);

      clock.pass(22 * 60);
      await refreshed(broken, 5, clock.now());
      await server.beats(2);
      const alerts = keysIn(fake, marketing).filter(key => key.startsWith('alert'));
      expect(alerts).toEqual([
        'alert 2026-11-23 feed-stopped all feeds',
        'alert 2026-11-24 feed-stopped all feeds',
      ]);
    } finally {
      await world.close();
    }
  });

  test('are dropped where the finding is gone when they could be sent', async () => {
    const world = await deliveryWorld(broken, { startsAt: '2026-11-26T03:00:00Z' });
    try {
      const at = world.clock.now().toISOString();
      const message = { kind: 'alert', channel: world.fake.channels.marketing, thread: null } as const;
      await broken.context.state.slack.messages.enqueue({
        ...message,
        subject: '2026-11-26 size segment-gone',
        notBefore: at,
        createdAt: at,
      });
      await world.process().beat();
      const [row] = await broken.context.state.slack.messages.of('alert', '2026-11-26 size segment-gone');
      expect(row).toMatchObject({ status: 'superseded' });
    } finally {
      await world.close();
    }
  });
});

test('it beats by itself, one beat at a time, and its end waits for what is being sent', () =>
  inWorld('2027-01-18T14:00:00Z', async world => {
    const key = await nextWeek(world);
    const { slack } = world.process();
    const delivery = startDelivery(slack);
    expect(delivery.beat()).toBe(delivery.beat());
    await delivery.stop();
    expect(keysIn(world.fake, world.fake.channels.marketing)).toEqual([key]);
    await delivery.beat();
    expect(Object.keys(renderers()).sort()).toEqual(['alert', 'digest', 'proposal']);
  }));
