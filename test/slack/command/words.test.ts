import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseSegment } from '../../../src/slack/listeners/command/choose-segment.ts';
import { commandOf, textOf } from '../../../src/slack/listeners/command/parse.ts';
import { hostile } from '../blocks/hostile.ts';

describe('what is typed behind /segments', () => {
  it.each([
    ['', { kind: 'list' }],
    ['  LIST ', { kind: 'list' }],
    ['moves', { kind: 'moves' }],
    ['drift', { kind: 'drift' }],
    ['?', { kind: 'help' }],
    ['find', { kind: 'help' }],
    ['show', { kind: 'list' }],
    ['show “Genuine churn risks”', { kind: 'show', words: 'Genuine churn risks' }],
    ['genuine churn risks', { kind: 'show', words: 'genuine churn risks' }],
    ['find  lapsed but   recoverable', { kind: 'find', words: 'lapsed but recoverable' }],
    [
      'find those &lt; 3 orders &amp; <@U012AB3CD|ana>',
      { kind: 'find', words: 'those < 3 orders & somebody' },
    ],
  ])('%s', (text, command) => {
    expect(commandOf(text)).toEqual(command);
  });

  it('is read again from the text of a button as it was understood, whatever was typed', () => {
    fc.assert(
      fc.property(fc.constantFrom('find ', 'show ', ''), fc.lorem({ maxCount: 4 }), (verb, words) => {
        const command = commandOf(verb + words);
        expect(commandOf(textOf(command))).toEqual(command);
      }),
    );
    fc.assert(
      fc.property(hostile, text => {
        expect(textOf(commandOf(text)).length).toBeLessThanOrEqual(1010);
      }),
    );
  });
});

const named = (...names: string[]) =>
  names.map(name => ({ name, key: name.toLowerCase().replaceAll(' ', '-') }));
const segments = named(
  'Price-driven occasional buyers',
  'High-value considered buyers',
  'Champions',
  'Champions of old',
);

describe('a segment by words', () => {
  it.each([
    ['champions', 'Champions'],
    ['CHAMPIONS OF OLD', 'Champions of old'],
    ['champions-of-old', 'Champions of old'],
    ['price', 'Price-driven occasional buyers'],
    ['considered high', 'High-value considered buyers'],
  ])('“%s” is %s', (words, name) => {
    const chosen = chooseSegment(segments, words);
    expect(chosen).toMatchObject({ kind: 'one', segment: { name } });
  });

  it('offers those that it fits alike', () => {
    const chosen = chooseSegment(segments, 'buyers');
    expect(chosen).toMatchObject({
      kind: 'several',
      segments: [{ name: segments[0]!.name }, { name: segments[1]!.name }],
    });
  });

  it('offers what is written like it, the likest first', () => {
    const chosen = chooseSegment(segments, 'Chmapions');
    expect(chosen).toMatchObject({
      kind: 'none',
      near: [{ name: 'Champions' }, { name: 'Champions of old' }],
    });
    expect(chooseSegment(segments, '…')).toEqual({ kind: 'none', near: [] });
  });
});
