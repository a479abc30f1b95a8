import type { Channel, Message, SharedFile } from './types.ts';
import { findMessage, type World } from './world.ts';

type Fields = Record<string, unknown>;

/** A message as the Web API and events write it. */
export function wireMessage(world: World, message: Message, options: { metadata?: boolean } = {}): Fields {
  const replies = world.messages.filter(
    ({ channel, ts, thread_ts: thread, ephemeral }) =>
      channel === message.channel && thread === message.ts && ts !== thread && ephemeral === undefined,
  );
  const root = message.thread_ts && findMessage(world, message.channel, message.thread_ts);
  return {
    type: 'message',
    ...(message.subtype ? { subtype: message.subtype } : {}),
    user: message.user,
    ...(message.bot_id
      ? { bot_id: message.bot_id, ...(message.user === world.app.botUser ? { app_id: world.app.id } : {}) }
      : {}),
    ts: message.ts,
    ...(message.thread_ts
      ? { thread_ts: message.thread_ts }
      : replies.length > 0
        ? { thread_ts: message.ts }
        : {}),
    ...(replies.length > 0 ? { reply_count: replies.length, latest_reply: replies.at(-1)!.ts } : {}),
    ...(root && root !== message ? { parent_user_id: root.user } : {}),
    text: message.text,
    team: world.team,
    blocks: structuredClone(message.blocks),
    ...(message.edited ? { edited: message.edited } : {}),
    ...(message.files
      ? { files: message.files.flatMap(id => world.files.get(id) ?? []).map(file => wireFile(world, file)) }
      : {}),
    ...(message.streaming ? { streaming_state: message.streaming } : {}),
    ...(options.metadata && message.metadata ? { metadata: message.metadata } : {}),
  };
}

export function wireFile(world: World, file: SharedFile): Fields {
  return {
    id: file.id,
    name: file.name,
    title: file.title,
    ...(file.altText === null ? {} : { alt_txt: file.altText }),
    size: file.length,
    mode: 'hosted',
    user: world.app.botUser,
    created: Math.floor(world.now / 1000),
    url_private: `https://files.slack.com/files-pri/${world.team}-${file.id}/${file.name}`,
    permalink: `https://kindred.slack.com/files/${world.app.botUser}/${file.id}/${file.name}`,
  };
}

export function wireChannel(channel: Channel, bot: string): Fields {
  const other = [...channel.members].find(member => member !== bot);
  return {
    id: channel.id,
    ...(channel.kind === 'im' ? { user: other } : { name: channel.name, name_normalized: channel.name }),
    is_channel: channel.kind === 'channel',
    is_group: channel.kind === 'group',
    is_im: channel.kind === 'im',
    is_private: channel.kind !== 'channel',
    is_archived: false,
    is_member: channel.members.has(bot),
  };
}
