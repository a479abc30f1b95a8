import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { expect, test } from 'vitest';
import { openState } from '../../src/state/state.ts';
import { serverOf } from '../../src/store-lock.ts';
import { ownerHeaders } from '../../src/web/owner-headers.ts';
import type { ServeOptions } from '../../src/web/serve.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startServing } from './serving.ts';

test('an MCP client that asks for much at once does not hold up another that asks after it', async () => {
  const folder = temporaryFolder();
  const database = await freshDatabase();
  const state = await openState({ dataDir: folder.path, url: database });
  const stop = new AbortController();
  let letGo = () => {};
  const gate = new Promise<void>(resolve => {
    letGo = resolve;
  });
  // A command that has the stores as long as the test likes.
  const run: ServeOptions['run'] = async (_, { app }) =>
    app!.turns.take('a command', async () => gate).then(() => 0);
  const options = { run, signal: stop.signal, jobs: false };
  const { url, ended } = await startServing(folder.path, { DATABASE_URL: database }, options);
  const { token } = (await serverOf(folder.path))!;
  const command = fetch(`${url}/v1/command`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ args: ['hold'], cwd: '/', columns: 80, interactive: false }),
  });
  const health = async () => (await fetch(`${url}/healthz`)).json();
  await expect.poll(health, { timeout: 30_000 }).toMatchObject({ busy: 'a command' });

  const answered: string[] = [];
  const recorded = async () =>
    (await state.audit.list()).filter(({ action }) => action === 'mcp.tool').length;
  const clients: Client[] = [];
  const ask = async (actor: string, times: number) => {
    const client = new Client({ name: 'test-client', version: '1.0.0' });
    clients.push(client);
    const requestInit = { headers: ownerHeaders(token, { actor, role: 'viewer' }) };
    await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', url), { requestInit }));
    return Array.from({ length: times }, () =>
      client.callTool({ name: 'shop_overview', arguments: {} }).then(() => answered.push(actor)),
    );
  };
  const adas = await ask('ada', 6);
  await expect.poll(recorded, { timeout: 30_000 }).toBe(6);
  const bobs = await ask('bob', 1);
  await expect.poll(recorded, { timeout: 30_000 }).toBe(7);
  letGo();
  await Promise.all([...adas, ...bobs]);
  // What the first has in the line by then, and hardly more: answers overtake each other on their way.
  expect(answered.indexOf('bob')).toBeLessThan(4);
  await Promise.all(clients.map(client => client.close()));
  await (await command).text();
  stop.abort();
  await ended;
  await state.close();
  folder.remove();
}, 60_000);
