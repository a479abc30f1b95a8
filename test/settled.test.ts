import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { App } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { folderServer } from '../src/mcp/stdio/folder.ts';
import { pending, post } from '../src/segmentation/refresh/outbox.ts';
import { settled } from '../src/settled.ts';
import { openState, type State } from '../src/state/state.ts';
import { serverOf } from '../src/store-lock.ts';
import { createTurns } from '../src/turns.ts';
import { openDuckDb } from '../src/warehouse/duckdb.ts';
import { ownerHeaders } from '../src/web/owner-headers.ts';
import { overStreams } from './mcp/stdio/over-streams.ts';
import { exampleChange } from './state/example-change.ts';
import { freshDatabase } from './support/fresh-database.ts';
import { type TemporaryFolder, temporaryFolder } from './support/temporary-folder.ts';
import { startServing } from './web/serving.ts';

const now = () => new Date('2026-11-22T12:00:00Z');
const change = exampleChange();
const page = `kindred://segments/${change.model.segments[0]!.key}`;

/** Stores of a process that was killed after a fit, before the state knew of it. */
let folder: TemporaryFolder;
let database: string;
beforeEach(async () => {
  folder = temporaryFolder();
  database = await freshDatabase();
  const state = await openState({ dataDir: folder.path, url: database });
  const warehouse = await openDuckDb({ file: folder.file('warehouse.duckdb') });
  await post(warehouse, state.owner, change);
  await Promise.all([state.close(), warehouse.close()]);
});
afterEach(() => folder.remove());

const pages = async (client: Client) => (await client.listResources()).resources.map(({ uri }) => uri);

test('the first client of a server that runs no jobs sees what a killed process had decided', async () => {
  const stop = new AbortController();
  const { url, ended } = await startServing(
    folder.path,
    { DATABASE_URL: database },
    { run: async () => 0, signal: stop.signal, jobs: false },
  );
  const { token } = (await serverOf(folder.path))!;
  const client = new Client({ name: 'test-client', version: '1.0.0' });
  const headers = ownerHeaders(token, { actor: 'ada', role: 'viewer' });
  await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', url), { requestInit: { headers } }));
  expect(await pages(client)).toContain(page);
  await client.close();
  stop.abort();
  await ended;
});

test('so does the client of the process that takes the folder', async () => {
  const connect = folderServer({
    config: readConfig({ DATABASE_URL: database }, folder.path),
    now,
    caller: { actor: 'ada', role: 'viewer', surface: 'stdio', key: 'owner' },
    listen: async () => {},
    log: () => {},
  });
  const { client, leave } = await overStreams(connect, 'legacy');
  expect(await pages(client)).toContain(page);
  await leave();
});

test('stores that cannot be had are tried by whoever asks next, and settled once', async () => {
  const warehouse = await openDuckDb({ file: folder.file('warehouse.duckdb') });
  const applied: unknown[] = [];
  const owner = (await warehouse.query<{ owner: string }>('SELECT owner FROM outbox'))[0]!.owner;
  const state = { owner, apply: async (one: unknown) => applied.push(one) } as unknown as State;
  let away = true;
  const app = settled({
    turns: createTurns(),
    state: async () => state,
    async warehouse() {
      if (away) throw new Error('away');
      return warehouse;
    },
  } as Partial<App> as App);
  await expect(app.state()).rejects.toThrow('away');
  away = false;
  expect(await Promise.all([app.state(), app.state()])).toEqual([state, state]);
  expect(applied).toEqual([change]);
  expect(await pending(warehouse, owner)).toEqual([]);
  await warehouse.close();
});
