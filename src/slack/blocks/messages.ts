import type { KnownBlock } from '@slack/types';
import { charactersIn, charactersOfCells } from './characters.ts';
import { limits } from './limits.ts';

/**
 * Blocks as messages that Slack takes, in their order; none where there are no blocks. A header stays with what it stands
 * over, and small print and buttons with what they stand under, as long as a message holds both.
 */
export function messagesOf(blocks: readonly KnownBlock[]): KnownBlock[][] {
  const messages: KnownBlock[][] = [];
  for (const group of groupsOf(blocks)) {
    const parts = fitsMessage(group) ? [group] : group.map(block => [block]);
    for (const part of parts) {
      const last = messages.at(-1);
      if (last && fitsMessage([...last, ...part])) last.push(...part);
      else messages.push([...part]);
    }
  }
  return messages;
}

/** Whether Slack takes them as one message. */
export function fitsMessage(blocks: readonly KnownBlock[]): boolean {
  return (
    blocks.length <= limits.message.blocks &&
    charactersIn(blocks) + blocks.length * limits.message.block <= limits.message.characters &&
    blocks.reduce((sum, block) => sum + charactersOfCells(block), 0) <= limits.table.characters
  );
}

function groupsOf(blocks: readonly KnownBlock[]): KnownBlock[][] {
  const groups: KnownBlock[][] = [];
  let open: KnownBlock[] | undefined;
  for (const block of blocks) {
    const before = open?.at(-1);
    const joins = before !== undefined && (leads(before) || (follows(block) && before.type !== 'divider'));
    if (open && joins) open.push(block);
    else {
      open = [block];
      groups.push(open);
    }
  }
  return groups;
}

const leads = ({ type }: KnownBlock) => type === 'header';
const follows = ({ type }: KnownBlock) =>
  type === 'context' || type === 'actions' || type === 'context_actions';
