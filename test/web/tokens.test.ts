import { describe, expect, test, vi } from 'vitest';
import { revokeToken } from '../../src/access/manage.ts';
import { UpstreamError } from '../../src/errors.ts';
import { accessTests, bearing, errorOf } from './access-server.ts';

const access = accessTests();

const refusals = async (id: string) =>
  (await access.state.audit.list())
    .filter(({ action, subject }) => action === 'token.refused' && subject === id)
    .map(({ actor, details }) => [actor, details.reason]);

describe('a token', () => {
  test.each(['viewer', 'analyst', 'approver'] as const)('of a %s says who asks', async role => {
    const { token, id, name } = await access.newToken(role);
    const response = await access.served.ask(bearing(token));
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ actor: name, role, surface: 'http', key: `token:${id}` });
  });

  test('counts until it ends, and then is told to have ended', async () => {
    const { token, id, name } = await access.newToken('analyst', '30d');
    access.served.clock.now = new Date('2026-12-22T11:59:59.999Z');
    expect((await access.served.ask(bearing(token))).status).toBe(200);
    access.served.clock.now = new Date('2026-12-22T12:00:00Z');
    const response = await access.served.ask(bearing(token));
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="Kindred", error="invalid_token"');
    const { message, next } = await errorOf(response);
    expect(message).toBe(`The access token "${name}" ended on 2026-12-22.`);
    expect(next).toContain('kindred token create');
    expect(await refusals(id)).toEqual([[name, 'expired']]);
  });

  test('that looks up segments is refused within a second of being revoked, and may nothing else', async () => {
    const { token, name } = await access.newToken('lookup');
    const path = '/v1/customers/C1/segment';
    expect((await access.served.ask(bearing(token))).status).toBe(403);
    expect((await access.served.ask(bearing(token), path)).status).toBe(200);
    const now = () => new Date('2026-11-22T12:00:00Z');
    await revokeToken({ state: access.elsewhere, now }, { named: name, actor: 'bob' });
    access.served.clock.now = new Date('2026-11-22T12:00:01Z');
    expect((await access.served.ask(bearing(token), path)).status).toBe(401);
  });

  test('that another process revokes is refused from the next request on', async () => {
    const { token, id, name } = await access.newToken();
    expect((await access.served.ask(bearing(token))).status).toBe(200);
    const now = () => new Date('2026-11-22T13:00:00Z');
    await revokeToken({ state: access.elsewhere, now }, { named: name, actor: 'bob' });
    for (const _ of [1, 2]) {
      const response = await access.served.ask(bearing(token));
      expect(response.status).toBe(401);
      expect((await errorOf(response)).message).toBe(`The access token "${name}" was revoked on 2026-11-22.`);
    }
    // Once an hour.
    expect(await refusals(id)).toEqual([[name, 'revoked']]);
    access.served.clock.now = new Date('2026-11-22T13:00:00Z');
    await access.served.ask(bearing(token));
    expect(await refusals(id)).toHaveLength(2);
  });

  test('with another secret is no more known than one that never was', async () => {
    const { token, id } = await access.newToken();
    const wrong = `${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`;
    const unknown = `kin_ffffffff_${'0'.repeat(64)}`;
    const answers = await Promise.all([wrong, unknown].map(async one => access.served.ask(bearing(one))));
    const [first, second] = await Promise.all(answers.map(async one => [one.status, await one.text()]));
    expect(first).toEqual(second);
    expect(first).toEqual([401, expect.stringContaining('The access token is not valid here.')]);
    expect(await refusals(id)).toEqual([['unknown', 'wrong']]);
    expect(await refusals('ffffffff')).toEqual([]);
  });

  test('is noted to be used once a day, and no answer waits for that', async () => {
    const { token, id } = await access.newToken();
    const used = vi.spyOn(access.state.accessTokens, 'used').mockReturnValue(new Promise(() => {}));
    try {
      expect((await access.served.ask(bearing(token))).status).toBe(200);
      expect(used.mock.calls).toEqual([[id, '2026-11-22']]);
    } finally {
      used.mockRestore();
    }
    const noted = async () => (await access.state.accessTokens.byId(id))?.token.lastUsedOn;
    await access.state.accessTokens.used(id, '2026-11-22');
    const again = vi.spyOn(access.state.accessTokens, 'used');
    await access.served.ask(bearing(token));
    expect(again).not.toHaveBeenCalled();
    access.served.clock.now = new Date('2026-11-23T00:00:00Z');
    await access.served.ask(bearing(token));
    expect(again.mock.calls).toEqual([[id, '2026-11-23']]);
    await again.mock.results[0]!.value;
    expect(await noted()).toBe('2026-11-23');
    again.mockRestore();
  });
});

test('where the database that keeps them is away, it is said, and nothing of the database', async () => {
  const gone = new UpstreamError(
    'The connection to PostgreSQL at db.shop.example was lost.',
    'Check the server.',
  );
  await access.restart({ state: () => Promise.reject(gone) });
  const response = await access.served.ask(bearing(`kin_00000000_${'0'.repeat(64)}`));
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
  const { message, next } = await errorOf(response);
  expect([message, next]).toEqual([
    expect.stringContaining('cannot be looked up right now'),
    expect.stringContaining('Try again soon'),
  ]);
  expect(message + next).not.toContain('db.shop.example');
  expect(access.served.logged.join('')).toContain('db.shop.example');
});

test('a token that has ended is refused where that cannot be recorded', async () => {
  const { token } = await access.newToken('analyst', '1d');
  const { accessTokens, audit } = access.state;
  const append = () => Promise.reject(new Error('no space left on device'));
  await access.restart({ state: async () => ({ accessTokens, audit: { ...audit, append } }) });
  access.served.clock.now = new Date('2026-11-24T12:00:00Z');
  expect((await access.served.ask(bearing(token))).status).toBe(401);
  expect(access.served.logged.join('')).toContain('no space left on device');
});

test('where the tokens cannot be looked up, nobody is let in', async () => {
  const byId = () => Promise.reject(new Error('SELECT "hash" FROM access_tokens'));
  const { accessTokens, audit } = access.state;
  await access.restart({ state: async () => ({ audit, accessTokens: { ...accessTokens, byId } }) });
  const response = await access.served.ask(bearing(`kin_00000000_${'0'.repeat(64)}`));
  expect([response.status, await errorOf(response)]).toEqual([500, { message: 'Internal error.' }]);
});
