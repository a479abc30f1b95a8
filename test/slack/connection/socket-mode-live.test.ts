import { describe, expect, test } from 'vitest';
import { answering } from './connecting.ts';
import { stage } from './stage.ts';

const on = stage();
const { connect, answers, ask, answered } = on;

test('connects, says so, and answers', async () => {
  const { surface, told } = connect();
  expect(surface.status()).toEqual({ state: 'connecting', since: expect.any(String), workspace: null });
  await on.fake.connected();
  await ask('hello');
  await answered('hello');
  expect(surface.status()).toMatchObject({ state: 'connected', workspace: expect.any(String) });
  expect(told).toEqual([{ as: 'kindred', workspace: surface.status().workspace }]);
});

describe('a connection that ends', () => {
  test.each(['warning', 'refresh_requested', 'link_disabled'] as const)(
    'by %s is replaced, and what was said meanwhile is answered',
    async reason => {
      connect();
      await on.fake.connected();
      on.fake.disconnectAll(reason);
      await ask('still there?');
      await answered('still there?');
      expect(answers()).toBe(1);
    },
  );

  test('without a word is replaced', async () => {
    const { surface } = connect();
    await on.fake.connected();
    on.fake.drop();
    await ask('still there?');
    await answered('still there?');
    expect(surface.status().state).toBe('connected');
  });

  test('while an answer is under way leaves the answer alone', async () => {
    let letGo = () => {};
    const held = new Promise<void>(resolve => {
      letGo = resolve;
    });
    connect({ register: answering(() => held) });
    await on.fake.connected();
    await ask('slow');
    on.fake.drop();
    await on.fake.connected();
    letGo();
    await answered('slow');
    expect(answers()).toBe(1);
  });
});

describe('Slack away', () => {
  test.each(['unavailable', 'refuse'] as const)(
    'for an hour (%s): tries with pauses that grow, and comes back',
    async how => {
      const { surface, pauses, logged } = connect();
      await on.fake.connected();
      await on.fake.down(how);
      const before = pauses.length;
      await expect.poll(() => pauses.length, { timeout: 20_000 }).toBeGreaterThan(before + 60);
      expect(surface.status().state).toBe('connecting');
      expect(logged.filter(({ message }) => message === 'Slack cannot be reached').length).toBeGreaterThan(0);
      // An hour of tries, none of which was waited for.
      const grown = pauses.slice(before);
      expect(grown.slice(0, 8)).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000]);
      expect(new Set(grown.slice(8))).toEqual(new Set([60_000]));
      await on.fake.up();
      await on.fake.connected();
      await ask('back?');
      await answered('back?');
    },
  );

  test('from the beginning: holds nothing up, and begins when Slack is there', async () => {
    await on.fake.down();
    const { surface, told } = connect();
    expect(surface.status().state).toBe('connecting');
    await on.fake.up();
    await on.fake.connected();
    await ask('there?');
    await answered('there?');
    expect(told).toHaveLength(1);
  });
});

describe('refused', () => {
  test.each([
    ['auth.test', 'invalid_auth', 'SLACK_BOT_TOKEN'],
    ['auth.test', 'account_inactive', 'SLACK_BOT_TOKEN'],
    ['apps.connections.open', 'invalid_auth', 'SLACK_APP_TOKEN'],
    ['apps.connections.open', 'missing_scope', 'SLACK_APP_TOKEN'],
  ])('%s says %s: it is told which token, and not tried again', async (method, error, token) => {
    on.fake.fail(method, { error, times: 1000 });
    const { surface, told, logged } = connect();
    await expect.poll(() => surface.status().state).toBe('refused');
    expect(told).toEqual([{ refused: expect.objectContaining({ next: expect.stringContaining(token) }) }]);
    expect(logged).toContainEqual({
      level: 'error',
      message: 'Slack is not connected',
      facts: { err: expect.objectContaining({ message: expect.stringContaining(token) }) },
    });
    expect(on.fake.calls(method)).toHaveLength(1);
  });

  test('while connected: the next connection is the end of it', async () => {
    const { surface } = connect();
    await on.fake.connected();
    on.fake.fail('apps.connections.open', { error: 'token_revoked', times: 1000 });
    on.fake.drop();
    await expect.poll(() => surface.status().state).toBe('refused');
  });

  test('for the next connection: stays so when the last one ends', async () => {
    const { surface } = connect();
    await on.fake.connected();
    on.fake.fail('apps.connections.open', { error: 'token_revoked', times: 1000 });
    on.fake.disconnectAll('warning');
    await expect.poll(() => surface.status().state).toBe('refused');
    on.fake.drop();
    await on.fake.until(() => on.fake.connections() === 0);
    // What the end of the last one changes, it has changed when the next thing was looked at.
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(surface.status().state).toBe('refused');
  });

  test.each([
    { status: 500 },
    { status: 503 },
    { error: 'internal_error' },
    { retryAfter: 1 },
    { line: 'cut' as const },
  ])('is nobody by %j', async fault => {
    on.fake.fail('auth.test', { ...fault, times: 1 });
    on.fake.fail('apps.connections.open', { ...fault, times: 1 });
    connect();
    await on.fake.connected();
  });
});
