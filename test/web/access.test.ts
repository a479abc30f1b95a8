import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { revokeToken } from '../../src/access/manage.ts';
import { openPostgresState } from '../../src/state/postgres.ts';
import { type State, stateOver } from '../../src/state/state.ts';
import { ownerHeaders } from '../../src/web/owner-headers.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { type AccessServer, accessServer, bearing, eventsToken, issue, lockToken } from './access-server.ts';

/** Two connections to one database: what another process writes is seen by the server. */
let state: State;
let elsewhere: State;
beforeAll(async () => {
  const url = await freshDatabase();
  state = await stateOver(await openPostgresState(url));
  elsewhere = await stateOver(await openPostgresState(url));
});
afterAll(async () => {
  await state?.close();
  await elsewhere?.close();
});

let served: AccessServer;
beforeEach(async () => {
  served = await accessServer(state);
});
afterEach(() => served.server.close());

/** Names are unique among live tokens, and the database is shared by the tests. */
let made = 0;
const newToken = (role: 'viewer' | 'analyst' | 'approver' = 'analyst', expires?: string) =>
  issue(elsewhere, `token ${++made}`, role, expires);

const refusals = async (id: string) =>
  (await state.audit.list())
    .filter(({ action, subject }) => action === 'token.refused' && subject === id)
    .map(({ actor, details }) => [actor, details.reason]);

const errorOf = async (response: Response) =>
  ((await response.json()) as { error: { message: string; next: string } }).error;

describe('a token', () => {
  test.each(['viewer', 'analyst', 'approver'] as const)('of a %s says who asks', async role => {
    const { token, id, name } = await newToken(role);
    const response = await served.ask(bearing(token));
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ actor: name, role, surface: 'http', key: `token:${id}` });
  });

  test('counts until it ends, and then is told to have ended', async () => {
    const { token, id, name } = await newToken('analyst', '30d');
    served.clock.now = new Date('2026-12-22T11:59:59.999Z');
    expect((await served.ask(bearing(token))).status).toBe(200);
    served.clock.now = new Date('2026-12-22T12:00:00Z');
    const response = await served.ask(bearing(token));
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="Kindred", error="invalid_token"');
    const { message, next } = await errorOf(response);
    expect(message).toBe(`The access token "${name}" ended on 2026-12-22.`);
    expect(next).toContain('kindred token create');
    expect(await refusals(id)).toEqual([[name, 'expired']]);
  });

  test('that another process revokes is refused from the next request on', async () => {
    const { token, id, name } = await newToken();
    expect((await served.ask(bearing(token))).status).toBe(200);
    const now = () => new Date('2026-11-22T13:00:00Z');
    await revokeToken({ state: elsewhere, now }, { named: name, actor: 'bob' });
    for (const _ of [1, 2]) {
      const response = await served.ask(bearing(token));
      expect(response.status).toBe(401);
      expect((await errorOf(response)).message).toBe(`The access token "${name}" was revoked on 2026-11-22.`);
    }
    // Once an hour.
    expect(await refusals(id)).toEqual([[name, 'revoked']]);
    served.clock.now = new Date('2026-11-22T13:00:00Z');
    await served.ask(bearing(token));
    expect(await refusals(id)).toHaveLength(2);
  });

  test('with another secret is no more known than one that never was', async () => {
    const { token, id } = await newToken();
    const wrong = `${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`;
    const unknown = `kin_ffffffff_${'0'.repeat(64)}`;
    const answers = await Promise.all([wrong, unknown].map(async one => served.ask(bearing(one))));
    const [first, second] = await Promise.all(answers.map(async one => [one.status, await one.text()]));
    expect(first).toEqual(second);
    expect(first).toEqual([401, expect.stringContaining('The access token is not valid here.')]);
    expect(await refusals(id)).toEqual([['unknown', 'wrong']]);
    expect(await refusals('ffffffff')).toEqual([]);
  });

  test('is noted to be used once a day, and no answer waits for that', async () => {
    const { token, id } = await newToken();
    const used = vi.spyOn(state.accessTokens, 'used').mockReturnValue(new Promise(() => {}));
    try {
      expect((await served.ask(bearing(token))).status).toBe(200);
      expect(used.mock.calls).toEqual([[id, '2026-11-22']]);
    } finally {
      used.mockRestore();
    }
    const noted = async () => (await state.accessTokens.byId(id))?.token.lastUsedOn;
    await state.accessTokens.used(id, '2026-11-22');
    const again = vi.spyOn(state.accessTokens, 'used');
    await served.ask(bearing(token));
    expect(again).not.toHaveBeenCalled();
    served.clock.now = new Date('2026-11-23T00:00:00Z');
    await served.ask(bearing(token));
    expect(again.mock.calls).toEqual([[id, '2026-11-23']]);
    await again.mock.results[0]!.value;
    expect(await noted()).toBe('2026-11-23');
    again.mockRestore();
  });
});

