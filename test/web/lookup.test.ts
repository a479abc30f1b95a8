import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../src/cli/program.ts';
import { openDuckDb } from '../../src/warehouse/duckdb.ts';
import { livedShop } from '../segmentation/refresh/lived-shop.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';
import { kindred } from '../support/terminal.ts';
import { startServing } from './serving.ts';

let folder: TemporaryFolder;
let url: string;
let stop: AbortController;
let ended: Promise<void>;
let database: string;
let lookup: string;
let viewer: string;
let objector: { source: string; id: string } | undefined;
let stands: { source: string; id: string; key: string }[];
const command = async (...args: string[]) =>
  kindred([...args, '--data', folder.path], { DATABASE_URL: database, KINDRED_PORT: '0' });

beforeAll(async () => {
  folder = temporaryFolder();
  mkdirSync(folder.path, { recursive: true });
  database = await freshDatabase();
  const file = join(folder.path, 'warehouse.duckdb');
  const shop = await livedShop({ database, open: () => openDuckDb({ file, threads: 2 }) });
  await shop.context.warehouse.execute(
    `INSERT INTO consents (source, consent_id, customer_id, profile_id, channel, purpose, state, stated_at)
     SELECT source, 'k1', source_id, profile_id, 'any', 'profiling', 'objected', TIMESTAMP '2026-01-01 00:00:00'
     FROM identities WHERE profile_id = (SELECT min(profile_id) FROM memberships WHERE segment_key <> 'set-aside')`,
  );
  stands = await shop.context.warehouse.query(
    `SELECT i.source AS "source", i.source_id AS "id", m.segment_key AS "key" FROM identities i
     JOIN memberships m ON m.profile_id = i.profile_id AND m.valid_to IS NULL
     WHERE i.profile_id NOT IN (SELECT profile_id FROM consents WHERE purpose = 'profiling') ORDER BY 1, 2`,
  );
  [objector] = await shop.context.warehouse.query<{ source: string; id: string }>(
    `SELECT source AS "source", customer_id AS "id" FROM consents WHERE purpose = 'profiling'`,
  );
  await shop.close();
  const made = async (name: string, role: string) =>
    (
      JSON.parse((await command('token', 'create', '--name', name, '--role', role, '--json')).out) as {
        token: string;
      }
    ).token;
  lookup = await made('pages', 'lookup');
  viewer = await made('ada', 'viewer');
  await listen();
});
afterAll(async () => {
  await close();
  folder.remove();
});

async function listen() {
  stop = new AbortController();
  const served = await startServing(folder.path, { DATABASE_URL: database }, { run, signal: stop.signal });
  ({ url, ended } = served);
}

async function close() {
  stop.abort();
  await ended;
}

const ask = (id: string, headers: Record<string, string> = {}, query = '?source=shop') =>
  fetch(`${url}/v1/customers/${encodeURIComponent(id)}/segment${query}`, {
    headers: { authorization: `Bearer ${lookup}`, ...headers },
  });

test('tells the segment of everybody who is in one, and nothing of the person', async () => {
  const told = stands.filter(({ key }) => key !== 'set-aside');
  expect(told.length).toBeGreaterThan(100);
  for (const { source, id, key } of told.slice(0, 60)) {
    const answer = await ask(id, {}, `?source=${source}`);
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { segment: { key, name: expect.any(String) }, asOf: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) },
    ]);
  }
});

test('has a tag by which an answer that is known already is not sent again', async () => {
  const [{ id, source } = { id: '', source: '' }] = stands.filter(({ key }) => key !== 'set-aside');
  const first = await ask(id, {}, `?source=${source}`);
  const etag = first.headers.get('etag')!;
  expect(first.headers.get('cache-control')).toBe('private, max-age=60');
  for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
    const again = await ask(id, { 'if-none-match': tag }, `?source=${source}`);
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
  }
  expect((await ask(id, { 'if-none-match': '"other"' }, `?source=${source}`)).status).toBe(200);
});

test('says the same of whom it does not know, whoever they are', async () => {
  const bodies = await Promise.all(
    ['nobody', "' OR 1=1 --", 'a/b', 'x'.repeat(400)].map(async id => {
      const answer = await ask(id);
      return [answer.status, await answer.text()];
    }),
  );
  expect(new Set(bodies.map(String)).size).toBe(1);
  expect(bodies[0]![0]).toBe(404);
  const objecting = await ask(objector!.id, {}, `?source=${objector!.source}`);
  expect([objecting.status, await objecting.text()]).toEqual(bodies[0]);
  expect((await ask(stands[0]!.id, {}, '?source=elsewhere')).status).toBe(404);
  expect((await ask(stands[0]!.id, {}, '?source=shop&source=till')).status).toBe(400);
});

test('answers a token with that one right, which opens nothing else', async () => {
  const { id } = stands[0]!;
  for (const authorization of ['', 'Bearer x', 'Bearer kin_00000000_0'])
    expect((await ask(id, { authorization })).status).toBe(401);
  const asPerson = await ask(id, { authorization: `Bearer ${viewer}` });
  expect([asPerson.status, await asPerson.json()]).toMatchObject([
    403,
    { error: { next: expect.stringMatching(/--role lookup/) } },
  ]);
  const mcp = await fetch(`${url}/mcp`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${lookup}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
  });
  expect(mcp.status).toBe(403);
});

test('follows the segments when they change', async () => {
  const { id, source } = stands.find(({ key }) => key !== 'set-aside')!;
  const before = (await (await ask(id, {}, `?source=${source}`)).json()) as { asOf: string };
  const later = new Date(Date.parse(before.asOf) + 7 * 86_400_000).toISOString().slice(0, 10);
  const refreshed = await kindred(['refresh', '--as-of', later, '--data', folder.path], {});
  expect(refreshed.code, refreshed.err).toBe(0);
  await expect
    .poll(async () => ((await (await ask(id, {}, `?source=${source}`)).json()) as { asOf?: string }).asOf, {
      timeout: 20_000,
    })
    .toBe(later);
}, 30_000);
