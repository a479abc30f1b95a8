import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plain } from '../../../src/segmentation/markdown.ts';
import { markdownOf } from '../../../src/slack/blocks/markdown.ts';
import { deadMarkdown } from '../../../src/slack/blocks/markdown-dead.ts';
import { textOf } from '../../../src/slack/blocks/markdown-inline.ts';
import { messagesOf } from '../../../src/slack/blocks/messages.ts';
import { piecesOf } from '../../../src/slack/blocks/split.ts';
import { tidy } from '../../../src/slack/blocks/text.ts';
import { checkMessage } from '../../support/slack/block-kit/check.ts';
import { hostile, lettersOf, links, living } from './hostile.ts';

/** Text outside of code, where some things are left as they are. */
const outside = (markdown: string) =>
  markdown.replaceAll(/\\[\\`]/g, '').replaceAll(/```[\s\S]*?(?:```|$)|`[^`\n]+`/g, ' ');

describe('dead Markdown', () => {
  test('keeps its formatting', () => {
    const page =
      '# Title\n\n**Bold** and *italic*, `kindred segments --data ./shop.d`.\n\n> Quoted\n\n- one\n  - two\n\n1. first\n\n| a | b |\n| --- | ---: |\n| x | 1 |';
    expect(deadMarkdown(page)).toBe(page);
  });

  test.each([
    ['<!channel>', '&lt;!channel&gt;'],
    ['[Approve](https://evil.example)', '[Approve]\u200b(https:\u200b//evil.\u200bexample)'],
    ['R&D', 'R&amp;D'],
    ['&#60;!here&#62;', '&amp;#\u200b60;!here&amp;#\u200b62;'],
    ['a &#8203;b', 'a \u200bb'],
    ['`<!channel>`', '`&lt;!channel&gt;`'],
    ['`https://evil.example`', '`https:\u200b//evil.example`'],
    ['@here', '@\u200bhere'],
    // Whatever looks like code and is none: a fence that begins within a line, code that goes over lines.
    ['so ``` much\n\n[a](//evil.example)', 'so ``` much\n\n[a]\u200b(//evil.example)'],
    ['`a\nb` [a](//evil) `c`', '`a\nb` [a]\u200b(//evil) `c`'],
  ])('%s', (text, dead) => {
    expect(deadMarkdown(text)).toBe(dead);
  });

  test('nothing of any text is alive, and a second time changes nothing', () => {
    fc.assert(
      fc.property(hostile, text => {
        const dead = deadMarkdown(text);
        expect(dead).not.toMatch(/<|https?:\/\/|mailto:\w/i);
        expect(outside(dead)).not.toMatch(living);
        expect(dead).not.toMatch(links);
        expect(deadMarkdown(dead)).toBe(dead);
      }),
    );
  });
});

describe('Markdown as blocks of a message', () => {
  test('headings, text, tables and rules', () => {
    const blocks = markdownOf(
      '# Digest\n\n**All is well.**\n\n- one\n- two\n\n## Segments\n\n| Segment | Customers | Value |\n| --- | ---: | ---: |\n| R\\*D | 1,234 | €1.2k |\n| Tiny | fewer than 10 | – |\n\n---\n\nThe end.',
    );
    expect(blocks).toMatchObject([
      { type: 'header', text: { text: 'Digest' } },
      { type: 'markdown', text: '**All is well.**\n\n- one\n- two' },
      { type: 'header', text: { text: 'Segments' } },
      {
        type: 'data_table',
        caption: 'Segments',
        rows: [
          [{ text: 'Segment' }, { text: 'Customers' }, { text: 'Value' }],
          [
            { type: 'raw_text', text: 'R*D' },
            { type: 'raw_number', value: 1234, text: '1,234' },
            { type: 'raw_number', value: 1200, text: '€1.2k' },
          ],
          [{ text: 'Tiny' }, { type: 'raw_text', text: 'fewer than 10' }, { type: 'raw_text', text: '–' }],
        ],
      },
      { type: 'divider' },
      { type: 'markdown', text: 'The end.' },
    ]);
  });

  test('a long list is cut between its items, and a long paragraph between its sentences', () => {
    const item = `- ${'Word '.repeat(100)}end.`;
    const list = markdownOf(Array.from({ length: 20 }, () => item).join('\n'));
    expect(list.length).toBeGreaterThan(2);
    for (const block of list) expect('text' in block && block.text).toMatch(/^- Word[\s\S]*end\.$/);
    const sentence = `It ${'is '.repeat(60)}so.`;
    const paragraph = markdownOf(Array.from({ length: 40 }, () => sentence).join(' '));
    expect(paragraph.length).toBeGreaterThan(2);
    for (const block of paragraph) expect('text' in block && block.text).toMatch(/^It [\s\S]*so\.$/);
  });

  test('bold text that is cut is bold in both halves', () => {
    const blocks = markdownOf(`**${'Word '.repeat(900)}end.**`);
    expect(blocks.length).toBeGreaterThan(1);
    for (const block of blocks) expect('text' in block && block.text).toMatch(/^\*\*[^*]+\*\*$/);
  });

  test('whatever it is, Slack takes it, nothing in it is alive, and every word is there in its order', () => {
    fc.assert(
      fc.property(hostile, text => {
        const blocks = markdownOf(text);
        for (const message of messagesOf(blocks))
          expect(checkMessage({ text: 't', blocks: message })).toEqual([]);
        for (const block of blocks)
          if (block.type === 'markdown') {
            expect(block.text).not.toMatch(/<|https?:\/\/|mailto:\w/i);
            expect(outside(block.text)).not.toMatch(living);
            expect(block.text).not.toMatch(links);
          }
        if (!blocks.some(({ type }) => type === 'data_table'))
          expect(blocks.map(lettersSeen).join('') === lettersOf(tidy(text))).toBe(true);
      }),
    );
  });

  test('names out of data are read as they are written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), name => {
        const shown = plain(name).replaceAll('&#8203;', '');
        expect(textOf(plain(name))).toBe(
          shown.replaceAll(/\\(.)/gu, '$1').replaceAll('&lt;', '<').replaceAll('&amp;', '&'),
        );
      }),
    );
  });
});

test('a line is read without its marks', () => {
  expect(textOf('a **b *c*** `d*` ~~e~~ \\*f\\* 5 * 3')).toBe('a b c d* e *f* 5 * 3');
  expect(textOf('***x*** _y_ snake_case_name __z__ R&amp;D &lt;3')).toBe('x y snake_case_name z R&D <3');
});

test('pieces have all of a text and fit', () => {
  fc.assert(
    fc.property(hostile, fc.integer({ min: 20, max: 400 }), (text, most) => {
      const pieces = piecesOf(text, most);
      for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(most);
      expect(pieces.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
    }),
  );
});

/** Texts of a block. */
function seen(part: unknown): string {
  if (Array.isArray(part)) return part.map(seen).join('');
  if (typeof part !== 'object' || part === null) return '';
  return Object.entries(part)
    .map(([key, value]) => (typeof value !== 'string' ? seen(value) : key === 'text' ? value : ''))
    .join('');
}

/** Only Markdown is read for entities. */
function lettersSeen(block: { type: string }): string {
  return block.type === 'markdown' ? lettersOf(seen(block)) : seen(block).replaceAll(/[^A-Za-z]/g, '');
}
