import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { code, markdownTable, plain } from '../../src/segmentation/markdown.ts';

/** Signs that mean something in Markdown or HTML, among letters. */
const hostile = fc
  .array(
    fc.constantFrom(...'|`#[]()<>*_~!$&\\-=+.1)ab \n\t\r\u2028'.split(''), 'http://', 'www.', '&amp;', 'a@b'),
    {
      maxLength: 30,
    },
  )
  .map(parts => parts.join(''));

/** What a reader sees of text that holds no markup but escapes. */
const shown = (markdown: string) =>
  markdown
    .replaceAll('&#8203;', '')
    .replaceAll(/\\([!-/:-@[-`{-~])/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&');

const withoutEscapes = (markdown: string) => markdown.replaceAll(/\\[!-/:-@[-`{-~]/g, '');

describe('text from data', () => {
  it('reads as it stands, on one line', () => {
    fc.assert(
      fc.property(hostile, text => {
        expect(shown(plain(text))).toBe(text.replaceAll(/[\p{C}\p{Z}\s]+/gu, ' ').trim());
        expect(plain(text)).not.toMatch(/[\n\r\u2028]/);
      }),
    );
  });

  it('makes no link, code, emphasis, HTML or formula, and begins no heading, list or quote', () => {
    fc.assert(
      fc.property(hostile, text => {
        const bare = withoutEscapes(plain(text));
        expect(bare).not.toMatch(/[`*_[\]<|~$]/);
        expect(bare).not.toMatch(/https?:|www\.|@\w/i);
        expect(plain(text)).not.toMatch(/^(?:[#>]|[-+]( |$)|\d+[.)]( |$)|[-=]+$)/);
      }),
    );
  });

  it('stays in its cell', () => {
    fc.assert(
      fc.property(hostile, hostile, (one, two) => {
        const table = markdownTable(
          [{ head: 'A' }, { head: 'B', right: true }],
          [
            [plain(one), plain(two)],
            [code(one), ''],
          ],
        );
        const lines = table.split('\n');
        expect(lines).toHaveLength(4);
        for (const line of lines) expect(withoutEscapes(line).split('|')).toHaveLength(4);
      }),
    );
  });
});

it('leaves alone what means nothing where it stands', () => {
  const text = '6.8 %, -5 (a + b), 1.5 a month! C# and {x}';
  expect(plain(text)).toBe(text);
  expect(plain('-5 %')).toBe('-5 %');
});