describe('headers', () => {
  test('without a token are asked for one', async () => {
    const response = await served.ask();
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="Kindred"');
    expect(await errorOf(response)).toEqual({
      message: 'An access token is needed.',
      next: expect.stringContaining('Authorization: Bearer TOKEN'),
    });
  });

  test('may write the scheme in any case and with several spaces', async () => {
    const { token } = await newToken();
    for (const value of [`bearer ${token}`, `BEARER ${token}`, `Bearer    ${token}`, `  Bearer ${token}  `])
      expect((await served.ask({ authorization: value })).status).toBe(200);
  });

  test('of any other form let nobody in', async () => {
    const { token } = await newToken();
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
      expect([authorization, (await served.ask({ authorization })).status]).toEqual([authorization, 401]);
    expect((await served.ask({ 'x-authorization': `Bearer ${token}` })).status).toBe(401);
    expect((await served.ask({}, `/mcp?authorization=Bearer%20${token}&access_token=${token}`)).status).toBe(
      401,
    );
  });

  test('that say it twice are refused, whichever is right', async () => {
    const { token } = await newToken();
    const [right, wrong] = [`Authorization: Bearer ${token}`, 'authorization: Bearer x'];
    for (const pair of [
      [right, wrong],
      [wrong, right],
      [right, right],
    ]) {
      const { status, answer } = await served.raw(['GET /mcp HTTP/1.1', 'Host: localhost', ...pair]);
      expect(status).toBe(401);
      expect(answer).toContain('several came');
    }
    expect((await served.raw(['GET /mcp HTTP/1.1', 'Host: localhost', right])).status).toBe(200);
  });

  test('that are huge are refused, and the server goes on', async () => {
    const { token } = await newToken();
    const long = (length: number) => [
      'GET /mcp HTTP/1.1',
      'Host: localhost',
      `Authorization: Bearer ${'k'.repeat(length)}`,
    ];
    expect((await served.raw(long(20_000))).status).toBe(431);
    expect((await served.raw(long(12_000))).status).toBe(401);
    expect((await served.ask(bearing(token))).status).toBe(200);
  });
});

describe('names', () => {
  const as = (token: string, ...lines: string[]) =>
    served.raw(['GET /mcp HTTP/1.1', `Authorization: Bearer ${token}`, ...lines]);

  test('a page whose name was made to point here gets nothing, with a valid token too', async () => {
    const { token } = await newToken();
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
    expect((await served.raw(['GET /mcp HTTP/1.0', `Authorization: Bearer ${token}`])).status).toBe(421);
    const forwarded = await as(token, 'Host: rebound.example.org', 'X-Forwarded-Host: localhost');
    expect(forwarded.status).toBe(421);
  });

  test('a page from elsewhere gets nothing, with a valid token too', async () => {
    const { token } = await newToken();
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
    await served.server.close();
    served = await accessServer(state, { knownNames: ['kindred.example.org', '192.0.2.7'] });
    const { token } = await newToken();
    for (const host of ['kindred.example.org', 'KINDRED.example.org:443', '192.0.2.7:7373'])
      expect([host, (await as(token, `Host: ${host}`)).status]).toEqual([host, 200]);
    for (const host of ['example.org', 'x.kindred.example.org', 'kindred.example.org.'])
      expect([host, (await as(token, `Host: ${host}`)).status]).toEqual([host, 421]);
    const origin = await as(token, 'Host: kindred.example.org', 'Origin: https://kindred.example.org');
    expect(origin.status).toBe(200);
  });
});

