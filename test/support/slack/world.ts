import type { Call, Channel, Delivery, Envelope, Message, Session, SharedFile, User, View } from './types.ts';

/** The workspace, the app in it, and what happened; everything else works on this. */
export interface World {
  /** Milliseconds; moved by tests only. */
  now: number;
  serial: number;
  team: string;
  app: {
    id: string;
    botUser: string;
    botId: string;
    botToken: string;
    appToken: string;
    signingSecret: string;
    scopes: string[];
    events: string[];
  };
  users: Map<string, User>;
  channels: Map<string, Channel>;
  messages: Message[];
  files: Map<string, SharedFile>;
  /** Open modals; the last of a user is on top. */
  views: View[];
  homes: Map<string, View>;
  triggers: Map<string, { user: string; until: number; used: boolean }>;
  responseUrls: Map<string, ResponseUrl>;
  sessions: Map<string, Session>;
  threadStatus: Map<string, string>;
  prompts: Map<string, { title: string | null; prompts: { title: string; message: string }[] }>;
  calls: Call[];
  deliveries: Delivery[];
  /** Who waits for something: for what happens in a channel, or for anything (null). */
  watchers: Map<() => void, string | null>;
  /** Tells the app of something, where it subscribed to it. */
  tell(envelope: Envelope): void;
}

export interface ResponseUrl {
  user: string;
  channel: string;
  ts: string | null;
  thread: string | null;
  left: number;
  until: number;
}

/** An ID as Slack makes them: a letter that says the kind, then capitals and digits. */
export function newId(world: World, kind: string): string {
  world.serial += 1;
  return `${kind}0${world.serial.toString(36).toUpperCase().padStart(9, '0')}`;
}

/** A ts nothing else has, later than all before. */
export function newTs(world: World): string {
  world.serial += 1;
  return `${Math.floor(world.now / 1000)}.${String(world.serial).padStart(6, '0')}`;
}

/** Whoever waits for something looks again; who waits for a message only where it is in their channel. */
export function changed(world: World, channel?: string): void {
  for (const [look, where] of [...world.watchers]) if (where === null || where === channel) look();
}

export function findMessage(world: World, channel: string, ts: string): Message | undefined {
  return world.messages.find(message => message.channel === channel && message.ts === ts);
}

/** The direct messages of a user with the bot, begun where there were none. */
export function directChannel(world: World, user: string): Channel {
  for (const channel of world.channels.values())
    if (channel.kind === 'im' && channel.members.has(user)) return channel;
  const channel: Channel = {
    id: newId(world, 'D'),
    name: '',
    kind: 'im',
    members: new Set([user, world.app.botUser]),
  };
  world.channels.set(channel.id, channel);
  return channel;
}

/** Good once, for three seconds. */
export function newTrigger(world: World, user: string): string {
  const id = `${newId(world, '1')}.${world.serial}.trigger`;
  world.triggers.set(id, { user, until: world.now + 3000, used: false });
  return id;
}
