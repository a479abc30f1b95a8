import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type LivedShop, livedShop } from '../../segmentation/refresh/lived-shop.ts';
import { text, toolUse } from '../../support/scripted-model.ts';
import { type Talking, type TalkingOptions, talking } from './harness.ts';

let shop: LivedShop;
let here: Talking | undefined;
beforeAll(async () => {
  shop = await livedShop({ customers: 110, ahead: 2 });
}, 60_000);
afterAll(() => shop.close());
afterEach(async () => {
  await here?.close();
  here = undefined;
});

const begin = async (options: TalkingOptions = {}) => {
  here = await talking(shop, options);
  return here;
};

describe('a question', () => {
  test('in a direct message is answered in the thread that it begins', async () => {
    const { fake, logged } = await begin({
      reply: (_, i) =>
        i === 0 ? toolUse('list_segments', {}) : text('There are some segments.\n\n**Next:** look at them.'),
    });
    const channel = fake.dm(fake.users.ana);
    const asked = await fake.post(fake.users.ana, channel, 'Who are our segments?');
    await fake.waitFor(
      channel,
      message => message.thread_ts === asked.ts && message.streaming === 'completed',
    );
    console.log(
      JSON.stringify(fake.messages(channel, asked.ts), null, 1),
      fake.calls().map(c => [c.method, c.ok, c.error, JSON.stringify(c.args).slice(0, 300)]),
      logged,
    );
  });
});
