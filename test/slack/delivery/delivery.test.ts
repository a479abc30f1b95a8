import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderDigest } from '../../../src/slack/delivery/render-digest.ts';
import { renderers } from '../../../src/slack/delivery/renderers.ts';
import { type LivedShop, livedShop } from '../../segmentation/refresh/lived-shop.ts';
import { type DeliveryWorld, deliveryWorld, keysIn, monday, refreshed } from './world.ts';

/** Lives through the weeks of one shop, a test after the other. */
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

const nextWeek = async ({ clock }: DeliveryWorld) => `digest refresh-${await refreshed(shop, ++week, clock.now())}`;
const drawn = { drift: false };
void drawn;

describe('the digest', () => {
  test('comes once to each channel after a refresh, also where it is computed again', () =>
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
      // One picture serves both.
      expect(fake.calls('files.completeUploadExternal')).toHaveLength(1);
      expect(fake.calls('files.completeUploadExternal')[0]!.args).not.toHaveProperty('channel_id');
    }));
});
