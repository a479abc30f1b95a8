import type { Args } from './arguments.ts';
import { neededText } from './arguments.ts';
import { refuse } from './refusal.ts';
import type { Channel } from './types.ts';
import type { World } from './world.ts';

/** Refuses where the app was not given any of the scopes. */
export function needScope(world: World, ...any: string[]): void {
  if (any.length === 0 || any.some(scope => world.app.scopes.includes(scope))) return;
  refuse('missing_scope', { needed: any.join(','), provided: world.app.scopes.join(',') });
}

const family = { channel: 'channels', group: 'groups', im: 'im' } as const;

/** The scope that opens a kind of channel: `im:history`, `groups:read`. */
export function scopeFor(channel: Channel, what: 'history' | 'read'): string {
  return `${family[channel.kind]}:${what}`;
}

/** A channel the app may know of: others' private ones are not there for it. */
export function channelOf(world: World, args: Args, name = 'channel'): Channel {
  const channel = world.channels.get(neededText(args, name, 'channel_not_found'));
  if (!channel) return refuse('channel_not_found');
  if (channel.kind !== 'channel' && !channel.members.has(world.app.botUser)) refuse('channel_not_found');
  return channel;
}

/** A channel the bot may write in. */
export function writableChannel(world: World, args: Args, name = 'channel'): Channel {
  const channel = channelOf(world, args, name);
  if (!channel.members.has(world.app.botUser) && !world.app.scopes.includes('chat:write.public'))
    refuse('not_in_channel');
  return channel;
}
