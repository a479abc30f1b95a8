import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainJson } from '../../src/state/plain-json.ts';

test('what it lets through comes back from JSON unchanged', () => {
  fc.assert(
    fc.property(fc.jsonValue(), value => {
      const plain = plainJson(value);
      expect(JSON.parse(JSON.stringify(plain))).toEqual(plain);
      expect(plainJson(plain)).toEqual(plain);
    }),
  );
});

test('leaves text alone but for NUL and halves of surrogate pairs', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), text => {
      expect(plainJson(text)).toBe(text.replaceAll('\0', ''));
    }),
  );
  expect(plainJson({ 'k\0': 'a\ud83d' })).toEqual({ k: 'a�' });
});

test.each([
  [{ a: [1, { b: Number.NaN }] }, 'value.a[1].b is NaN'],
  [[Number.NEGATIVE_INFINITY], 'value[0] is -Infinity'],
  [{ at: new Date(0) }, 'value.at is a Date'],
  [{ values: Float64Array.of(1) }, 'value.values is a Float64Array'],
  [{ n: 1n }, 'value.n is of type bigint'],
])('refuses what JSON would change: %s', (value, message) => {
  expect(() => plainJson(value)).toThrow(message);
});

test('leaves out what is undefined, as JSON does', () => {
  expect(plainJson({ a: 1, b: undefined })).toEqual({ a: 1 });
});
