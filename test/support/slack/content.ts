import { type Args, listOf, objectOf, textOf } from './arguments.ts';
import { checkMessage } from './block-kit/check.ts';
import { refuse, refuseArguments } from './refusal.ts';
import type { Block, Message } from './types.ts';
import { newId, type World } from './world.ts';

export interface Content {
  text: string;
  blocks: Block[];
  metadata?: Message['metadata'];
}

/** What a message says, refused as Slack refuses it. */
export function contentOf(world: World, args: Args): Content {
  const markdown = textOf(args, 'markdown_text');
  const text = textOf(args, 'text') ?? '';
  let blocks = listOf<Block>(args, 'blocks', 'invalid_blocks_format') ?? [];
  if (markdown !== undefined) {
    if (text !== '' || blocks.length > 0) refuse('markdown_text_conflict');
    if (markdown.length > 12_000) refuse('msg_too_long');
    blocks = [{ type: 'markdown', text: markdown }];
  }
  if (text === '' && blocks.length === 0 && (listOf(args, 'attachments') ?? []).length === 0)
    refuse('no_text');
  if (text.length > 40_000) refuse('msg_too_long');
  return {
    text: text || (markdown ?? ''),
    blocks: acceptedBlocks(world, blocks, text || markdown),
    ...metadataOf(args),
  };
}

/** Blocks as Slack keeps them, each with an ID; refused where one breaks a rule. */
export function acceptedBlocks(world: World, blocks: Block[], text?: string): Block[] {
  if (blocks.length === 0) return [];
  const problems = [...checkMessage({ ...(text ? { text } : {}), blocks }), ...missingFiles(world, blocks)];
  if (problems.includes('msg_blocks_too_long')) refuse('msg_blocks_too_long');
  if (problems.length > 0) refuseArguments('invalid_blocks', problems);
  return withIds(world, blocks);
}

export function withIds(world: World, blocks: Block[]): Block[] {
  return structuredClone(blocks).map(block => ({ ...block, block_id: block.block_id ?? newId(world, 'b') }));
}

/** Pictures of files that nobody uploaded. */
export function missingFiles(world: World, value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(each => missingFiles(world, each));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([field, inner]) => {
    if (field !== 'slack_file') return missingFiles(world, inner);
    const { id, url } = inner as { id?: string; url?: string };
    const found = [...world.files.values()].some(
      file => file.complete && (file.id === id || (url ?? '').includes(`-${file.id}/`)),
    );
    return found ? [] : [`invalid slack file ${id ?? url}`];
  });
}

export function metadataOf(args: Args): Pick<Content, 'metadata'> {
  const metadata = objectOf(args, 'metadata', 'invalid_metadata_format');
  if (metadata === undefined) return {};
  const { event_type: type, event_payload: payload } = metadata;
  if (typeof type !== 'string' || typeof payload !== 'object' || payload === null)
    return refuseArguments('invalid_metadata_schema', ['metadata needs event_type and event_payload']);
  return { metadata: { event_type: type, event_payload: payload as Record<string, unknown> } };
}
