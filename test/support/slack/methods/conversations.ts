import { channelOf, needScope, scopeFor } from '../access.ts';
import { type Args, neededText, pageOf, textOf, truth } from '../arguments.ts';
import { refuse } from '../refusal.ts';
import type { Message } from '../types.ts';
import { wireChannel, wireMessage } from '../wire.ts';
import { directChannel, type World } from '../world.ts';
import { type Methods, tier3 } from './method.ts';

export const conversations: Methods = {
  'conversations.open': {
    scopes: ['im:write'],
    limit: tier3,
    run(world, args) {
      const users = neededText(args, 'users', 'users_list_not_supplied').split(',');
      if (users.length > 1) refuse('method_not_supported_for_channel_type');
      const user = world.users.get(users[0]!);
      if (!user) return refuse('user_not_found');
      if (user.deleted) refuse('user_disabled');
      if (user.is_bot) refuse('cannot_dm_bot');
      return { no_op: false, already_open: false, channel: { id: directChannel(world, user.id).id } };
    },
  },
  'conversations.info': {
    scopes: [],
    limit: tier3,
    run(world, args) {
      const channel = channelOf(world, args);
      needScope(world, scopeFor(channel, 'read'));
      return { channel: wireChannel(channel, world.app.botUser) };
    },
  },
  'conversations.history': {
    scopes: [],
    limit: tier3,
    run(world, args) {
      const channel = channelOf(world, args);
      needScope(world, scopeFor(channel, 'history'));
      if (!channel.members.has(world.app.botUser)) refuse('not_in_channel');
      const roots = within(args, visible(world, channel.id)).filter(
        message => message.thread_ts === undefined || message.thread_ts === message.ts,
      );
      return answered(world, args, roots.reverse());
    },
  },
  'conversations.replies': {
    scopes: [],
    limit: tier3,
    run(world, args) {
      const channel = channelOf(world, args);
      needScope(world, scopeFor(channel, 'history'));
      if (!channel.members.has(world.app.botUser)) refuse('not_in_channel');
      const ts = neededText(args, 'ts');
      const all = visible(world, channel.id);
      if (!all.some(message => message.ts === ts)) refuse('thread_not_found');
      const thread = all.find(message => message.ts === ts)?.thread_ts ?? ts;
      return answered(
        world,
        args,
        all.filter(
          message =>
            message.ts === thread || (message.thread_ts === thread && within(args, [message]).length > 0),
        ),
      );
    },
  },
};

function visible(world: World, channel: string): Message[] {
  return world.messages.filter(message => message.channel === channel && message.ephemeral === undefined);
}

function within(args: Args, messages: Message[]): Message[] {
  const oldest = Number(textOf(args, 'oldest') ?? 0);
  const latest = Number(textOf(args, 'latest') ?? Number.POSITIVE_INFINITY);
  const inclusive = truth(args, 'inclusive');
  return messages.filter(({ ts }) =>
    inclusive ? Number(ts) >= oldest && Number(ts) <= latest : Number(ts) > oldest && Number(ts) < latest,
  );
}

function answered(world: World, args: Args, messages: Message[]): Record<string, unknown> {
  const { page, more } = pageOf(args, messages, 999);
  const metadata = truth(args, 'include_all_metadata');
  return { messages: page.map(message => wireMessage(world, message, { metadata })), ...more };
}
