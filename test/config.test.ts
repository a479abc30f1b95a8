import { describe, expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';

describe('where the server is reached', () => {
  test('is this machine alone unless it is told otherwise', () => {
    expect(readConfig({})).toMatchObject({ host: '127.0.0.1', port: 7373, allowedHosts: [] });
  });

  test.each(['0.0.0.0', '::', '::1', '192.168.1.5', 'fd00::1', 'localhost', 'shop.example.org'])(
    'may be %s',
    host => {
      expect(readConfig({ KINDRED_HOST: host }).host).toBe(host);
    },
  );

  test.each(['127.0.0.1:7373', '[::1]', 'http://localhost', 'two names', '*', '-x', 'a/b', '@'])(
    'cannot be %s',
    host => {
      expect(() => readConfig({ KINDRED_HOST: host })).toThrow('KINDRED_HOST: must be an address or name');
    },
  );

  test('has the names that are listed, in lower case', () => {
    const listed = (text: string) => readConfig({ KINDRED_ALLOWED_HOSTS: text }).allowedHosts;
    expect(listed('Kindred.example.org')).toEqual(['kindred.example.org']);
    expect(listed(' kindred, 192.0.2.7 ,shop.example.org,')).toEqual([
      'kindred',
      '192.0.2.7',
      'shop.example.org',
    ]);
    expect(listed('')).toEqual([]);
  });

  test.each(['*', '*.example.org', 'https://kindred.example.org', 'kindred:443', 'a,b/c'])(
    'has no name such as %s',
    text => {
      expect(() => readConfig({ KINDRED_ALLOWED_HOSTS: text })).toThrow(
        'KINDRED_ALLOWED_HOSTS: must be names without https://',
      );
    },
  );
});
