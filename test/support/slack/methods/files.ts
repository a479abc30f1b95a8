import { writableChannel } from '../access.ts';
import { listOf, neededText, textOf } from '../arguments.ts';
import { acceptedBlocks } from '../content.ts';
import { refuse, refuseArguments } from '../refusal.ts';
import type { Block } from '../types.ts';
import { wireFile } from '../wire.ts';
import { newId } from '../world.ts';
import { threadOf, writeMessage } from './chat.ts';
import { type Methods, tier4 } from './method.ts';

/** A file with an alt text that is no picture Slack completes, answers with ok, and never shares. */
const picture = /\.(png|jpe?g|gif|webp)$/i;

export const files: Methods = {
  'files.getUploadURLExternal': {
    scopes: ['files:write'],
    limit: tier4,
    run(world, args, base) {
      const name = neededText(args, 'filename');
      const length = Number(neededText(args, 'length'));
      if (!Number.isInteger(length) || length <= 0)
        refuseArguments('invalid_arguments', ['must be more than 0 [json-pointer:/length]']);
      const altText = textOf(args, 'alt_txt') ?? textOf(args, 'alt_text') ?? null;
      if ((altText ?? '').length > 1000) refuse('alt_txt_too_large');
      const id = newId(world, 'F');
      world.files.set(id, {
        id,
        name,
        title: name,
        altText,
        length,
        bytes: null,
        complete: false,
        shared: [],
      });
      return { upload_url: `${base}/upload/${id}`, file_id: id };
    },
  },
  'files.completeUploadExternal': {
    scopes: ['files:write'],
    limit: tier4,
    run(world, args) {
      const asked = listOf<{ id: string; title?: string }>(args, 'files') ?? refuse('invalid_arguments');
      const uploaded = asked.map(({ id }) => {
        const file = world.files.get(id);
        return file?.bytes && !file.complete ? file : refuse('file_not_found');
      });
      const comment = textOf(args, 'initial_comment') ?? '';
      // Where there is a comment Slack leaves the blocks away; a markdown block it cannot take here.
      const given = comment === '' ? (listOf<Block>(args, 'blocks', 'invalid_blocks_format') ?? []) : [];
      if (given.some(block => block.type === 'markdown')) refuse('internal_error');
      const blocks = acceptedBlocks(world, given, '.');
      const channel =
        textOf(args, 'channel_id') === undefined ? null : writableChannel(world, args, 'channel_id');
      const thread = channel ? threadOf(world, args, channel.id) : undefined;
      for (const [i, file] of uploaded.entries())
        Object.assign(file, { complete: true, title: asked[i]?.title ?? file.title });
      if (channel && uploaded.every(file => file.altText === null || picture.test(file.name))) {
        const message = writeMessage(world, {
          channel: channel.id,
          ...(thread === undefined ? {} : { thread_ts: thread }),
          subtype: 'file_share',
          text: comment,
          blocks,
          files: uploaded.map(file => file.id),
        });
        for (const file of uploaded) file.shared.push({ channel: channel.id, ts: message.ts });
      }
      return { files: uploaded.map(file => wireFile(world, file)) };
    },
  },
};
