import { expect, test } from 'vitest';
import { accessTests, bearing, lockToken } from './access-server.ts';

const access = accessTests();

test('the log tells what was refused and why, and holds no secret', async () => {
  const { token, id } = await access.newToken();
  await access.served.raw(['GET /mcp HTTP/1.1', 'Host: evil.example', `Authorization: Bearer ${token}`]);
  await access.served.ask({ ...bearing(token), origin: 'https://evil.example' });
  await access.served.ask(bearing('a-secret-of-another-kind'));
  await access.served.ask({}, `/mcp?token=${token}`);
  await access.state.accessTokens.revoke(id, { at: '2026-11-22T12:00:00.000Z', actor: 'ada' });
  await access.served.ask(bearing(token));
  const lines = access.served.logged.map(line => JSON.parse(line));
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
  const all = access.served.logged.join('') + JSON.stringify(await access.state.audit.list());
  expect(all).not.toContain(secret);
  expect(all).not.toContain('a-secret-of-another-kind');
});

test('what slips into the log by another way is cut', async () => {
  const { token, id } = await access.newToken();
  const broken = new Error(
    `Could not reach https://x.example with authorization: Bearer ${token}, or ${token}`,
  );
  access.served.server.log.error(
    { err: broken, headers: { authorization: `Bearer ${lockToken}` } },
    'failed',
  );
  const line = access.served.logged.join('');
  expect(line).toContain(`kin_${id}_…`);
  expect(line).not.toContain(token.slice(-64));
  expect(line).not.toContain(lockToken);
  expect(() => JSON.parse(line)).not.toThrow();
});
