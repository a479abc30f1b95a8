import { readFileSync } from 'node:fs';
import type { Channel, User } from './types.ts';
import { newId, type World } from './world.ts';

export interface WorldOptions {
  /** Where the fake's clock begins. */
  startsAt?: string;
  /** What the app was given; those the manifest asks for where left out. */
  scopes?: string[];
  /** What the app subscribed to; as the manifest says where left out. */
  events?: string[];
}

interface Manifest {
  oauth_config: { scopes: { bot: string[] } };
  settings: { event_subscriptions: { bot_events: string[] } };
}

export function newWorld(options: WorldOptions): World {
  const manifest = JSON.parse(
    readFileSync(new URL('../../../slack/manifest.json', import.meta.url), 'utf8'),
  ) as Manifest;
  const world: World = {
    now: Date.parse(options.startsAt ?? '2026-11-23T08:00:00Z'),
    serial: 100,
    team: 'T0KINDRED01',
    app: {
      id: 'A0KINDRED01',
      botUser: 'U0KINDRED01',
      botId: 'B0KINDRED01',
      botToken: 'xoxb-1-2-fake-bot-token',
      appToken: 'xapp-1-A0KINDRED01-2-fake-app-token',
      signingSecret: '8f742231b10e8888abcd99yyyzzz85a5',
      scopes: options.scopes ?? manifest.oauth_config.scopes.bot,
      events: options.events ?? manifest.settings.event_subscriptions.bot_events,
    },
    users: new Map(),
    channels: new Map(),
    messages: [],
    files: new Map(),
    views: [],
    homes: new Map(),
    triggers: new Map(),
    responseUrls: new Map(),
    sessions: new Map(),
    threadStatus: new Map(),
    prompts: new Map(),
    calls: [],
    deliveries: [],
    watchers: new Map(),
    tell: () => {},
  };
  addUser(world, 'kindred', { id: world.app.botUser, is_bot: true });
  return world;
}

export function addUser(world: World, name: string, user: Partial<User> = {}): string {
  const id = user.id ?? newId(world, 'U');
  world.users.set(id, {
    id,
    name,
    real_name: name[0]!.toUpperCase() + name.slice(1),
    tz: 'Europe/London',
    is_bot: false,
    deleted: false,
    ...user,
  });
  for (const channel of world.channels.values()) if (channel.kind === 'channel') channel.members.add(id);
  return id;
}

interface NewChannel {
  id?: string;
  kind?: 'channel' | 'group';
  /** Whether the bot is in it. */
  invited?: boolean;
  members?: string[];
}

/** Everybody there so far is in it, the bot where it was invited. */
export function addChannel(world: World, name: string, channel: NewChannel = {}): string {
  const id = channel.id ?? newId(world, 'C');
  const people = [...world.users.keys()].filter(user => user !== world.app.botUser);
  const members = new Set(channel.members ?? people);
  if (channel.invited ?? true) members.add(world.app.botUser);
  const made: Channel = { id, name, kind: channel.kind ?? 'channel', members };
  world.channels.set(id, made);
  return id;
}
