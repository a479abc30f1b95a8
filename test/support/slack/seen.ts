import type { Call, Delivery, Message, Session, SharedFile, View } from './types.ts';
import { until } from './waiting.ts';
import type { World } from './world.ts';

/** What tests look at: copies, oldest first. */
export interface Seen {
  /** What stands in a channel, or a thread with its first message; also what only one person sees (`ephemeral`). */
  messages(channel: string, thread?: string): Message[];
  /** Everything of a channel, threads and all. */
  allMessages(channel: string): Message[];
  /** Uploaded, with where they were shared. */
  files(): SharedFile[];
  /** Modals a user has open, the top one last. */
  views(user: string): View[];
  homeOf(user: string): View | undefined;
  /** The line under an agent's thread, '' where there is none. */
  statusOf(channel: string, thread: string): string;
  sessionOf(channel: string, thread: string): Session | undefined;
  /** Prompts offered in a user's direct messages. */
  promptsOf(
    user: string,
  ): { title: string | null; prompts: { title: string; message: string }[] } | undefined;
  /** Every call of the Web API, and every post to a response_url (`response_url`), with structured arguments read. */
  calls(method?: string): Call[];
  /** What the app was told, by the type of the event or interaction, or the name of the command. */
  deliveries(type?: string): Delivery[];

  /** The first message of a channel and its threads for which it holds, now or later. */
  waitFor(channel: string, holds: (message: Message) => boolean): Promise<Message>;
  /** Looked at whenever something changes. */
  until(holds: () => boolean): Promise<void>;
}

export function createSeen(world: World): Seen {
  const inChannel = (channel: string) => world.messages.filter(message => message.channel === channel);
  return {
    messages: (channel, thread) =>
      structuredClone(
        inChannel(channel).filter(message =>
          thread === undefined
            ? message.thread_ts === undefined || message.thread_ts === message.ts
            : message.ts === thread || message.thread_ts === thread,
        ),
      ),
    allMessages: channel => structuredClone(inChannel(channel)),
    files: () => [...world.files.values()].filter(file => file.complete).map(file => ({ ...file })),
    views: user => structuredClone(world.views.filter(view => view.user === user)),
    homeOf: user => structuredClone(world.homes.get(user)),
    statusOf: (channel, thread) => world.threadStatus.get(`${channel}:${thread}`) ?? '',
    sessionOf: (channel, thread) => structuredClone(world.sessions.get(`${channel}:${thread}`)),
    promptsOf(user) {
      const [channel] = [...world.channels.values()].filter(
        each => each.kind === 'im' && each.members.has(user),
      );
      return structuredClone(world.prompts.get(`${channel?.id}:`));
    },
    calls: method => world.calls.filter(call => method === undefined || call.method === method),
    deliveries: type => world.deliveries.filter(each => type === undefined || kindOf(each) === type),
    async waitFor(channel, holds) {
      const find = () => world.messages.find(message => message.channel === channel && holds(message));
      await until(world, () => find() !== undefined, { channel });
      return structuredClone(find()!);
    },
    until: holds => until(world, holds),
  };
}

function kindOf({ type, payload }: Delivery): string {
  if (type === 'events_api') return (payload.event as { type: string }).type;
  return String(type === 'slash_commands' ? payload.command : payload.type);
}
