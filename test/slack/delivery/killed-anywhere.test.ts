import { expect, test } from 'vitest';
import { livedShop } from '../../segmentation/refresh/lived-shop.ts';
import { mortal } from './mortal.ts';
import { onDay } from './on-day.ts';
import { deliveryWorld, keysIn, refreshed } from './world.ts';

test('killed at any step between the refresh and the last message, each digest and alert comes once', async () => {
  const shop = await livedShop({ customers: 110, ahead: 4, changes: { brokenFeed: { fromWeek: 1 } } });
  const world = await deliveryWorld(shop);
  const { fake, clock } = world;
  const channels = [fake.channels.marketing, fake.channels.board];
  try {
    await refreshed(shop, 3, clock.now());
    const killedAt: string[] = [];
    let survived = false;
    for (let fatal = 0; !survived; fatal++) {
      const { state, asOf } = await onDay(shop.context.state, clock.now());
      const before = channels.map(channel => keysIn(fake, channel).length);
      const dying = mortal(state, fatal);
      const died = await world
        .process({ state: dying.state, fetch: dying.fetch })
        .beat()
        .catch(() => {});
      expect(died).toBeUndefined();
      survived = dying.steps().length <= fatal;
      killedAt.push(dying.steps()[fatal] ?? 'nowhere');
      clock.pass(6);
      await world.process({ state }).beats(7);
      for (const [i, channel] of channels.entries())
        expect(keysIn(fake, channel).slice(before[i]), killedAt.at(-1)).toEqual([
          `alert ${asOf} feed-stopped all feeds`,
          `digest refresh-${asOf}`,
        ]);
      clock.pass(24 * 60 - 13);
    }
    // Each of what it is about was among them.
    for (const step of [
      'slack.messages.enqueue',
      'digests.keep',
      'files.getUploadURLExternal',
      'files.completeUploadExternal',
      'slack.messages.sending',
      'chat.postMessage',
      'answer of chat.postMessage',
      'slack.messages.sent',
    ])
      expect(killedAt).toContain(step);
    const digests = fake
      .messages(fake.channels.marketing)
      .filter(({ metadata }) => String(metadata?.event_payload.key).startsWith('digest'));
    expect(digests).toHaveLength(killedAt.length);
    for (const { blocks } of digests) expect(blocks.filter(({ type }) => type === 'image')).toHaveLength(1);
    // The pictures are in these messages alone: nothing was shared besides.
    expect(fake.messages(fake.channels.marketing)).toHaveLength(2 * killedAt.length);
  } finally {
    await world.close();
    await shop.close();
  }
});
