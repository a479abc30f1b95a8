import { describe, expect, test } from 'vitest';
import { defaultExpiry, expiryOf } from '../../src/access/expiry.ts';
import { InputError } from '../../src/errors.ts';

const now = new Date('2026-11-22T12:00:00.123Z');

test.each([
  [defaultExpiry, '2027-02-20T12:00:00.123Z'],
  ['1d', '2026-11-23T12:00:00.123Z'],
  ['366d', '2027-11-23T12:00:00.123Z'],
  ['2026-11-22', '2026-11-22T23:59:59.999Z'],
  [' 2027-02-28 ', '2027-02-28T23:59:59.999Z'],
  ['2027-11-22', '2027-11-22T23:59:59.999Z'],
])('%s ends at %s', (text, at) => {
  expect(expiryOf(text, now)).toBe(at);
});

describe('is refused, with what to give instead:', () => {
  test.each([
    ['0d', 'that is past'],
    ['2026-11-21', 'that is past'],
    ['1970-01-01', 'that is past'],
    ['367d', 'a year at most'],
    ['999999d', 'a year at most'],
    ['2027-11-24', 'a year at most'],
    ['9999-12-31', 'a year at most'],
    ['never', 'no date'],
    ['', 'no date'],
    ['30', 'no date'],
    ['-1d', 'no date'],
    ['1.5d', 'no date'],
    ['12h', 'no date'],
    ['9999999d', 'no date'],
    ['2027-02-30', 'no date'],
    ['2027-2-3', 'no date'],
  ])('%s', (text, why) => {
    const error = thrown(() => expiryOf(text, now));
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toContain(why);
    expect(error.next).toContain('90d');
  });
});

function thrown(work: () => unknown): InputError {
  try {
    work();
  } catch (error) {
    return error as InputError;
  }
  throw new Error('nothing was thrown');
}
