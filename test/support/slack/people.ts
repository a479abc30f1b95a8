import type { Deliveries } from './delivery.ts';
import { eventEnvelope, interaction, messageEvents, responseUrl } from './payloads.ts';
import { actionOf } from './press.ts';
import type { Delivery, Message, View } from './types.ts';
import { wireMessage } from './wire.ts';
import { changed, directChannel, newTs, type World } from './world.ts';

/** What people do in Slack. Each resolves when the app has acknowledged what it was told of it. */
export interface People {
  /** Text as the wire has it: `&lt;` for `<`, `<@U…>` for a mention. */
  post(user: string, channel: string, text: string, options?: PostOptions): Promise<Message>;
  /** The same with a mention of the bot in front. */
  mention(user: string, channel: string, text: string, options?: PostOptions): Promise<Message>;
  /** Presses what has this action_id, and confirms where it asks; with a value, the choice of that value. */
  press(user: string, target: Message | View, actionId: string, value?: string): Promise<Delivery>;
  command(user: string, command: string, text: string, options?: { channel?: string }): Promise<Delivery>;
  openHome(user: string, tab?: 'home' | 'messages'): Promise<void>;
  /** Presses the stop button of an agent's thread: Slack ends its streams, and tells the app. */
  stop(user: string, channel: string, thread: string): Promise<void>;
}

export interface PostOptions {
  thread?: string;
  /** More fields of the message: a subtype, files, a bot_id. */
  fields?: Partial<Message>;
}

export function createPeople(world: World, deliveries: Deliveries, base: () => string): People {
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
    changed(world);
    const fields = { ...wireMessage(world, message), client_msg_id: `client-${message.ts}` };
    await Promise.all(messageEvents(world, place, fields).map(envelope => deliveries.deliver(envelope)));
    return structuredClone(message);
  }

  return {
    post,
    mention: (user, channel, text, options) =>
      post(user, channel, `<@${world.app.botUser}> ${text}`, options),
    press(user, target, actionId, value) {
      const common = interaction(world, user);
      const actions = [actionOf(target, actionId, value, newTs(world))];
      if (!('ts' in target))
        return deliveries.deliver({
          type: 'interactive',
          payload: {
            ...common,
            type: 'block_actions',
            container: { type: 'view', view_id: target.id },
            view: target,
            actions,
          },
        });
      const { channel, ts, thread_ts: thread, ephemeral } = target;
      return deliveries.deliver({
        type: 'interactive',
        payload: {
          ...common,
          type: 'block_actions',
          container: {
            type: 'message',
            message_ts: ts,
            channel_id: channel,
            is_ephemeral: ephemeral !== undefined,
            ...(thread === undefined ? {} : { thread_ts: thread }),
          },
          channel: { id: channel, name: world.channels.get(channel)?.name || 'directmessage' },
          message: wireMessage(world, target),
          response_url: responseUrl(world, base(), { user, channel, message: target }),
          actions,
        },
      });
    },
    command(user, command, text, options = {}) {
      const channel = options.channel ?? directChannel(world, user).id;
      const { trigger_id: trigger } = interaction(world, user);
      return deliveries.deliver({
        type: 'slash_commands',
        payload: {
          token: 'legacy-verification-token',
          team_id: world.team,
          team_domain: 'kindred',
          channel_id: channel,
          channel_name: world.channels.get(channel)?.name || 'directmessage',
          user_id: user,
          user_name: world.users.get(user)?.name,
          command,
          text,
          api_app_id: world.app.id,
          is_enterprise_install: 'false',
          response_url: responseUrl(world, base(), { user, channel }),
          trigger_id: trigger,
        },
      });
    },
    async openHome(user, tab = 'home') {
      if (!world.app.events.includes('app_home_opened')) return;
      const channel = directChannel(world, user).id;
      const view = world.homes.get(user);
      await deliveries.deliver(
        eventEnvelope(world, {
          type: 'app_home_opened',
          user,
          channel,
          tab,
          ...(view && tab === 'home' ? { view } : {}),
        }),
      );
    },
    async stop(user, channel, thread) {
      const streams = world.messages.filter(
        message =>
          message.channel === channel && message.thread_ts === thread && message.streaming === 'in_progress',
      );
      for (const stream of streams) stream.streaming = 'completed';
      changed(world);
      if (!world.app.events.includes('agent_session_stopped')) return;
      await deliveries.deliver(
        eventEnvelope(world, {
          type: 'agent_session_stopped',
          channel,
          user,
          thread_ts: thread,
          streaming_message_ts: streams.map(stream => stream.ts),
        }),
      );
    },
  };
}
