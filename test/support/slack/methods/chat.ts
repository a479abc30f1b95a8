import { needScope, writableChannel } from '../access.ts';
import { type Args, neededText, textOf } from '../arguments.ts';
import { contentOf } from '../content.ts';
import { changeEvents, tellAll, tellMessage } from '../payloads.ts';
import { refuse } from '../refusal.ts';
import type { Message } from '../types.ts';
import { wireMessage } from '../wire.ts';
import { changed, directChannel, findMessage, newTs, type World } from '../world.ts';
import { type Methods, tier3, tier4 } from './method.ts';

/** A new message of the bot's. */
export function writeMessage(world: World, message: Omit<Message, 'ts' | 'user' | 'bot_id'>): Message {
  const written: Message = { ...message, ts: newTs(world), user: world.app.botUser, bot_id: world.app.botId };
  world.messages.push(written);
  // What the app writes takes the place of what it said it was doing.
  if (written.thread_ts) world.threadStatus.delete(`${written.channel}:${written.thread_ts}`);
  changed(world, written.channel);
  tellMessage(world, written);
  return written;
}

/** The thread a message goes into: named by its first message, which is there. */
export function threadOf(world: World, args: Args, channel: string): string | undefined {
  const thread = textOf(args, 'thread_ts');
  if (thread === undefined) return undefined;
  const root = findMessage(world, channel, thread);
  if (!root || root.ephemeral) return refuse('thread_not_found');
  if (root.thread_ts !== undefined && root.thread_ts !== root.ts) refuse('cannot_reply_to_message');
  return thread;
}

function writeIn(world: World, channel: string, args: Args, more: Partial<Message> = {}): Message {
  const thread = threadOf(world, args, channel);
  return writeMessage(world, {
    channel,
    ...more,
    ...(thread === undefined ? {} : { thread_ts: thread }),
    ...contentOf(world, args),
  });
}

/** A message of the bot's own, the only ones it may change. */
export function ownMessage(world: World, args: Args, channel: string, otherwise: string): Message {
  const message = findMessage(world, channel, neededText(args, 'ts'));
  if (!message || message.ephemeral) return refuse('message_not_found');
  if (message.bot_id !== world.app.botId) refuse(otherwise);
  return message;
}

export const chat: Methods = {
  'chat.postMessage': {
    scopes: ['chat:write'],
    limit: 'post',
    run(world, args) {
      if (['username', 'icon_url', 'icon_emoji'].some(name => textOf(args, name) !== undefined))
        needScope(world, 'chat:write.customize');
      // A user's ID stands for their direct messages, here and in no other method.
      const user = world.users.get(String(args.channel));
      const channel = user && !user.is_bot ? directChannel(world, user.id) : writableChannel(world, args);
      const message = writeIn(world, channel.id, args);
      return {
        channel: channel.id,
        ts: message.ts,
        message: wireMessage(world, message, { metadata: true }),
      };
    },
  },
  'chat.postEphemeral': {
    scopes: ['chat:write'],
    limit: tier4,
    run(world, args) {
      const channel = writableChannel(world, args);
      const user = neededText(args, 'user', 'user_not_in_channel');
      if (!channel.members.has(user)) refuse('user_not_in_channel');
      const message = writeIn(world, channel.id, args, { ephemeral: user });
      return { message_ts: message.ts };
    },
  },
  'chat.update': {
    scopes: ['chat:write'],
    limit: tier3,
    run(world, args) {
      const channel = writableChannel(world, args);
      const message = ownMessage(world, args, channel.id, 'cant_update_message');
      if (message.streaming === 'in_progress') refuse('streaming_state_conflict');
      const before = { channel: channel.id, ...wireMessage(world, message) };
      const { text, blocks, metadata } = contentOf(world, args);
      message.text = text;
      // Blocks stay as they are where only the text is given.
      if (args.blocks !== undefined || args.markdown_text !== undefined) message.blocks = blocks;
      if (metadata) message.metadata = metadata;
      message.edited = { user: world.app.botUser, ts: newTs(world) };
      changed(world, channel.id);
      tellAll(world, changeEvents(world, 'message_changed', before, message));
      return { channel: channel.id, ts: message.ts, text, message: wireMessage(world, message) };
    },
  },
  'chat.delete': {
    scopes: ['chat:write'],
    limit: tier3,
    run(world, args) {
      const channel = writableChannel(world, args);
      const message = ownMessage(world, args, channel.id, 'cant_delete_message');
      world.messages.splice(world.messages.indexOf(message), 1);
      changed(world, channel.id);
      tellAll(
        world,
        changeEvents(world, 'message_deleted', { channel: channel.id, ...wireMessage(world, message) }),
      );
      return { channel: channel.id, ts: message.ts };
    },
  },
};
