import { InputError } from '../../errors.ts';

/**
 * One page of a list that is as long as people leave it. A page is asked for by its number and not by a cursor: nothing
 * needs to be kept between two pages, and a model may go to any of them.
 *
 * @param number counted from 1; the first there always is
 * @param most characters of a page, as JSON; an item that is longer has one to itself
 * @throws InputError where there is no such page
 */
export function pageOf<Item>(
  items: readonly Item[],
  number: number,
  most: number,
): { items: Item[]; of: number } {
  const pages: Item[][] = [[]];
  let left = most;
  for (const item of items) {
    const length = JSON.stringify(item).length + 1;
    if (length > left && pages.at(-1)!.length > 0) {
      pages.push([]);
      left = most;
    }
    pages.at(-1)!.push(item);
    left -= length;
  }
  const page = pages[number - 1];
  if (page) return { items: page, of: pages.length };
  throw new InputError(
    `There is no page ${number}: the list has ${pages.length === 1 ? 'one page' : `${pages.length} pages`}.`,
    'Leave out "page" for the first.',
  );
}
