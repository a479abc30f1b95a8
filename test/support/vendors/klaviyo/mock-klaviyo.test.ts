import { afterEach, expect, test } from 'vitest';
import { virtualPlatform } from '../virtual-platform.ts';
import { type MockKlaviyo, mockKlaviyo } from './mock-klaviyo.ts';

let klaviyo: MockKlaviyo;
afterEach(() => klaviyo.close().catch(() => {}));

async function ask(
  path: string,
  {
    method = 'GET',
    body,
    headers = {},
  }: { method?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Response> {
  return fetch(`${klaviyo.connection.settings.api_url}${path}`, {
    method,
    headers: {
      authorization: `Klaviyo-API-Key ${klaviyo.connection.secrets.api_key}`,
      revision: '2026-07-15',
      ...(body === undefined ? {} : { 'content-type': 'application/vnd.api+json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

const importOf = (rows: object[]) => ({
  data: { type: 'profile-bulk-import-job', attributes: { profiles: { data: rows } } },
});

test('it takes what the contract describes, and nothing else', async () => {
  klaviyo = await mockKlaviyo();
  const profile = { type: 'profile', attributes: { email: 'a@example.org' } };
  const good = await ask('/api/profile-bulk-import-jobs', { method: 'POST', body: importOf([profile]) });
  expect(good.status).toBe(202);
  expect(klaviyo.violations).toEqual([]);

  expect((await ask('/api/profiles?page[size]=101')).status).toBe(400);
  expect((await ask('/api/profiles?sort=name')).status).toBe(400);
  expect((await ask('/api/profiles?filter=contains(email,"a")')).status).toBe(400);
  expect((await ask('/api/lists', { method: 'POST', body: { data: { type: 'list' } } })).status).toBe(400);
  expect((await ask('/api/profile-subscription-bulk-create-jobs', { method: 'POST', body: {} })).status).toBe(
    404,
  );
  const consent = {
    type: 'profile',
    attributes: { email: 'a@example.org', properties: { $consent: ['email'] } },
  };
  expect(
    (await ask('/api/profile-bulk-import-jobs', { method: 'POST', body: importOf([consent]) })).status,
  ).toBe(400);
  expect(klaviyo.violations).toHaveLength(6);
  await expect(klaviyo.close()).rejects.toThrow('used wrongly');
});

test('a request without a revision or with another content type is refused', async () => {
  klaviyo = await mockKlaviyo();
  const { api_url } = klaviyo.connection.settings;
  expect((await fetch(`${api_url}/api/profiles`)).status).toBe(400);
  const body = importOf([{ type: 'profile', attributes: {} }]);
  const headers = { 'content-type': 'application/json' };
  expect((await ask('/api/profile-bulk-import-jobs', { method: 'POST', body, headers })).status).toBe(415);
});

test('limits are those of the contract, by the clock of the test, and told in headers', async () => {
  const platform = virtualPlatform();
  klaviyo = await mockKlaviyo({ now: platform.now });
  for (let i = 0; i < 10; i++) expect((await ask('/api/metrics')).status).toBe(200);
  const refused = await ask('/api/metrics');
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBe('1');
  expect(refused.headers.get('ratelimit-limit')).toBeNull();
  await platform.sleep(1000, platform.signal);
  const next = await ask('/api/metrics');
  expect([next.status, next.headers.get('ratelimit-remaining')]).toEqual([200, '139']);
  expect(klaviyo.overLimit).toBe(1);
  for (let second = 0; second < 13; second++) {
    await platform.sleep(1000, platform.signal);
    for (let i = 0; i < 10; i++) expect((await ask('/api/metrics')).status).toBe(200);
  }
  await platform.sleep(1000, platform.signal);
  for (let i = 0; i < 9; i++) expect((await ask('/api/metrics')).status).toBe(200);
  const steady = await ask('/api/metrics');
  expect([steady.status, steady.headers.get('retry-after')]).toEqual([429, '45']);
});

test('with predictions profiles have narrower limits', async () => {
  klaviyo = await mockKlaviyo({ now: () => new Date('2026-11-22T12:00:00Z') });
  const path = '/api/profiles?additional-fields[profile]=predictive_analytics';
  for (let i = 0; i < 10; i++) expect((await ask(path)).status).toBe(200);
  expect((await ask(path)).status).toBe(429);
  expect((await ask('/api/profiles')).status).toBe(200);
});

test('a key may do what its scopes say', async () => {
  klaviyo = await mockKlaviyo({ scopes: ['lists:read'] });
  expect((await ask('/api/lists')).status).toBe(200);
  expect((await ask('/api/metrics')).status).toBe(403);
  expect((await ask('/api/lists', { headers: { authorization: 'Klaviyo-API-Key other' } })).status).toBe(401);
});
