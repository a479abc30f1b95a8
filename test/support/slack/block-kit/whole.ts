import { problem } from './problems.ts';

/** Rules over all blocks of a message or view together. They take whatever was posted, right or wrong. */

type Posted = Record<string, unknown>;
const isObject = (value: unknown): value is Posted =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): Posted[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** Blocks with those inside them. */
export function blocksWithin(blocks: unknown): Posted[] {
  return listOf(blocks).flatMap(block => [
    block,
    ...blocksWithin(block.child_blocks),
    ...(block.type === 'carousel' ? listOf(block.elements) : []),
  ]);
}

/** blocks/actions-block and others: a block_id is unique in its message, an action_id in its block. */
export function duplicates(blocks: unknown, at: readonly PropertyKey[]): string[] {
  const all = blocksWithin(blocks);
  const twice = repeated(all.map(block => block.block_id));
  return [
    ...twice.map(id => problem(`block_id "${id}" already exists`, at)),
    ...listOf(blocks).flatMap((block, i) =>
      repeated(actionIds(block)).map(id => problem(`action_id "${id}" already exists`, [...at, i])),
    ),
  ];
}

function actionIds(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(actionIds);
  if (!isObject(value)) return [];
  return [
    ...(value.action_id === undefined ? [] : [value.action_id]),
    ...Object.values(value).flatMap(actionIds),
  ];
}

function repeated(values: readonly unknown[]): string[] {
  const held = values.filter(value => typeof value === 'string');
  return [...new Set(held.filter((value, i) => held.indexOf(value) !== i))];
}

/**
 * blocks/markdown-block: 12,000 characters in all; blocks/data-table-block: 10,000 in all cells. All texts together:
 * undocumented, Slack answers `msg_blocks_too_long` from about 13,200.
 */
export function sumsOf(blocks: unknown): string[] {
  const all = blocksWithin(blocks);
  const sum = (held: readonly unknown[]) =>
    held.reduce<number>((total, value) => total + charactersOf(value), 0);
  const ofType = (...types: string[]) => all.filter(block => types.includes(String(block.type)));
  const markdown = sum(ofType('markdown'));
  const cells = sum(ofType('data_table', 'table').map(block => block.rows));
  return [
    ...(markdown > 12_000
      ? [problem('must be less than 12001 characters in all markdown blocks', ['blocks'])]
      : []),
    ...(cells > 10_000
      ? [problem('must be less than 10001 characters in all cells of tables', ['blocks'])]
      : []),
    ...(sum(listOf(blocks)) > 13_200 ? ['msg_blocks_too_long'] : []),
  ];
}

/** Of the texts of a part. */
function charactersOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((total, each) => total + charactersOf(each), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce(
    (total, [key, held]) =>
      total + (typeof held === 'string' && texts.has(key) ? held.length : charactersOf(held)),
    0,
  );
}

const texts = new Set(['text', 'caption', 'alt_text', 'title']);