describe('rates', () => {
  const start = async (limits: { requests: number; refused: number }) => {
    await served.server.close();
    served = await accessServer(state, { limits });
  };
  const statuses = async (token: string, times: number) => {
    const found: number[] = [];
    for (let i = 0; i < times; i++) found.push((await served.ask(bearing(token))).status);
    return found;
  };

  test('a token that asks too often is told when to ask again, and no other is held up', async () => {
    await start({ requests: 3, refused: 3 });
    const [busy, other] = [await newToken(), await newToken()];
    expect(await statuses(busy.token, 5)).toEqual([200, 200, 200, 429, 429]);
    const response = await served.ask(bearing(busy.token));
    const after = Number(response.headers.get('retry-after'));
    expect(after).toBeGreaterThan(0);
    expect(after).toBeLessThanOrEqual(60);
    expect(await errorOf(response)).toEqual({
      message: 'More than 3 requests came with this token in a minute.',
      next: `Try again in ${after} seconds.`,
    });
    expect(await statuses(other.token, 1)).toEqual([200]);
    expect(served.logged.filter(line => line.includes('too many requests'))).toHaveLength(1);
  });

  test('a minute later it is heard again', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      await start({ requests: 1, refused: 1 });
      const { token } = await newToken();
      expect(await statuses(token, 2)).toEqual([200, 429]);
      expect(await statuses('guess', 2)).toEqual([401, 429]);
      vi.setSystemTime(Date.now() + 60_000);
      expect(await statuses(token, 2)).toEqual([200, 429]);
      expect(await statuses('guess', 2)).toEqual([401, 429]);
    } finally {
      vi.useRealTimers();
    }
  });

  test('an address that guesses is not listened to, but for tokens that passed before', async () => {
    await start({ requests: 100, refused: 3 });
    const [known, fresh] = [await newToken(), await newToken()];
    expect(await statuses(known.token, 1)).toEqual([200]);
    expect(await statuses('guess', 5)).toEqual([401, 401, 401, 429, 429]);
    const response = await served.ask(bearing(fresh.token));
    expect([response.status, Number(response.headers.get('retry-after')) > 0]).toEqual([429, true]);
    expect(await statuses(known.token, 3)).toEqual([200, 200, 200]);
    await elsewhere.accessTokens.revoke(known.id, { at: '2026-11-22T12:00:00.000Z', actor: 'ada' });
    expect(await statuses(known.token, 3)).toEqual([401, 429, 429]);
    expect(served.logged.filter(line => line.includes('too many wrong tokens')).length).toBeGreaterThan(0);
  });

  test('wrong tokens for events and commands count as well', async () => {
    await start({ requests: 100, refused: 3 });
    const post = async (path: string, token: string) =>
      (await fetch(`${served.url}${path}`, { method: 'POST', headers: bearing(token) })).status;
    expect(await post('/v1/events', 'guess')).toBe(401);
    expect(await post('/v1/command', 'guess')).toBe(401);
    expect(await post('/v1/events', `${eventsToken}!`)).toBe(401);
    expect(await post('/v1/events', eventsToken)).toBe(429);
    expect(await post('/v1/command', lockToken)).toBe(429);
    expect((await served.ask({}, '/healthz')).status).toBe(200);
  });

  test('a request that is looked at again counts once', async () => {
    let looks: Promise<number> | undefined;
    await served.server.close();
    served = await accessServer(state, {
      limits: { requests: 1, refused: 3 },
      async mcp(scope, callerOf) {
        scope.get('/mcp', async request => {
          looks = callerOf(request)
            .then(() => callerOf(request))
            .then(() => 200);
          return { looks: await looks };
        });
      },
    });
    const { token } = await newToken();
    expect(await statuses(token, 2)).toEqual([200, 429]);
  });
});

describe('the owner of the folder', () => {
  test('asks with the token of the lock file, under their name and with as little right as they like', async () => {
    const owner = { actor: 'Zoë Łuk 王', role: 'viewer' } as const;
    const response = await served.ask(ownerHeaders(lockToken, owner));
    expect(await response.json()).toEqual({ ...owner, surface: 'http', key: 'owner:viewer:Zoë Łuk 王' });
    const plain = await served.ask(bearing(lockToken));
    expect(await plain.json()).toMatchObject({ role: 'approver', actor: 'the owner of this machine' });
  });

  test.each([
    ['x-kindred-role', 'admin'],
    ['x-kindred-actor', '%'],
    ['x-kindred-actor', '%0A'],
    ['x-kindred-actor', 'a'.repeat(101)],
  ])('has to make sense in %s: %s', async (header, value) => {
    const response = await served.ask({ ...bearing(lockToken), [header]: value });
    expect(response.status).toBe(400);
    expect((await errorOf(response)).next).toContain('viewer, analyst or approver');
  });

  test('is nobody who wears headers like theirs with a token', async () => {
    const { token, name } = await newToken('viewer');
    const response = await served.ask({
      ...bearing(token),
      'x-kindred-role': 'approver',
      'x-kindred-actor': 'ada',
    });
    expect(await response.json()).toMatchObject({ role: 'viewer', actor: name });
  });
});

