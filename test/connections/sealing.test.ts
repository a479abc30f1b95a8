import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyMark, opened, sealed, subkey } from '../../src/connections/sealing.ts';

const key = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(bytes => Buffer.from(bytes));
const own = Buffer.alloc(32, 7);

test('what was sealed opens with its key and context, and says which key it was where another is tried', () => {
  fc.assert(
    fc.property(key, fc.string({ unit: 'grapheme' }), fc.string(), key, (mine, text, context, other) => {
      const seal = sealed(mine, 'connections', context, text);
      expect(opened(mine, 'connections', context, seal)).toEqual({ text });
      expect(opened(mine, 'connections', `${context}!`, seal)).toEqual({ problem: 'damaged' });
      expect(opened(mine, 'erasures', context, seal)).toEqual({ problem: 'damaged' });
      if (!mine.equals(other))
        expect(opened(other, 'connections', context, seal)).toEqual({ problem: 'another key' });
    }),
  );
});

test('whatever letter of it is changed, it does not open', () => {
  const seal = sealed(own, 'connections', 'klaviyo', '{"api_key":"pk_123"}');
  fc.assert(
    fc.property(fc.nat(seal.length - 1), fc.constantFrom(...'AZaz09_-.'), (at, letter) => {
      const changed = seal.slice(0, at) + letter + seal.slice(at + 1);
      // The last letter of base64 may carry bits that are not used.
      const same = (text: string) =>
        text
          .split('.')
          .map((part, i) => (i < 2 ? part : Buffer.from(part, 'base64url').toString('hex')))
          .join('.');
      fc.pre(same(changed) !== same(seal));
      expect(opened(own, 'connections', 'klaviyo', changed)).toHaveProperty('problem');
    }),
    { numRuns: 500 },
  );
  for (const text of ['', 'kindred1', seal.slice(0, -4), `${seal}.x`])
    expect(opened(own, 'connections', 'klaviyo', text)).toEqual({ problem: 'damaged' });
});

test('no two seals are alike, and neither they nor the mark show the key or the text', () => {
  const seals = [sealed(own, 'connections', '', 'secret'), sealed(own, 'connections', '', 'secret')];
  expect(new Set(seals).size).toBe(2);
  expect(seals.join()).not.toContain('secret');
  expect(seals[0]).toContain(keyMark(own));
  expect(subkey(own, 'connections').equals(subkey(own, 'suppression'))).toBe(false);
});
