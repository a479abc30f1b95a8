import type { ImageBlock } from '@slack/types';
import type { SlackContext } from '../context.ts';
import { pictureBlock } from '../files.ts';
import { self } from './self.ts';

/** The picture of sizes over time, uploaded once for all messages of one moment; null where it cannot be had now. */
export type SizesPicture = (slack: SlackContext, moment: string) => Promise<ImageBlock | null>;

/**
 * Nothing is shared by an upload: the picture shows only in messages that refer to it, so that a kill between the two
 * leaves none behind in a channel.
 */
export function sizesPicture(): SizesPicture {
  let last: { moment: string; block: ImageBlock } | undefined;
  return async (slack, moment) => {
    if (last?.moment === moment) return last.block;
    const made = await pictureBlock(slack, { person: self, picture: 'sizes' });
    if (!made) return null;
    // Its title stands in the picture.
    const { title: _, ...block } = made.block;
    last = { moment, block };
    return block;
  };
}
