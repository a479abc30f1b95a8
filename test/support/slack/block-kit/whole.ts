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
 * blocks/markdown-block: 12,000 characters in all of a message; blocks/data-table-block: 10,000 in all cells (newer pages
 * say 20,000). blocks/table-block: one of a message. All texts together: no page tells of it; measured in
 * https://github.com/slackapi/bolt-js/issues/2509 as 13,297 of Markdown alone, and 125 fewer with one more block.
 */
export function sumsOf(blocks: unknown): string[] {
  const all = blocksWithin(blocks);
  const ofType = (...types: string[]) => all.filter(block => types.includes(String(block.type)));
  const markdown = charactersOf(ofType('markdown'));
  const cells = charactersOf(ofType('data_table', 'table').map(block => block.rows));
  const everything = charactersOf(listOf(blocks)) + Math.max(all.length - 1, 0) * 125;
  return [
    ...(markdown > 12_000
      ? [problem('must be less than 12001 characters in all markdown blocks', ['blocks'])]
      : []),
    ...(cells > 10_000
      ? [problem('must be less than 10001 characters in all cells of tables', ['blocks'])]
      : []),
    ...(ofType('table').length > 1 ? [problem('only_one_table_allowed', ['blocks'])] : []),
    ...(everything > 13_297 ? ['msg_blocks_too_long'] : []),
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
