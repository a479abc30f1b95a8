import type { KnownBlock } from '@slack/types';
import { limits } from './limits.ts';

/** Blocks as messages that Slack takes, in their order, none where there are no blocks. */
export function messagesOf(blocks: readonly KnownBlock[]): KnownBlock[][] {
  const size = limits.message.blocks;
  return Array.from({ length: Math.ceil(blocks.length / size) }, (_, i) =>
    blocks.slice(i * size, (i + 1) * size),
  );
}