describe('from another machine, or through a proxy on this one', () => {
  const ways = [
    ['another machine', {}, '192.0.2.7'],
    ['a proxy', { 'x-forwarded-for': '192.0.2.7' }, '127.0.0.1'],
    ['a proxy that says so otherwise', { forwarded: 'for=192.0.2.7' }, '::1'],
  ] as const;
  const headers = { host: 'localhost' };

  test.each(ways)('%s, no command is taken', async (_, passed, remoteAddress) => {
    const command = (more: object, from: string) =>
      served.server.inject({
        method: 'POST',
        url: '/v1/command',
        headers: { ...headers, ...bearing(lockToken), ...more },
        payload: { args: ['segments'], cwd: '/', columns: 80, interactive: false },
        remoteAddress: from,
      });
    const answer = await command(passed, remoteAddress);
    expect(answer.statusCode).toBe(403);
    expect(answer.json().error.next).toContain('on the machine that runs the server');
    expect((await command({}, '::ffff:127.0.0.1')).statusCode).toBe(200);
  });

  test.each(ways)('%s, the token of the lock file is none', async (_, passed, remoteAddress) => {
    const answer = await served.server.inject({
      url: '/mcp',
      headers: { ...headers, ...bearing(lockToken), ...passed },
      remoteAddress,
    });
    expect(answer.statusCode).toBe(401);
  });

  test.each(ways)('%s, an access token lets in', async (_, passed, remoteAddress) => {
    const { token } = await newToken();
    const answer = await served.server.inject({
      url: '/mcp',
      headers: { ...headers, ...bearing(token), ...passed },
      remoteAddress,
    });
    expect(answer.statusCode).toBe(200);
  });

  test.each(ways)('%s, health tells whether and not what', async (_, passed, remoteAddress) => {
    const look = (more: object, from: string) =>
      served.server.inject({ url: '/healthz', headers: { ...headers, ...more }, remoteAddress: from });
    expect((await look(passed, remoteAddress)).json()).toEqual({ status: 'ok' });
    expect((await look({}, '127.0.0.1')).json()).toMatchObject({ busy: 'kindred segment' });
  });

  test.each(ways)('%s, events need their own token', async (_, passed, remoteAddress) => {
    const { token } = await newToken('approver');
    const send = async (shown: string) =>
      (
        await served.server.inject({
          method: 'POST',
          url: '/v1/events',
          headers: { ...headers, ...bearing(shown), ...passed },
          payload: [],
          remoteAddress,
        })
      ).statusCode;
    expect([await send(token), await send(lockToken), await send(eventsToken)]).toEqual([401, 401, 200]);
  });
});

test('the log tells what was refused and why, and holds no secret', async () => {
  const { token, id } = await newToken();
  await served.raw(['GET /mcp HTTP/1.1', 'Host: evil.example', `Authorization: Bearer ${token}`]);
  await served.ask({ ...bearing(token), origin: 'https://evil.example' });
  await served.ask(bearing('a-secret-of-another-kind'));
  await served.ask({}, `/mcp?token=${token}`);
  await state.accessTokens.revoke(id, { at: '2026-11-22T12:00:00.000Z', actor: 'ada' });
  await served.ask(bearing(token));
  const lines = served.logged.map(line => JSON.parse(line));
  expect(lines.map(({ status, url, msg }) => [msg, status, url])).toEqual([
    ['request refused', 421, '/mcp'],
    ['request refused', 403, '/mcp'],
    ['request refused', 401, '/mcp'],
    ['request refused', 401, '/mcp'],
    ['request refused', 401, '/mcp'],
  ]);
  expect(lines.at(-1).reason).toContain('was revoked on 2026-11-22');
  expect(lines.at(-1).address).toBe('127.0.0.1');
  const secret = token.slice(-64);
  const all = served.logged.join('') + JSON.stringify(await state.audit.list());
  expect(all).not.toContain(secret);
  expect(all).not.toContain('a-secret-of-another-kind');
});

test('what slips into the log by another way is cut', async () => {
  const { token, id } = await newToken();
  const broken = new Error(
    `Could not reach https://x.example with authorization: Bearer ${token}, or ${token}`,
  );
  served.server.log.error({ err: broken, headers: { authorization: `Bearer ${lockToken}` } }, 'failed');
  const line = served.logged.join('');
  expect(line).toContain(`kin_${id}_…`);
  expect(line).not.toContain(token.slice(-64));
  expect(line).not.toContain(lockToken);
  expect(() => JSON.parse(line)).not.toThrow();
});

test('where the tokens cannot be looked up, nobody is let in', async () => {
  await served.server.close();
  served = await accessServer({
    ...state,
    accessTokens: {
      ...state.accessTokens,
      byId: () => Promise.reject(new Error('SELECT "hash" FROM access_tokens')),
    },
  });
  const response = await served.ask(bearing(`kin_00000000_${'0'.repeat(64)}`));
  expect([response.status, await errorOf(response)]).toEqual([500, { message: 'Internal error.' }]);
});
