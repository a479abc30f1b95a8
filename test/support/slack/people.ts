import type { Deliveries } from './delivery.ts';
import { wireView } from './methods/views.ts';
import { changeEvents, eventEnvelope, messageEvents } from './payloads.ts';
import type { Channel, Message } from './types.ts';
import { wireMessage } from './wire.ts';
import { changed, directChannel, findMessage, newTs, type World } from './world.ts';

/** What people do in Slack that makes events. Each resolves when the app has acknowledged what it was told of it. */
export interface People {
  /** Text as the wire has it: `&lt;` for `<`, `<@U…>` for a mention. */
  post(user: string, channel: string, text: string, options?: PostOptions): Promise<Message>;
  /** The same with a mention of the bot in front. */
  mention(user: string, channel: string, text: string, options?: PostOptions): Promise<Message>;
  edit(message: Message, text: string): Promise<void>;
  remove(message: Message): Promise<void>;
  openHome(user: string, tab?: 'home' | 'messages'): Promise<void>;
  /** Presses the stop button of an agent's thread: Slack ends its streams, and tells the app. */
  stop(user: string, channel: string, thread: string): Promise<void>;
}

export interface PostOptions {
  thread?: string;
  /** More fields of the message: a subtype, files, a bot_id. */
  fields?: Partial<Message>;
}

export function createPeople(world: World, deliveries: Deliveries): People {
  async function tell(place: Channel, fields: Record<string, unknown>): Promise<void> {
    await Promise.all(messageEvents(world, place, fields).map(envelope => deliveries.deliver(envelope)));
  }

  async function event(fields: Record<string, unknown> & { type: string }): Promise<void> {
    if (world.app.events.includes(fields.type)) await deliveries.deliver(eventEnvelope(world, fields));
  }

  async function post(
    user: string,
    channel: string,
    text: string,
    options: PostOptions = {},
  ): Promise<Message> {
    const place = world.channels.get(channel);
    if (!place?.members.has(user)) throw new Error(`${user} is not in ${channel}`);
    const message: Message = {
      channel,
      ts: newTs(world),
      ...(options.thread === undefined ? {} : { thread_ts: options.thread }),
      user,
      text,
      blocks: [],
      ...options.fields,
    };
    world.messages.push(message);
    changed(world, channel);
    await tell(place, { ...wireMessage(world, message), client_msg_id: `client-${message.ts}` });
    return structuredClone(message);
  }

  /** The message itself, of which tests have a copy. */
  function own({ channel, ts }: Message): Message {
    const found = findMessage(world, channel, ts);
    if (!found) throw new Error(`${ts} is no longer in ${channel}`);
    return found;
  }

  return {
    post,
    mention: (user, channel, text, options) =>
      post(user, channel, `<@${world.app.botUser}> ${text}`, options),
    async edit(copy, text) {
      const message = own(copy);
      const before = { channel: message.channel, ...wireMessage(world, message) };
      Object.assign(message, { text, edited: { user: message.user, ts: newTs(world) } });
      changed(world, message.channel);
      await Promise.all(
        changeEvents(world, 'message_changed', before, message).map(each => deliveries.deliver(each)),
      );
    },
    async remove(copy) {
      const message = own(copy);
      world.messages.splice(world.messages.indexOf(message), 1);
      changed(world, message.channel);
      const before = { channel: message.channel, ...wireMessage(world, message) };
      await Promise.all(changeEvents(world, 'message_deleted', before).map(each => deliveries.deliver(each)));
    },
    async openHome(user, tab = 'home') {
      const channel = directChannel(world, user).id;
      const view = tab === 'home' ? world.homes.get(user) : undefined;
      await event({
        type: 'app_home_opened',
        user,
        channel,
        tab,
        ...(view ? { view: wireView(world, view) } : {}),
      });
    },
    async stop(user, channel, thread) {
      const streams = world.messages.filter(
        message =>
          message.channel === channel && message.thread_ts === thread && message.streaming === 'in_progress',
      );
      for (const stream of streams) stream.streaming = 'completed';
      changed(world, channel);
      await event({
        type: 'agent_session_stopped',
        channel,
        user,
        thread_ts: thread,
        streaming_message_ts: streams.map(stream => stream.ts),
      });
    },
  };
}
