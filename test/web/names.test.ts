import { describe, expect, test } from 'vitest';
import { accessTests, bearing, errorOf } from './access-server.ts';

const access = accessTests();

describe('headers', () => {
  test('without a token are asked for one', async () => {
    const response = await access.served.ask();
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="Kindred"');
    expect(await errorOf(response)).toEqual({
      message: 'An access token is needed.',
      next: expect.stringContaining('Authorization: Bearer TOKEN'),
    });
  });

  test('may write the scheme in any case and with several spaces', async () => {
    const { token } = await access.newToken();
    for (const value of [`bearer ${token}`, `BEARER ${token}`, `Bearer    ${token}`, `  Bearer ${token}  `])
      expect((await access.served.ask({ authorization: value })).status).toBe(200);
  });

  test('of any other form let nobody in', async () => {
    const { token } = await access.newToken();
    const forms = [
      token,
      'Bearer',
      'Bearer ',
      `Basic ${token}`,
      `Basic ${btoa(`kindred:${token}`)}`,
      `Bearer${token}`,
      `Bearer ${token} `.repeat(2).trim(),
      `Bearer ${token}, Bearer ${token}`,
      `Bearer ${token} x`,
      `Bearer ${token}x`,
      `Bearer x${token}`,
      `Bearer "${token}"`,
      `Bearer ${token.toUpperCase()}`,
      `Bearer ${token.slice(0, -1)}`,
      `Bearer kin_${'_'.repeat(73)}`,
      `Bearer ../../${token}`,
    ];
    for (const authorization of forms)
      expect([authorization, (await access.served.ask({ authorization })).status]).toEqual([
        authorization,
        401,
      ]);
    expect((await access.served.ask({ 'x-authorization': `Bearer ${token}` })).status).toBe(401);
    expect(
      (await access.served.ask({}, `/mcp?authorization=Bearer%20${token}&access_token=${token}`)).status,
    ).toBe(401);
  });

  test('that say it twice are refused, whichever is right', async () => {
    const { token } = await access.newToken();
    const [right, wrong] = [`Authorization: Bearer ${token}`, 'authorization: Bearer x'];
    for (const pair of [
      [right, wrong],
      [wrong, right],
      [right, right],
    ]) {
      const { status, answer } = await access.served.raw(['GET /mcp HTTP/1.1', 'Host: localhost', ...pair]);
      expect(status).toBe(401);
      expect(answer).toContain('several came');
    }
    expect((await access.served.raw(['GET /mcp HTTP/1.1', 'Host: localhost', right])).status).toBe(200);
  });

  test('that are huge are refused, and the server goes on', async () => {
    const { token } = await access.newToken();
    const long = (length: number) => [
      'GET /mcp HTTP/1.1',
      'Host: localhost',
      `Authorization: Bearer ${'k'.repeat(length)}`,
    ];
    expect((await access.served.raw(long(20_000))).status).toBe(431);
    expect((await access.served.raw(long(12_000))).status).toBe(401);
    expect((await access.served.ask(bearing(token))).status).toBe(200);
  });
});

describe('names', () => {
  const as = (token: string, ...lines: string[]) =>
    access.served.raw(['GET /mcp HTTP/1.1', `Authorization: Bearer ${token}`, ...lines]);

  test('a page whose name was made to point here gets nothing, with a valid token too', async () => {
    const { token } = await access.newToken();
    const { status, answer } = await as(
      token,
      'Host: rebound.example.org:7373',
      'Origin: http://rebound.example.org:7373',
    );
    expect(status).toBe(421);
    expect(answer).toContain('KINDRED_ALLOWED_HOSTS');
    for (const host of [
      'rebound.example.org',
      'localhost.example.org',
      '127.0.0.1.nip.io',
      '0.0.0.0',
      '10.0.0.1',
      '',
    ])
      expect([host, (await as(token, `Host: ${host}`)).status]).toEqual([host, 421]);
    expect((await access.served.raw(['GET /mcp HTTP/1.0', `Authorization: Bearer ${token}`])).status).toBe(
      421,
    );
    for (const hosts of [
      ['Host: localhost', 'Host: rebound.example.org'],
      ['Host: rebound.example.org', 'Host: localhost'],
    ])
      expect((await as(token, ...hosts)).status).toBe(421);
    const forwarded = await as(token, 'Host: rebound.example.org', 'X-Forwarded-Host: localhost');
    expect(forwarded.status).toBe(421);
  });

  test('a page from access.elsewhere gets nothing, with a valid token too', async () => {
    const { token } = await access.newToken();
    const from = async (origin: string) => (await as(token, 'Host: localhost', `Origin: ${origin}`)).status;
    for (const origin of [
      'https://example.org',
      'http://localhost.example.org',
      'http://localhost@example.org',
      'null',
      'localhost',
      'file://',
      'chrome-extension://localhost',
      '',
    ])
      expect([origin, await from(origin)]).toEqual([origin, 403]);
    for (const origin of ['http://localhost:6274', 'http://127.0.0.1', 'https://[::1]:8443'])
      expect([origin, await from(origin)]).toEqual([origin, 200]);
  });

  test('that are listed are known, in whatever case and on any port', async () => {
    await access.restart({ knownNames: ['kindred.example.org', '192.0.2.7'] });
    const { token } = await access.newToken();
    for (const host of ['kindred.example.org', 'KINDRED.example.org:443', '192.0.2.7:7373'])
      expect([host, (await as(token, `Host: ${host}`)).status]).toEqual([host, 200]);
    for (const host of ['example.org', 'x.kindred.example.org', 'kindred.example.org.'])
      expect([host, (await as(token, `Host: ${host}`)).status]).toEqual([host, 421]);
    const origin = await as(token, 'Host: kindred.example.org', 'Origin: https://kindred.example.org');
    expect(origin.status).toBe(200);
  });
});
