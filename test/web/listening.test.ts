import { existsSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createToken } from '../../src/access/manage.ts';
import { openState, type State } from '../../src/state/state.ts';
import type { ServeOptions } from '../../src/web/serve.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';
import { kindred } from '../support/terminal.ts';
import { startServing } from './serving.ts';

const now = () => new Date('2026-11-22T12:00:00Z');

let database: string;
beforeAll(async () => {
  database = await freshDatabase();
});

let folder: TemporaryFolder;
let stop: AbortController;
beforeEach(() => {
  folder = temporaryFolder();
  stop = new AbortController();
});
afterEach(() => folder.remove());

async function start(env: NodeJS.ProcessEnv, options: Partial<ServeOptions> = {}) {
  const begun: string[] = [];
  const run = async (args: readonly string[]) => {
    begun.push(args[0]!);
    return 0;
  };
  const settings = { DATABASE_URL: database, ...env };
  return { begun, ...(await startServing(folder.path, settings, { run, signal: stop.signal, ...options })) };
}

const segments = () => kindred(['segments', '--data', folder.path]);

describe('where other machines would reach it', () => {
  let state: State;
  beforeEach(async () => {
    state = await openState({ dataDir: folder.path, url: database });
  });
  afterEach(async () => state.close());

  const make = (name: string, expires: string, at: Date) =>
    createToken({ state, now: () => at }, { name, role: 'viewer', expires, actor: 'ada' });

  test.each(['0.0.0.0', '::', '192.0.2.7', 'shop.example.org'])(
    'at %s, nothing listens before somebody has a token that is live',
    async host => {
      await make(`expired ${host}`, '1d', new Date('2026-11-20T12:00:00Z'));
      const revoked = await make(`revoked ${host}`, '30d', now());
      await state.accessTokens.revoke(revoked.id, { at: now().toISOString(), actor: 'ada' });
      const refused = start({ KINDRED_HOST: host });
      await expect(refused).rejects.toMatchObject({
        message: `Other machines would reach Kindred at ${host}, and nobody has an access token.`,
        next: expect.stringContaining('kindred token create'),
      });
      expect(existsSync(folder.file('kindred.lock'))).toBe(false);
    },
  );

  test('with one it serves, takes commands of this machine, and says what is missing', async () => {
    const { token, id } = await make('a phone', '30d', now());
    const { url, ended, begun, logged } = await start({ KINDRED_HOST: '0.0.0.0' });
    expect(logged.join('')).toContain('tokens need TLS');
    expect((await segments()).code).toBe(0);
    expect(begun).toEqual(['segments']);
    const body = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} };
    const ask = (host: string) =>
      fetch(`http://${host}:${new URL(url).port}/mcp`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
        },
        body: JSON.stringify(body),
      });
    expect((await ask('localhost')).status).toBe(200);
    for (const address of ownAddresses()) expect((await ask(address)).status).toBe(200);
    await state.accessTokens.revoke(id, { at: now().toISOString(), actor: 'ada' });
    expect((await ask('localhost')).status).toBe(401);
    stop.abort();
    await ended;
  });

  test('an address that this machine has not is said to be none', async () => {
    const { id } = await make('a laptop', '30d', now());
    await expect(start({ KINDRED_HOST: '192.0.2.7' })).rejects.toMatchObject({
      message: 'Kindred cannot listen at 192.0.2.7: this machine has no such address.',
    });
    await state.accessTokens.revoke(id, { at: now().toISOString(), actor: 'ada' });
  });
});

test.each(ownAddresses())('at %s alone, commands of this machine are taken all the same', async address => {
  const state = await openState({ dataDir: folder.path, url: database });
  const asked = { name: address, role: 'viewer', expires: '30d', actor: 'ada' } as const;
  const { id } = await createToken({ state, now }, asked);
  const { ended, begun } = await start({ KINDRED_HOST: address });
  expect((await segments()).code).toBe(0);
  expect(begun).toEqual(['segments']);
  stop.abort();
  await ended;
  await state.accessTokens.revoke(id, { at: now().toISOString(), actor: 'ada' });
  await state.close();
});

test('without jobs it opens no store before it is asked, and listens where it is told', async () => {
  const address = { host: '127.0.0.1', port: 0 };
  const { url, ended, begun } = await start(
    { KINDRED_HOST: '0.0.0.0', KINDRED_EVENTS_TOKEN: 'a-secret-of-the-shop' },
    { jobs: false, address },
  );
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const events = await fetch(`${url}/v1/events`, { method: 'POST' });
  expect(events.status).toBe(404);
  const refused = await fetch(`${url}/mcp`, { method: 'POST' });
  expect(refused.status).toBe(401);
  expect(existsSync(folder.file('warehouse.duckdb'))).toBe(false);
  expect((await segments()).code).toBe(0);
  expect(begun).toEqual(['segments']);
  expect(existsSync(folder.file('warehouse.duckdb'))).toBe(true);
  stop.abort();
  await ended;
});

/** Addresses of this machine that are not its loopback; none where it has no network. */
function ownAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap(found => found ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address)
    .slice(0, 1);
}
