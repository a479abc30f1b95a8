import { channelOf } from '../access.ts';
import { type Args, listOf, neededText, textOf } from '../arguments.ts';
import { refuse, refuseArguments } from '../refusal.ts';
import { changed, findMessage, type World } from '../world.ts';
import { type Methods, tier3 } from './method.ts';

/** Where an agent works: a thread that is there. */
function place(world: World, args: Args): { key: string; channel: string; thread: string | null } {
  const channel = channelOf(world, args, 'channel_id').id;
  const thread = textOf(args, 'thread_ts') ?? null;
  if (thread !== null && !findMessage(world, channel, thread)) refuse('thread_not_found');
  return { key: `${channel}:${thread ?? ''}`, channel, thread };
}

export const assistant: Methods = {
  'assistant.threads.setStatus': {
    scopes: ['assistant:write', 'chat:write'],
    limit: 600,
    run(world, args) {
      const { key } = place(world, { ...args, thread_ts: neededText(args, 'thread_ts') });
      const status = String(args.status ?? '');
      const messages = listOf<string>(args, 'loading_messages') ?? [];
      if (messages.length > 10) refuseArguments('invalid_arguments', ['no more than 10 items allowed']);
      world.threadStatus.set(key, status);
      changed(world);
      return {};
    },
  },
  'assistant.threads.setTitle': {
    scopes: ['assistant:write'],
    limit: tier3,
    run(world, args) {
      const { key, channel, thread } = place(world, { ...args, thread_ts: neededText(args, 'thread_ts') });
      const session = world.sessions.get(key) ?? { channel, thread, status: 'active', title: null };
      world.sessions.set(key, { ...session, title: neededText(args, 'title') });
      changed(world);
      return {};
    },
  },
  'assistant.threads.setSuggestedPrompts': {
    scopes: ['assistant:write'],
    limit: tier3,
    run(world, args) {
      const { key } = place(world, args);
      const prompts = listOf<{ title: string; message: string }>(args, 'prompts') ?? [];
      if (prompts.length < 1 || prompts.length > 4)
        refuseArguments('invalid_arguments', ['1 to 4 prompts [json-pointer:/prompts]']);
      if (prompts.some(prompt => !prompt.title || !prompt.message))
        refuseArguments('invalid_arguments', ['a prompt needs title and message [json-pointer:/prompts]']);
      world.prompts.set(key, { title: textOf(args, 'title') ?? null, prompts });
      changed(world);
      return {};
    },
  },
  'agents.sessions.setStatus': {
    scopes: ['chat:write'],
    limit: tier3,
    run(world, args) {
      const { key, channel, thread } = place(world, args);
      const status = neededText(args, 'status');
      if (!['processing', 'active', 'suspended', 'closed'].includes(status)) refuse('invalid_status');
      const title = world.sessions.get(key)?.title ?? titleOf(args) ?? null;
      world.sessions.set(key, { channel, thread, status, title });
      changed(world);
      return { status, agent_status: status, title };
    },
  },
  'agents.sessions.rename': {
    scopes: ['chat:write'],
    limit: tier3,
    run(world, args) {
      const session = world.sessions.get(place(world, args).key);
      if (!session) return refuse('session_not_found');
      session.title =
        titleOf(args) ?? refuseArguments('invalid_arguments', ['missing required field: title']);
      changed(world);
      return { title: session.title };
    },
  },
};

function titleOf(args: Args): string | undefined {
  const title = textOf(args, 'title');
  if (title !== undefined && title.length > 200)
    refuseArguments('invalid_arguments', ['must be no more than 200 characters [json-pointer:/title]']);
  return title;
}
