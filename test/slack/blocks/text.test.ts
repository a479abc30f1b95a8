import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bold, clip, messageText, moment, mrkdwn, plain, tidy } from '../../../src/slack/blocks/text.ts';
import { hostile, lettersOf, living } from './hostile.ts';

describe('text from data in mrkdwn', () => {
  test('stays as it looks', () => {
    expect(mrkdwn('Café & Söhne <3')).toBe('Café &amp; Söhne &lt;3');
    expect(mrkdwn('product_viewed, 3*4, 12:30:45, 3.5%, -5')).toBe('product_viewed, 3*4, 12:30:45, 3.5%, -5');
    expect(mrkdwn('two\nlines\tand\u0000 more')).toBe('two lines and more');
  });

  test.each([
    ['<!channel>', '&lt;!channel&gt;'],
    ['@here', '@\u200bhere'],
    ['#general', '#\u200bgeneral'],
    ['https://evil.example', 'https:\u200b//evil.\u200bexample'],
    ['a@evil.example', 'a@\u200bevil.\u200bexample'],
    [':tada:', ':\u200btada:'],
    ['*bold*', '∗bold∗'],
    ['_it_', 'ˍitˍ'],
    ['~gone~', '∼gone∼'],
    ['`code`', 'ˋcodeˋ'],
    ['\u202eevil', 'evil'],
  ])('%s is dead', (text, dead) => {
    expect(mrkdwn(text)).toBe(dead);
  });

  test('nothing of any text is alive, and no word is lost', () => {
    fc.assert(
      fc.property(hostile, text => {
        const dead = mrkdwn(text);
        expect(dead).not.toMatch(living);
        expect(dead).not.toMatch(/[\n`]|\p{Cs}|(?<![A-Za-z0-9])[*_~]|[*_~](?![A-Za-z0-9])/u);
        expect(lettersOf(dead) === tidy(text).replaceAll(/[^A-Za-z]/g, '')).toBe(true);
      }),
    );
  });

  test('bold ends where its text ends', () => {
    expect(bold('The *best* 3*4')).toBe('*The ∗best∗ 3∗4*');
    expect(bold(' \u0000 ')).toBe('');
    fc.assert(
      fc.property(hostile, text => {
        expect(bold(text)).toMatch(/^$|^\*[^*\n]*\S\*$/);
      }),
    );
  });
});

test('a moment has a fallback for where it cannot be shown', () => {
  expect(moment('2026-11-22T16:30:00.000Z')).toBe(
    '<!date^1795365000^{date_short_pretty} at {time}|2026-11-22 16:30 UTC>',
  );
});

describe('clipped', () => {
  test('says by an ellipsis that something was left out', () => {
    expect(clip('abcdef', 6)).toBe('abcdef');
    expect(clip('abcdefg', 6)).toBe('abcde…');
    expect(clip('abcd &amp; e', 8)).toBe('abcd…');
    expect(clip('abcd😀efg', 6)).toBe('abcd…');
    expect(clip('see <https://x|y> z', 12)).toBe('see…');
  });

  test('fits, cuts nothing in two, and is not blank', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 300 }), (text, most) => {
        const clipped = plain(text, most);
        expect(clipped.length).toBeLessThanOrEqual(most);
        expect(clipped).not.toMatch(/^\s*$|[\ud800-\udbff](?![\udc00-\udfff])/);
        expect(messageText(text).replace(/…$/, '')).not.toMatch(/&(?!(?:amp|lt|gt);)/);
      }),
    );
  });
});
