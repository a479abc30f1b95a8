import { describe, expect, test, vi } from 'vitest';
import { accessTests, bearing, errorOf, eventsToken, lockToken } from './access-server.ts';

const access = accessTests();

describe('rates', () => {
  const start = async (limits: { requests: number; refused: number }) => {
    await access.restart({ limits });
  };
  const statuses = async (token: string, times: number) => {
    const found: number[] = [];
    for (let i = 0; i < times; i++) found.push((await access.served.ask(bearing(token))).status);
    return found;
  };

  test('a token that asks too often is told when to ask again, and no other is held up', async () => {
    await start({ requests: 3, refused: 3 });
    const [busy, other] = [await access.newToken(), await access.newToken()];
    expect(await statuses(busy.token, 5)).toEqual([200, 200, 200, 429, 429]);
    const response = await access.served.ask(bearing(busy.token));
    const after = Number(response.headers.get('retry-after'));
    expect(after).toBeGreaterThan(0);
    expect(after).toBeLessThanOrEqual(60);
    expect(await errorOf(response)).toEqual({
      message: 'More than 3 requests came with this token in a minute.',
      next: `Try again in ${after} seconds.`,
    });
    expect(await statuses(other.token, 1)).toEqual([200]);
    expect(access.served.logged.filter(line => line.includes('too many requests'))).toHaveLength(1);
  });

  test('a minute later it is heard again', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      await start({ requests: 1, refused: 1 });
      const { token } = await access.newToken();
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
    const [known, fresh] = [await access.newToken(), await access.newToken()];
    expect(await statuses(known.token, 1)).toEqual([200]);
    expect(await statuses('guess', 5)).toEqual([401, 401, 401, 429, 429]);
    const response = await access.served.ask(bearing(fresh.token));
    expect([response.status, Number(response.headers.get('retry-after')) > 0]).toEqual([429, true]);
    expect(await statuses(known.token, 3)).toEqual([200, 200, 200]);
    await access.elsewhere.accessTokens.revoke(known.id, { at: '2026-11-22T12:00:00.000Z', actor: 'ada' });
    expect(await statuses(known.token, 3)).toEqual([401, 429, 429]);
    expect(
      access.served.logged.filter(line => line.includes('too many wrong tokens')).length,
    ).toBeGreaterThan(0);
  });

  test('wrong tokens for events and commands count as well', async () => {
    await start({ requests: 100, refused: 3 });
    const post = async (path: string, token: string) =>
      (await fetch(`${access.served.url}${path}`, { method: 'POST', headers: bearing(token) })).status;
    expect(await post('/v1/events', 'guess')).toBe(401);
    expect(await post('/v1/command', 'guess')).toBe(401);
    expect(await post('/v1/events', `${eventsToken}!`)).toBe(401);
    expect(await post('/v1/events', eventsToken)).toBe(429);
    expect(await post('/v1/command', lockToken)).toBe(429);
    expect((await access.served.ask({}, '/healthz')).status).toBe(200);
  });

  test('a request that is looked at again counts once', async () => {
    let looks: Promise<number> | undefined;
    await access.restart({
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
    const { token } = await access.newToken();
    expect(await statuses(token, 2)).toEqual([200, 429]);
  });
});
