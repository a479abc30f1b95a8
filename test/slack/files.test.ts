import type { ImageBlock } from '@slack/types';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withPicture } from '../../src/slack/files.ts';
import { type LivedShop, livedShop } from '../segmentation/refresh/lived-shop.ts';
import { type Answering, answering, wordsIn } from './answers/answering.ts';

const times = { uploadMs: 30_000, pausesMs: [1, 1] };

let shop: LivedShop;
let here: Answering;
beforeAll(async () => {
  shop = await livedShop({ customers: 110, ahead: 1 });
}, 60_000);
afterAll(() => shop.close());
beforeEach(async () => {
  here = await answering(shop);
});
afterEach(() => here.close());

const person = { id: 'U1', actor: 'Ana', role: 'viewer' } as const;

/** Posts with a chart, and tells what stands in the channel then. */
async function posted(picture: 'map' | 'sizes' | null) {
  const { fake, slack } = here;
  const channel = fake.channels.marketing;
  const tried: (ImageBlock | null)[] = [];
  const result = await withPicture(
    slack,
    { person, picture, channel, thread: null },
    image => {
      tried.push(image);
      const blocks = [{ type: 'section' as const, text: { type: 'mrkdwn' as const, text: 'Answer' } }];
      return slack.client.chat.postMessage({
        channel,
        text: 'Answer',
        blocks: image ? [...blocks, image] : blocks,
      });
    },
    times,
  );
  expect(result.ok).toBe(true);
  return { tried, messages: fake.messages(channel) };
}

describe('a message with a picture', () => {
  it('holds the picture, with what it shows for whom does not see it, and is posted once', async () => {
    const { messages } = await posted('sizes');
    expect(messages).toHaveLength(1);
    const [, image] = messages[0]!.blocks as [object, ImageBlock & { slack_file: { id: string } }];
    const file = here.fake.files().find(({ id }) => id === image.slack_file.id)!;
    expect(image.alt_text).toMatch(/^Customers of each segment/);
    expect(file).toMatchObject({ title: 'Customers of each segment', altText: image.alt_text });
    expect([...file.bytes!.subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
  });

  it('is posted again where Slack does not know the file yet', async () => {
    here.fake.fail('chat.postMessage', { error: 'invalid_blocks', times: 2 });
    const { tried, messages } = await posted('map');
    expect(tried.map(image => image !== null)).toEqual([true, true, true]);
    expect(messages).toHaveLength(1);
  });

  it('is posted without it, and the picture after it, where Slack takes none in messages', async () => {
    here.fake.fail('chat.postMessage', { error: 'invalid_blocks', times: 3 });
    const { tried, messages } = await posted('sizes');
    expect(tried.at(-1)).toBeNull();
    expect(wordsIn(messages[0]!)).toBe('Answer');
    expect(here.fake.files().filter(({ shared }) => shared.length > 0)).toHaveLength(1);
  });

  it('is posted without one where it cannot be uploaded or drawn', async () => {
    here.fake.fail('files.getUploadURLExternal', { error: 'missing_scope', times: 1 });
    expect((await posted('sizes')).tried).toEqual([null]);
    const { models } = shop.context.state;
    const known = models.current;
    models.current = async () => {
      throw new Error('The state is gone.');
    };
    try {
      expect((await posted('sizes')).tried).toEqual([null]);
    } finally {
      models.current = known;
    }
    expect(here.troubles.join()).toContain('could not be drawn');
  });

  it('is not waited for where its upload takes too long', async () => {
    const { slack } = here;
    const upload = slack.client.filesUploadV2;
    slack.client.filesUploadV2 = () => new Promise(() => {});
    try {
      const image = await withPicture(
        slack,
        { person, picture: 'sizes', channel: 'C1', thread: null },
        async image => image,
        { ...times, uploadMs: 5 },
      );
      expect(image).toBeNull();
    } finally {
      slack.client.filesUploadV2 = upload;
    }
  });

  it('is not tried again where something else went wrong', async () => {
    here.fake.fail('chat.postMessage', { error: 'is_archived', times: 1 });
    await expect(posted('sizes')).rejects.toThrow('is_archived');
    expect(here.fake.messages(here.fake.channels.marketing)).toEqual([]);
  });
});
