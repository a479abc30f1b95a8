import { writableChannel } from '../access.ts';
import { type Args, listOf, neededText, textOf } from '../arguments.ts';
import { checkChunks } from '../block-kit/check.ts';
import { sumsOf } from '../block-kit/whole.ts';
import { acceptedBlocks, metadataOf, missingFiles, withIds } from '../content.ts';
import { changeEvents, tellAll } from '../payloads.ts';
import { refuse, refuseArguments } from '../refusal.ts';
import type { Block, Message } from '../types.ts';
import { wireMessage } from '../wire.ts';
import { changed, type World } from '../world.ts';
import { ownMessage, threadOf, writeMessage } from './chat.ts';
import { type Methods, tier2, tier4 } from './method.ts';

type Chunk =
  | { type: 'markdown_text'; text: string }
  | {
      type: 'task_update';
      id: string;
      title: string;
      status: string;
      details?: string;
      output?: string;
      sources?: unknown[];
    }
  | { type: 'plan_update'; title: string }
  | { type: 'blocks'; blocks: Block[] };

/** Slack ends a stream that nothing is appended to for some minutes. */
const patience = 5 * 60_000;

export const streams: Methods = {
  'chat.startStream': {
    scopes: ['chat:write'],
    limit: tier2,
    run(world, args) {
      const channel = writableChannel(world, args);
      if (channel.kind !== 'im') {
        neededText(args, 'recipient_team_id', 'missing_recipient_team_id');
        const user = neededText(args, 'recipient_user_id', 'missing_recipient_user_id');
        if (!channel.members.has(user)) refuse('user_not_in_channel');
      }
      const thread = threadOf(world, args, channel.id);
      if (thread === undefined) refuse('invalid_thread_ts');
      const mode = textOf(args, 'task_display_mode') ?? 'timeline';
      if (mode !== 'timeline' && mode !== 'plan')
        refuseArguments('invalid_arguments', ['must be timeline or plan [json-pointer:/task_display_mode]']);
      const chunks = chunksOf(world, args);
      const message = writeMessage(world, {
        channel: channel.id,
        thread_ts: thread!,
        text: '',
        blocks: mode === 'plan' ? withIds(world, [{ type: 'plan', title: '', tasks: [] }]) : [],
        streaming: 'in_progress',
        appendedAt: world.now,
      });
      append(world, message, chunks);
      return { channel: channel.id, ts: message.ts };
    },
  },
  'chat.appendStream': {
    scopes: ['chat:write'],
    limit: tier4,
    run(world, args) {
      const message = streamOf(world, args);
      const chunks = chunksOf(world, args);
      if (chunks.length === 0) refuse('no_text');
      append(world, message, chunks);
      return { channel: message.channel, ts: message.ts };
    },
  },
  'chat.stopStream': {
    scopes: ['chat:write'],
    limit: tier2,
    run(world, args) {
      const message = streamOf(world, args);
      const before = { channel: message.channel, ...wireMessage(world, message) };
      const chunks = chunksOf(world, args);
      const blocks = acceptedBlocks(world, listOf<Block>(args, 'blocks', 'invalid_blocks_format') ?? [], '.');
      const status = textOf(args, 'session_status') ?? 'active';
      const text = chunks.filter(chunk => chunk.type === 'markdown_text');
      if (sumsOf([...message.blocks, ...text, ...blocks]).includes('msg_blocks_too_long'))
        refuse('msg_blocks_too_long');
      append(world, message, chunks);
      message.blocks.push(...blocks);
      Object.assign(message, { streaming: 'completed', ...metadataOf(args) });
      const session = world.sessions.get(`${message.channel}:${message.thread_ts}`);
      if (session) session.status = status;
      changed(world, message.channel);
      tellAll(world, changeEvents(world, 'message_changed', before, message));
      return { channel: message.channel, ts: message.ts, message: wireMessage(world, message) };
    },
  },
};

function streamOf(world: World, args: Args): Message {
  const message = ownMessage(world, args, writableChannel(world, args).id, 'message_not_owned_by_app');
  if (message.streaming === 'in_progress' && world.now - (message.appendedAt ?? 0) > patience)
    message.streaming = 'completed';
  if (message.streaming !== 'in_progress') refuse('message_not_in_streaming_state');
  return message;
}

function chunksOf(world: World, args: Args): Chunk[] {
  const text = textOf(args, 'markdown_text');
  const chunks = listOf<Chunk>(args, 'chunks', 'invalid_chunks') ?? [];
  if (text !== undefined && chunks.length > 0) refuse('invalid_arguments');
  if (text !== undefined) {
    if (text.length > 12_000) refuse('msg_too_long');
    return [{ type: 'markdown_text', text }];
  }
  if (chunks.length === 0) return [];
  const problems = [...checkChunks(chunks), ...missingFiles(world, chunks)];
  if (problems.length > 0) refuseArguments('invalid_chunks', problems);
  return chunks;
}

function append(world: World, message: Message, chunks: Chunk[]): void {
  const added = chunks.reduce(
    (sum, chunk) => sum + (chunk.type === 'markdown_text' ? chunk.text.length : 0),
    0,
  );
  if (message.text.length + added > 12_000) refuse('msg_too_long');
  for (const chunk of chunks) apply(world, message, chunk);
  message.appendedAt = world.now;
  changed(world, message.channel);
}

/** The message is kept as what it looks like so far: text in markdown blocks, steps as cards between them or in a plan. */
function apply(world: World, message: Message, chunk: Chunk): void {
  const { blocks } = message;
  const plan = blocks.find(block => block.type === 'plan');
  const last = blocks.at(-1);
  if (chunk.type === 'blocks') blocks.push(...withIds(world, chunk.blocks));
  else if (chunk.type === 'plan_update') {
    if (plan) plan.title = chunk.title;
  } else if (chunk.type === 'markdown_text') {
    message.text += chunk.text;
    if (last?.type === 'markdown') last.text += chunk.text;
    else blocks.push(...withIds(world, [{ type: 'markdown', text: chunk.text }]));
  } else {
    const cards = plan ? (plan.tasks as Block[]) : blocks;
    const known = cards.find(block => block.task_id === chunk.id);
    const card = cardOf(chunk);
    if (known) Object.assign(known, card);
    else cards.push(...withIds(world, [card]));
  }
}

function cardOf({ id, title, status, details, output, sources }: Chunk & { type: 'task_update' }): Block {
  return {
    type: 'task_card',
    task_id: id,
    title,
    status,
    ...(details ? { details: richText(details) } : {}),
    ...(output ? { output: richText(output) } : {}),
    ...(sources ? { sources } : {}),
  };
}

function richText(text: string): Block {
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
  };
}
