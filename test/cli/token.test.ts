import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { IssuedToken } from '../../src/access/manage.ts';
import type { AccessToken } from '../../src/access/token.ts';
import { run } from '../../src/cli/program.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { kindred } from '../support/terminal.ts';
import { startServing } from '../web/serving.ts';

const dir = temporaryFolder();
let database: string;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => dir.remove());

const token = (...args: string[]) =>
  kindred(['token', ...args, '--data', dir.path], { DATABASE_URL: database });

describe('wrong usage:', () => {
  test.each([
    [['create'], 'required option'],
    [['create', '--name', 'x', '--role', 'boss'], 'Allowed choices are viewer, analyst, approver'],
    [['revoke'], 'missing required argument'],
  ])('%j', async (args, why) => {
    const { code, err } = await token(...args);
    expect([code, err]).toEqual([2, expect.stringContaining(why)]);
  });
});

test('an end that cannot be is refused', async () => {
  const { code, err } = await token('create', '--name', 'x', '--expires', '2026-01-01');
  expect([code, err]).toEqual([1, expect.stringContaining('that is past')]);
});

test('tokens are made, seen and revoked while a server runs and other work holds the stores', async () => {
  const stop = new AbortController();
  let letGo = () => {};
  const held = new Promise<void>(resolve => {
    letGo = resolve;
  });
  let holding: Promise<void> | undefined;
  const { url, ended, logged } = await startServing(
    dir.path,
    { DATABASE_URL: database },
    {
      run(args, terminal) {
        holding ??= terminal.app!.turns.take('a long refresh', () => held);
        return run(args, terminal);
      },
      signal: stop.signal,
    },
  );
  const ask = async (shown: string) => {
    const response = await fetch(`${url}/mcp`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${shown}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }),
    });
    await response.text();
    return response.status;
  };
  const made = (
    await token('create', '--name', "Ada's laptop", '--expires', '30d', '--json')
  ).json<IssuedToken>();
  expect(made).toMatchObject({ role: 'viewer', createdBy: 'ada', expiresAt: '2026-12-22T12:00:00.000Z' });
  expect(await ask(made.token)).toBe(200);

  const again = await token('create', '--name', "Ada's laptop");
  expect([again.code, again.err]).toEqual([1, expect.stringContaining('is live already')]);
  const listed = await token('list', '--json');
  const [only] = listed.json<{ tokens: AccessToken[] }>().tokens;
  expect(only).toMatchObject({ id: made.id, standing: 'live' });
  expect(listed.out).not.toContain(made.token.slice(-64));

  const revoked = await token('revoke', "ada's laptop", '--by', 'bob');
  expect(revoked.out).toBe(
    `Revoked the token of "Ada's laptop" (${made.id}): requests with it are refused from now on.\n`,
  );
  expect(await ask(made.token)).toBe(401);
  expect((await token('list')).out).toMatch(/Ada's laptop +viewer +revoked +2026-11-22/);
  expect(logged.join('')).not.toContain(made.token.slice(-64));
  letGo();
  await holding;
  stop.abort();
  await ended;
});
