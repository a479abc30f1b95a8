import { writeFile } from 'node:fs/promises';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { sealedSecrets } from '../../src/connections/connection.ts';
import { jobWork } from '../../src/schedule/work.ts';
import { openState, type State } from '../../src/state/state.ts';
import { openDuckDb } from '../../src/warehouse/duckdb.ts';
import type { Warehouse } from '../../src/warehouse/port.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { appOver } from '../support/mcp-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const key = Buffer.alloc(32, 1);
const never = new AbortController().signal;
const dir = temporaryFolder();
let state: State;
let warehouse: Warehouse;
let app: App;
let own: postgres.Sql;
let url: string;

beforeAll(async () => {
  [state, warehouse, url] = await Promise.all([
    openState({ dataDir: '', url: await freshDatabase() }),
    openDuckDb({ file: ':memory:', threads: 1 }),
    freshDatabase(),
  ]);
  const config = readConfig({ KINDRED_KEY: key.toString('hex') }, 'made-data');
  app = appOver({ state, warehouse }, { config });
  own = postgres(url, { max: 1, onnotice: () => {} });
  await own.unsafe(
    `CREATE TABLE people (customer_id int, email text, seq int);
     INSERT INTO people SELECT i, 'p' || i || '@x.org', i FROM generate_series(1, 12) i`,
  );
});
afterAll(async () => {
  await Promise.all([own.end(), state.close(), warehouse.close()]);
  dir.remove();
});

async function connected(name: string, at: string): Promise<void> {
  const mapping = dir.file('mapping.json');
  await writeFile(mapping, JSON.stringify({ customers: { table: 'people', cursor: 'seq' } }));
  const connection = { name, vendor: 'postgres', settings: { mapping }, secrets: { url: at } } as const;
  const made = { at: '2026-11-20T00:00:00.000Z', actor: 'ada' };
  const { vendor, settings } = connection;
  const secrets = sealedSecrets(key, connection);
  const who = { account: 'people', createdAt: made.at, createdBy: made.actor };
  await state.connections.put({ name, vendor, settings, secrets, ...who }, made);
}

test('pulls what is new from all that is connected, and leaves what somebody pulls already', async () => {
  const { pull } = jobWork(app);
  expect(await pull(never)).toBe('nothing is connected that rows can be pulled from');
  await connected('erp', url);
  expect(await pull(never)).toBe('pulled from erp; 12 rows stored');
  await own`INSERT INTO people VALUES (13, 'p13@x.org', 13)`;
  expect(await pull(never)).toMatch(/^pulled from erp; 1 rows? stored$/);
  app.pulling.add('erp');
  expect(await pull(never)).toBe('rows are pulled from erp already');
  app.pulling.clear();
});

test('one that fails is told for another try, without its secrets, and the others are pulled', async () => {
  await connected('a-gone', 'postgres://ada:sesame@127.0.0.1:1/gone');
  await own`INSERT INTO people VALUES (14, 'p14@x.org', 14)`;
  const error = await jobWork(app)
    .pull(never)
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    name: 'UpstreamError',
    message: expect.stringContaining('a-gone was not pulled to its end'),
  });
  expect(String(error)).not.toContain('sesame');
  expect(await warehouse.query("SELECT email FROM customers WHERE customer_id = '14'")).toHaveLength(1);
});

test('stopped, it tells of the stop, so that it is put back', async () => {
  await expect(jobWork(app).pull(AbortSignal.abort(new Error('stopping')))).rejects.toThrow('stopping');
});
