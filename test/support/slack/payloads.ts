import type { Channel, Envelope, Message } from './types.ts';
import { wireMessage } from './wire.ts';
import { newId, newTrigger, newTs, type World } from './world.ts';

type Fields = Record<string, unknown>;

/** The envelope of an event, with an event_id of its own. */
export function eventEnvelope(world: World, event: Fields): Envelope {
  return {
    type: 'events_api',
    payload: {
      token: 'legacy-verification-token',
      team_id: world.team,
      context_team_id: world.team,
      api_app_id: world.app.id,
      event: { event_ts: newTs(world), ...event },
      type: 'event_callback',
      event_id: newId(world, 'Ev'),
      event_time: Math.floor(world.now / 1000),
      authorizations: [
        {
          enterprise_id: null,
          team_id: world.team,
          user_id: world.app.botUser,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      is_ext_shared_channel: false,
    },
  };
}

/** Events of a message, as far as the app hears them: of what is written where it is, and of its mentions. */
export function messageEvents(world: World, channel: Channel, fields: Fields): Envelope[] {
  if (!channel.members.has(world.app.botUser)) return [];
  const kind = { channel: 'channel', group: 'group', im: 'im' }[channel.kind];
  const subscription = { channel: 'message.channels', group: 'message.groups', im: 'message.im' }[
    channel.kind
  ];
  const envelopes: Envelope[] = [];
  const event = { type: 'message', ...fields, channel: channel.id, channel_type: kind };
  const mention =
    channel.kind !== 'im' &&
    fields.subtype === undefined &&
    String(fields.text ?? '').includes(`<@${world.app.botUser}>`);
  if (mention && world.app.events.includes('app_mention') && world.app.scopes.includes('app_mentions:read'))
    envelopes.push(
      eventEnvelope(world, { ...fields, type: 'app_mention', channel: channel.id, event_ts: fields.ts }),
    );
  if (world.app.events.includes(subscription) && world.app.scopes.includes(historyScope[channel.kind]))
    envelopes.push(eventEnvelope(world, { ...event, event_ts: fields.ts }));
  return envelopes;
}

const historyScope = { channel: 'channels:history', group: 'groups:history', im: 'im:history' } as const;

/** What every press, submission and command says of who and where. */
export function interaction(world: World, user: string): Fields {
  return {
    user: {
      id: user,
      username: world.users.get(user)?.name,
      name: world.users.get(user)?.name,
      team_id: world.team,
    },
    api_app_id: world.app.id,
    token: 'legacy-verification-token',
    trigger_id: newTrigger(world, user),
    team: { id: world.team, domain: 'kindred' },
    enterprise: null,
    is_enterprise_install: false,
  };
}

export function responseUrl(
  world: World,
  base: string,
  to: { user: string; message?: Message; channel: string },
): string {
  const id = `${newId(world, 'R')}`;
  world.responseUrls.set(id, {
    user: to.user,
    channel: to.channel,
    ts: to.message?.ts ?? null,
    thread: to.message?.thread_ts ?? null,
    left: 5,
    until: world.now + 30 * 60_000,
  });
  return `${base}/actions/${id}`;
}

/** Tells of a message of the app's own. */
export function tellMessage(world: World, message: Message): void {
  const channel = world.channels.get(message.channel);
  if (channel && message.ephemeral === undefined)
    tellAll(world, messageEvents(world, channel, wireMessage(world, message)));
}

export function tellAll(world: World, envelopes: Envelope[]): void {
  for (const envelope of envelopes) world.tell(envelope);
}

/** The events of a message that was changed or removed. */
export function changeEvents(
  world: World,
  kind: 'message_changed' | 'message_deleted',
  before: Fields,
  after?: Message,
): Envelope[] {
  const channel = world.channels.get(String(before.channel));
  if (!channel) return [];
  const { channel: _, ...previous } = before;
  return messageEvents(world, channel, {
    subtype: kind,
    hidden: true,
    ts: newTs(world),
    previous_message: previous,
    ...(after ? { message: wireMessage(world, after) } : { deleted_ts: before.ts }),
  });
}
