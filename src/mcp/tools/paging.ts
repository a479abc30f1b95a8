import { z } from 'zod';
import { InputError } from '../../errors.ts';
import type { Tool } from '../../tools/tool.ts';
import { extras } from './extras.ts';

/** Characters of a result: at three a token, which is more tokens than there are, 25,000 tokens. */
export const longestResult = 75_000;

/**
 * A page is asked for by its number and not by a cursor: a result is the same each time it is computed, so nothing needs
 * to be kept between two pages, and a model may go to any of them.
 */
export const pageInput = {
  page: z.number().int().min(1).optional().describe('of a result that came in pages'),
};

export const pageOutput = {
  page: z
    .object({ number: z.number().int(), of: z.number().int(), list: z.string() })
    .optional()
    .describe('the list goes on: ask for the next page'),
};

/** Whether results of a tool can come in pages: it only reads, at once, and its result has lists and is no picture. */
export function isPaged({ name, effect, slow, output }: Tool): boolean {
  if (effect !== 'read' || slow || name in extras) return false;
  return Object.values(output.shape).some(field => field instanceof z.ZodArray);
}

type Result = Record<string, unknown>;

/** The input of the tool itself, and the page that was asked for. */
export function splitPage(tool: Tool, input: Result): { input: Result; page: number } {
  if (!isPaged(tool)) return { input, page: 1 };
  const { page: asked, ...own } = input;
  const { success, data } = z.object(pageInput).safeParse({ page: asked ?? undefined });
  if (!success)
    throw new InputError(`${tool.name}: "page" is no number of a page.`, 'Pages are counted from 1.');
  return { input: own, page: data.page ?? 1 };
}

/**
 * A result as it is where it fits, and otherwise one page of it: the longest list goes on from page to page, all else is
 * on each.
 *
 * @throws InputError where there is no such page, or nothing that can be cut makes it fit
 */
export function pageOf(result: Result, number: number, most = longestResult): Result {
  const pages = lengthOf(result) <= most ? [result] : cut(result, most);
  const page = pages[number - 1];
  if (page) return page;
  throw new InputError(
    `There is no page ${number}: the result has ${pages.length === 1 ? 'one page' : `${pages.length} pages`}.`,
    'Leave out "page" for the first.',
  );
}

export const lengthOf = (value: unknown) => JSON.stringify(value).length;

function cut(result: Result, most: number): Result[] {
  const [list, items] = longestList(result);
  const frame = { ...result, [list]: [], page: { number: 9999, of: 9999, list } };
  const room = most - lengthOf(frame);
  const parts: unknown[][] = [];
  let left = 0;
  for (const item of items) {
    const length = lengthOf(item) + 1;
    if (length > room) throw tooLong();
    if (length > left) {
      parts.push([]);
      left = room;
    }
    parts.at(-1)!.push(item);
    left -= length;
  }
  return parts.map((part, i) => ({
    ...result,
    [list]: part,
    page: { number: i + 1, of: parts.length, list },
  }));
}

function longestList(result: Result): [name: string, items: readonly unknown[]] {
  let longest: [string, readonly unknown[]] | undefined;
  for (const [name, value] of Object.entries(result))
    if (Array.isArray(value) && (!longest || lengthOf(value) > lengthOf(longest[1]))) longest = [name, value];
  if (!longest) throw tooLong();
  return longest;
}

const tooLong = () =>
  new InputError('The result is too long to be read.', 'Ask for less of it at once, or for one thing of it.');
