import type { Args } from './arguments.ts';
import type { Deliveries } from './delivery.ts';
import { addModal, replaceView, viewContent, wireView } from './methods/views.ts';
import { interaction, responseUrl } from './payloads.ts';
import { actionOf } from './press.ts';
import { showResponse } from './response-url.ts';
import { stateOf } from './submission.ts';
import type { Delivery, Message, View } from './types.ts';
import { wireMessage } from './wire.ts';
import { changed, directChannel, newTs, type World } from './world.ts';

/** What people press, submit and type behind a slash; rejected where the app does not acknowledge, as it is seen then. */
export interface Interactions {
  /** Presses what has this action_id, and confirms where it asks; with a value, the choice of that value. */
  press(user: string, target: Message | View, actionId: string, value?: string): Promise<Delivery>;
  /** In the user's direct messages with the bot, where no channel is given. */
  command(user: string, command: string, text: string, options?: { channel?: string }): Promise<Delivery>;
  /** Submits a modal with what was filled in, by action_id or block_id; gives the errors shown at its fields. */
  submit(
    user: string,
    view: View,
    values?: Record<string, string | string[]>,
  ): Promise<Delivery & { errors: Record<string, string> }>;
  /** Closes a modal without submitting it. */
  dismiss(user: string, view: View): Promise<void>;
}

export function createInteractions(world: World, deliveries: Deliveries, base: () => string): Interactions {
  const close = (views: View[]) => {
    world.views = world.views.filter(view => !views.includes(view));
    changed(world);
  };

  /** What the acknowledgement of a submission does to the open modals. */
  function follow(view: View, answer: Args): void {
    const stack = world.views.filter(each => each.user === view.user);
    const action = answer.response_action;
    if (action === undefined) close([view]);
    else if (action === 'clear') close(stack);
    else if (action === 'update') replaceView(world, view, viewContent(world, answer.view as Args, 'modal'));
    else if (action === 'push') addModal(world, view.user, viewContent(world, answer.view as Args, 'modal'));
    else if (action !== 'errors') throw new Error(`There is no response_action ${action}`);
  }

  return {
    async press(user, target, actionId, value) {
      const common = { ...interaction(world, user), type: 'block_actions' };
      const actions = [actionOf(target, actionId, value, newTs(world))];
      if (!('ts' in target))
        return deliveries.deliver({
          type: 'interactive',
          payload: {
            ...common,
            container: { type: 'view', view_id: target.id },
            view: wireView(world, target),
            actions,
          },
        });
      const { channel, ts, thread_ts: thread, ephemeral } = target;
      return deliveries.deliver({
        type: 'interactive',
        payload: {
          ...common,
          container: {
            type: 'message',
            message_ts: ts,
            channel_id: channel,
            is_ephemeral: ephemeral !== undefined,
            ...(thread === undefined ? {} : { thread_ts: thread }),
          },
          channel: { id: channel, name: world.channels.get(channel)?.name || 'directmessage' },
          // Of a message that one person sees Slack hands nothing on but where it is.
          ...(ephemeral === undefined ? { message: wireMessage(world, target) } : {}),
          response_url: responseUrl(world, base(), { user, channel, message: target }),
          actions,
        },
      });
    },
    async command(user, command, text, options = {}) {
      const channel = options.channel ?? directChannel(world, user).id;
      const { trigger_id: trigger } = interaction(world, user);
      const delivery = await deliveries.deliver({
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
      const answer = (delivery.response ?? {}) as Args;
      if (answer.text !== undefined || answer.blocks !== undefined)
        showResponse(world, { user, channel, thread: null }, answer);
      return delivery;
    },
    async submit(user, copy, values = {}) {
      const view = world.views.find(each => each.id === copy.id && each.user === user);
      if (!view) throw new Error(`${user} has no open modal ${copy.id}`);
      const delivery = await deliveries.deliver({
        type: 'interactive',
        payload: {
          ...interaction(world, user),
          type: 'view_submission',
          view: wireView(world, view, stateOf(view, values)),
          response_urls: [],
        },
      });
      const answer = (delivery.response ?? {}) as Args;
      follow(view, answer);
      return { ...delivery, errors: (answer.errors ?? {}) as Record<string, string> };
    },
    async dismiss(user, copy) {
      const view = world.views.find(each => each.id === copy.id && each.user === user);
      if (!view) throw new Error(`${user} has no open modal ${copy.id}`);
      const { trigger_id: _, ...common } = interaction(world, user);
      close([view]);
      if (view.notify_on_close)
        await deliveries.deliver({
          type: 'interactive',
          payload: { ...common, type: 'view_closed', view: wireView(world, view), is_cleared: false },
        });
    },
  };
}
