import { homedir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { withoutPaths } from '../src/told-errors.ts';

const home = homedir();

describe('what leaves the machine of an error', () => {
  it.each([
    [`The store ${home}/shop/data is in use.`, 'The store (path in the log) is in use.'],
    [`Delete ${home}/shop/data/kindred.lock.`, 'Delete (path in the log).'],
    ['The store /srv/My Shop/data is in use.', 'The store (path in the log) is in use.'],
    ['It lies in C:\\Users\\Ada\\data now.', 'It lies in (path in the log) now.'],
    ['It is at postgres://ada:secret@db:5432/shop today.', 'It is at postgres://… today.'],
    ['It serves at http://127.0.0.1:7373/mcp: stop it.', 'It serves at http://127.0.0.1:7373/mcp: stop it.'],
    [
      'Approve it and/or run `kindred approve p-1`, 1/2.',
      'Approve it and/or run `kindred approve p-1`, 1/2.',
    ],
  ])('%s', (text, told) => {
    expect(withoutPaths(text, [home, '/srv/My Shop/data'])).toBe(told);
  });
});

it('leaves text alone where home is the root of all paths', () => {
  expect(withoutPaths('Approve it and/or run it at http://127.0.0.1:7373/mcp.', ['/'])).toBe(
    'Approve it and/or run it at http://127.0.0.1:7373/mcp.',
  );
});
