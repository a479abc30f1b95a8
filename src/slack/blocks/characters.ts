import type { KnownBlock } from '@slack/types';

/** Characters of all texts in blocks, as far as Slack may count them. */
export function charactersIn(blocks: readonly KnownBlock[]): number {
  return blocks.reduce((sum, block) => sum + ofTexts(block), 0);
}

/** Of the cells of a table; none in another block. */
export function charactersOfCells(block: KnownBlock): number {
  return block.type === 'data_table' || block.type === 'table' ? ofTexts(block.rows) : 0;
}

const texts = new Set(['text', 'title', 'caption', 'alt_text', 'fallback']);

function ofTexts(part: unknown): number {
  if (typeof part !== 'object' || part === null) return 0;
  return Object.entries(part).reduce(
    (sum, [key, value]) =>
      sum + (typeof value === 'string' ? (texts.has(key) ? value.length : 0) : ofTexts(value)),
    0,
  );
}
