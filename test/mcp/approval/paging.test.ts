import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageOf } from '../../../src/mcp/approval/paging.ts';

const pagesOf = (items: readonly string[], most: number) => {
  const { of } = pageOf(items, 1, most);
  return Array.from({ length: of }, (_, i) => pageOf(items, i + 1, most).items);
};

describe('pages', () => {
  it('hold each item once, in their order, and each fits', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 60 }), { maxLength: 200 }),
        fc.integer({ min: 500, max: 3000 }),
        (items, most) => {
          const pages = pagesOf(items, most);
          expect(pages.flat()).toEqual(items);
          // As elements of one list: commas between them, and no brackets.
          for (const page of pages) expect(JSON.stringify(page).length - 1).toBeLessThanOrEqual(most);
          if (items.length > 0) expect(pages.every(page => page.length > 0)).toBe(true);
          else expect(pages).toEqual([[]]);
        },
      ),
    );
  });

  it('end', () => {
    const items = Array.from({ length: 100 }, () => 'x'.repeat(30));
    const { of } = pageOf(items, 1, 1000);
    expect(of).toBeGreaterThan(2);
    expect(() => pageOf(items, of + 1, 1000)).toThrow(`There is no page ${of + 1}: the list has ${of} pages`);
    expect(() => pageOf(['x'], 2, 1000)).toThrow('the list has one page');
  });

  it('hold what is longer than one by itself', () => {
    expect(pagesOf(['a', 'x'.repeat(2000), 'b'], 1000)).toEqual([['a'], ['x'.repeat(2000)], ['b']]);
  });
});
