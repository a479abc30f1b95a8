import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { createToken } from '../../../src/access/manage.ts';
import { withApp } from '../../../src/app.ts';
import { readConfig } from '../../../src/config.ts';
import { startChild } from '../../support/child.ts';
import { freshDatabase } from '../../support/fresh-database.ts';
import { folder } from '../../support/terminal.ts';
import { call, client, firstClient, post, session } from './serving.ts';

const now = () => new Date();
const main = new URL('../../../src/main.ts', import.meta.url);

/** `kindred serve` as a process of its own, once it listens. */
async function serve(data: string, database: string, port: string) {
  const env = `KINDRED_PORT=${port} KINDRED_THREADS=1 DATABASE_URL='${database}'`;
  const child = startChild(main, ['serve', '--data', data], `export ${env}`);
  // A lock that a killed server left behind stands there until the next one takes it over.
  const url = await vi.waitFor(
    async () => {
      const lock = JSON.parse(await readFile(join(data, 'kindred.lock'), 'utf8'));
      expect(lock.pid).toBe(child.process.pid);
      return new URL('/mcp', lock.url);
    },
    { timeout: 60_000, interval: 50 },
  );
  return { ...child, url };
}

test('after a kill the server comes back: clients that keep nothing go on, sessions are told to begin anew', async () => {
  const data = await folder();
  // The state on a server: opening one in a file three times would take longest.
  const database = await freshDatabase();
  const token = await withApp(readConfig({ DATABASE_URL: database }, data), 'test', now, async app => {
    const asked = { name: 'laptop', role: 'analyst', expires: '1d', actor: 'ada' } as const;
    return (await createToken({ state: await app.state(), now }, asked)).token;
  });
  const authorization = `Bearer ${token}`;
  const first = await serve(data, database, '0');
  const modern = await client(first, 'modern', { token });
  const legacy = await client(first, 'legacy', { token });
  const oldest = await firstClient(first, token);
  const id = await session(first, { authorization });
  const names = async (client: { listTools(): Promise<{ tools: { name: string }[] }> }) =>
    (await client.listTools()).tools.map(({ name }) => name);
  expect(await names(modern.client)).toContain('shop_overview');

  first.process.kill('SIGKILL');
  await first.ended;
  await expect(legacy.client.listTools()).rejects.toThrow(/fetch failed/);

  const again = await serve(data, database, first.url.port);
  expect(again.url.href).toBe(first.url.href);
  expect(await names(modern.client)).toContain('shop_overview');
  for (const { client } of [legacy, oldest])
    await expect(client.listTools()).rejects.toThrow(/Session not found.*Initialize again/);
  const answer = await post(again, call(1, 'shop_overview', ''), { 'mcp-session-id': id, authorization });
  expect(answer.status).toBe(404);
  const anew = await client(again, 'legacy', { token });
  expect(await names(anew.client)).toContain('shop_overview');

  // An orderly end does not wait for those who are connected.
  again.process.kill('SIGTERM');
  expect(await again.ended).toBe(0);
  await Promise.all([modern, legacy, oldest, anew].map(({ client }) => client.close()));
}, 120_000);
