import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mentions, questionOf, turnsToSomebodyElse } from '../../../src/slack/talk/question.ts';

const bot = 'U0BOT';
const asked = (text: string) => questionOf(text, bot);

describe('the words of a message', () => {
  test.each([
    ['<@U0BOT> who lapsed?', 'who lapsed?'],
    ['<@U0BOT|kindred> who lapsed?', 'who lapsed?'],
    ['who lapsed, <@U0BOT>?', 'who lapsed, ?'],
    ['ask <@U0ANNA> or <@U0BEN|ben>', 'ask somebody or somebody'],
    ['<!channel> and <!subteam^S01|@marketing>: look', 'everybody and somebody: look'],
    ['in <#C01|growth> and <#C02>', 'in #growth and a channel'],
    ['on <!date^1700000000^{date}|14 November>', 'on 14 November'],
    [
      'see <https://shop.example/a?b=1|our shop> or <https://shop.example>',
      'see our shop or https://shop.example',
    ],
    ['what of <mailto:a@b.example|a@b.example>', 'what of a@b.example'],
    ['spend &lt; 50 &amp; orders &gt; 2', 'spend < 50 & orders > 2'],
    ['&amp;lt;@U0BOT&amp;gt;', '&lt;@U0BOT&gt;'],
    ['```\nwho\n```\n\n\n\nand `when`?', 'who\n\nand when?'],
    ['  who \u202elapsed\u0000\u200b?\t ', 'who lapsed?'],
    ['<@U0BOT>', ''],
    ['', ''],
    ['<', '<'],
    ['a < b > c', 'a b c'],
  ])('%j', (text, words) => {
    expect(asked(text)).toBe(words);
  });

  test('tell nobody whom Slack names by a code, whatever is written around it', () => {
    const written = fc.constantFrom('&lt;', '&gt;', '&amp;', '@', '!', '|', '`', 'a', ' ', '\n', '*');
    const codes = fc.constantFrom(
      '<@U0ANNA>',
      '<@U0BOT>',
      '<#C0TEAM|growth>',
      '<!subteam^S0TEAM>',
      '<https://z.example/q|shop>',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(written, codes)), parts => {
        const words = asked(parts.join(''));
        expect(words).not.toMatch(/U0|C0|S0|z\.example/);
        expect(words).toBe(words.trim());
      }),
    );
  });

  test('come at once of the longest message, also of one that is all brackets', () => {
    expect(asked('<'.repeat(40_000)).length).toBe(40_000);
    expect(asked(`${'<a|'.repeat(13_000)}`).length).toBe(39_000);
    expect(asked('\n '.repeat(20_000))).toBe('');
  });
});

test('a mention is one of the whole id', () => {
  expect(mentions('hi <@U0BOT>', bot)).toBe(true);
  expect(mentions('hi <@U0BOT|kindred>', bot)).toBe(true);
  expect(mentions('hi <@U0BOTTLE>', bot)).toBe(false);
});

test('who is turned to is who is mentioned first', () => {
  expect(turnsToSomebodyElse('<@U0ANNA> can you look?', bot)).toBe(true);
  expect(turnsToSomebodyElse('<@U0ANNA> asked <@U0BOT>', bot)).toBe(true);
  expect(turnsToSomebodyElse('<!here> look', bot)).toBe(true);
  expect(turnsToSomebodyElse('<@U0BOT> and <@U0ANNA>', bot)).toBe(false);
  expect(turnsToSomebodyElse('and which of them click?', bot)).toBe(false);
});
