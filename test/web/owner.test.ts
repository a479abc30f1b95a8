import { describe, expect, test } from 'vitest';
import { ownerHeaders } from '../../src/web/owner-headers.ts';
import { accessTests, bearing, errorOf, eventsToken, lockToken } from './access-server.ts';

const access = accessTests();

describe('the owner of the folder', () => {
  test('asks with the token of the lock file, under their name and with as little right as they like', async () => {
    const owner = { actor: 'Zoë Łuk 王', role: 'viewer' } as const;
    const response = await access.served.ask(ownerHeaders(lockToken, owner));
    expect(await response.json()).toEqual({ ...owner, surface: 'http', key: 'owner:viewer:Zoë Łuk 王' });
    const plain = await access.served.ask(bearing(lockToken));
    expect(await plain.json()).toMatchObject({ role: 'approver', actor: 'the owner of this machine' });
  });

  test.each([
    ['x-kindred-role', 'admin'],
    ['x-kindred-actor', '%'],
    ['x-kindred-actor', '%0A'],
    ['x-kindred-actor', 'a'.repeat(101)],
  ])('has to make sense in %s: %s', async (header, value) => {
    const response = await access.served.ask({ ...bearing(lockToken), [header]: value });
    expect(response.status).toBe(400);
    expect((await errorOf(response)).next).toContain('viewer, analyst or approver');
  });

  test('alone asks for the folder, of a server that lets it go', async () => {
    const ask = async (token: string) => {
      const url = `${access.served.url}/v1/hand-over`;
      return (await fetch(url, { method: 'POST', headers: bearing(token) })).status;
    };
    expect(await ask(lockToken)).toBe(404);
    let asked = 0;
    await access.restart({
      handOver: async () => {
        asked++;
      },
    });
    expect(await ask((await access.newToken('approver')).token)).toBe(401);
    expect(asked).toBe(0);
    expect(await ask(lockToken)).toBe(200);
    expect(asked).toBe(1);
  });

  test('is nobody who wears headers like theirs with a token', async () => {
    const { token, name } = await access.newToken('viewer');
    const response = await access.served.ask({
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
      access.served.server.inject({
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
    const answer = await access.served.server.inject({
      url: '/mcp',
      headers: { ...headers, ...bearing(lockToken), ...passed },
      remoteAddress,
    });
    expect(answer.statusCode).toBe(401);
  });

  test.each(ways)('%s, an access token lets in', async (_, passed, remoteAddress) => {
    const { token } = await access.newToken();
    const answer = await access.served.server.inject({
      url: '/mcp',
      headers: { ...headers, ...bearing(token), ...passed },
      remoteAddress,
    });
    expect(answer.statusCode).toBe(200);
  });

  test.each(ways)('%s, health tells whether and not what', async (_, passed, remoteAddress) => {
    const look = (more: object, from: string) =>
      access.served.server.inject({ url: '/healthz', headers: { ...headers, ...more }, remoteAddress: from });
    expect((await look(passed, remoteAddress)).json()).toEqual({ status: 'ok' });
    expect((await look({}, '127.0.0.1')).json()).toMatchObject({ busy: 'kindred segment' });
  });

  test.each(ways)('%s, events need their own token', async (_, passed, remoteAddress) => {
    const { token } = await access.newToken('approver');
    const send = async (shown: string) =>
      (
        await access.served.server.inject({
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
