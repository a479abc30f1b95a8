import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withApp } from '../../src/app.ts';
import { run } from '../../src/cli/program.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { readConfig } from '../../src/config.ts';
import type { AddedTrigger } from '../../src/segmentation/triggers/manage.ts';
import type { TriggerFigures } from '../../src/segmentation/triggers/trigger-figures.ts';
import { openState } from '../../src/state/state.ts';
import { openDuckDb } from '../../src/warehouse/duckdb.ts';
import type { EventsAnswer } from '../../src/web/events-route.ts';
import { serve } from '../../src/web/serve.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';
import { kindred } from '../support/terminal.ts';

const token = 'a-secret-of-enough-letters';
const start = Date.parse('2026-11-22T12:00:00Z');

let folder: TemporaryFolder;
let stop: AbortController;
let ended: Promise<void>;
let url: string;
let now: number;
let database: string;
beforeEach(async () => {
  folder = temporaryFolder();
  now = start;
  database = await freshDatabase();
  await listen();
});
afterEach(async () => {
  stop.abort();
  await ended;
  folder.remove();
});

async function listen(env: NodeJS.ProcessEnv = { KINDRED_EVENTS_TOKEN: token }): Promise<void> {
  stop = new AbortController();
  const terminal: Terminal = {
    env: {},
    cwd: process.cwd(),
    now: () => new Date(now),
    out: () => {},
    err: () => {},
    interactive: false,
    columns: 100,
  };
  const config = readConfig({ KINDRED_PORT: '0', DATABASE_URL: database, ...env }, folder.path);
  url = await new Promise<string>((listening, reject) => {
    ended = withApp(config, 'kindred serve', terminal.now, app =>
      serve(app, { terminal, run, signal: stop.signal, listening }),
    );
    ended.catch(reject);
  });
}

const command = (...args: string[]) => kindred([...args, '--data', folder.path], { DATABASE_URL: database });

async function post(body: string, headers: Record<string, string> = {}, query = ''): Promise<Response> {
  return fetch(`${url}/v1/events${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    body,
  });
}

async function send(events: readonly object[]): Promise<EventsAnswer> {
  const response = await post(JSON.stringify(events));
  expect(response.status).toBe(200);
  return (await response.json()) as EventsAnswer;
}

let sent = 0;
const viewed = (customer: string, change: object = {}) => ({
  event_id: `e${sent++}`,
  customer_id: customer,
  occurred_at: new Date(now).toISOString(),
  type: 'Product Viewed',
  category: 'Outerwear',
  ...change,
});

describe('what is sent', () => {
  test('has a fate row by row, and the same again is there already', async () => {
    const events = [
      viewed('C1'),
      viewed('C1', { source: 'newsletter', sku: 7 }),
      viewed('', {}),
      { ...viewed('C1'), type: undefined },
      viewed('C1', { occurred_at: 'yesterday' }),
      viewed('C1', { occurred_at: new Date(now + 3 * 86_400_000).toISOString() }),
      viewed('C1', { category: { name: 'Outerwear' } }),
    ];
    const first = await send(events);
    expect(first).toEqual({
      received: 7,
      stored: 2,
      rejected: 5,
      alreadyThere: 0,
      reasons: expect.arrayContaining([{ reason: 'no customer_id', rows: 1 }]),
      rejects: [
        { row: 3, reason: 'no customer_id' },
        { row: 4, reason: 'no type' },
        {
          row: 5,
          reason: 'occurred_at is not a date (expected 2026-05-14, with or without a time and a zone)',
        },
        { row: 6, reason: 'occurred_at is before 1990 or after the day of import' },
        { row: 7, reason: 'category is not text' },
      ],
    });
    expect(await send(events)).toMatchObject({ stored: 0, rejected: 5, alreadyThere: 2 });
    const rejects = (await command('rejects')).out;
    expect(rejects).toContain('no customer_id');
    expect(rejects).toContain('events sent on 2026-11-22');
  });

  test('may be JSON lines, of which one that is none is rejected alone', async () => {
    const lines = [JSON.stringify(viewed('C1')), '{"event_id": ', '[1]', '', JSON.stringify(viewed('C2'))];
    const response = await post(lines.join('\n'), { 'content-type': 'application/x-ndjson' });
    expect(await response.json()).toMatchObject({
      received: 4,
      stored: 2,
      reasons: [{ reason: 'not a JSON object', rows: 2 }],
    });
  });

  test('in several requests at once has a fate in each', async () => {
    const shared = viewed('C1');
    const changed = { ...shared, category: 'Shoes' };
    const answers = await Promise.all([
      send([shared, viewed('C2')]),
      send([shared, viewed('C3')]),
      send([shared]),
      send([viewed('C4')]),
    ]);
    const sum = (fate: 'stored' | 'alreadyThere') =>
      answers.reduce((total, answer) => total + answer[fate], 0);
    expect([sum('stored'), sum('alreadyThere')]).toEqual([4, 2]);
    expect(await send([changed])).toMatchObject({ stored: 1 });
    expect(await send([changed, { ...shared, category: undefined }])).toMatchObject({ rejected: 1 });
  });

  test.each([
    ['another token', { authorization: `Bearer ${token}2` }, '[]', 401, 'KINDRED_EVENTS_TOKEN'],
    ['no JSON', {}, '[', 400, 'not JSON'],
    ['compression', { 'content-encoding': 'gzip' }, '[]', 415, 'uncompressed'],
    ['another type', { 'content-type': 'text/csv' }, 'a,b', 415, 'Media Type'],
    ['too many', {}, JSON.stringify(Array(20_001).fill({})), 413, 'at most'],
    ['too much', {}, JSON.stringify(['x'.repeat(9 * 2 ** 20)]), 413, 'too large'],
  ])('with %s is refused', async (_, headers, body, status, says) => {
    const response = await post(body, headers);
    expect([response.status, await response.text()]).toEqual([status, expect.stringContaining(says)]);
  });

  test('to a source that cannot be one is refused', async () => {
    for (const query of ['a/b', 'a%00b', 'a&source=b', 'a'.repeat(101)])
      expect((await post('[]', {}, `?source=${query}`)).status).toBe(400);
    expect(await (await post('[]', {}, '?source=app')).json()).toMatchObject({ received: 0 });
  });
});

describe('a trigger', () => {
  const rule = '{"all":[{"type":"product viewed","category":"outerwear","atLeast":2,"withinDays":7}]}';
  const minute = 60_000;
  const day = 86_400_000;
  const shown = async (id: string) =>
    (await command('trigger', 'show', id, '--json')).json<{ figures: TriggerFigures }>().figures;
  const made = async (given = rule, typed = '') => {
    const line = ['trigger', 'add', given, '--name', 'Coats', '--json', '--data', folder.path];
    const added = await kindred(line, { DATABASE_URL: database }, { input: async () => typed });
    return added.json<AddedTrigger>().trigger.id;
  };
  const rows = async () => {
    stop.abort();
    await ended;
    const warehouse = await openDuckDb({ file: folder.file('warehouse.duckdb') });
    const found = await warehouse.query(
      'SELECT profile_id, entered_at, left_at FROM trigger_members ORDER BY 1, 2',
    );
    await warehouse.close();
    return found;
  };
  const at = (ms: number) => new Date(ms).toISOString().replace('.000Z', 'Z');

  test('is entered with the event that meets it, and left at the moment when it no longer holds', async () => {
    const id = await made();
    // The same rule in other ways of giving it, to the server that holds the folder.
    writeFileSync(folder.file('rule.json'), `\uFEFF${rule}`);
    expect(await made(`@${folder.file('rule.json')}`)).toBe(id);
    expect(await made('-', `${rule}\n`)).toBe(id);
    await send([viewed('C1'), viewed('C2')]);
    expect((await shown(id)).members).toBe(0);
    now += minute;
    await send([viewed('C1', { category: 'OUTERWEAR' }), viewed('C2', { category: 'Shoes' })]);
    expect(await shown(id)).toMatchObject({ members: 1, entered: 1, left: 0 });
    now += 7 * day;
    await send([]);
    expect(await rows()).toEqual([
      { profile_id: 'shop/C1', entered_at: at(start + minute), left_at: at(start + 7 * day) },
    ]);
  });

  test('has after a restart whom the events say, from their moments', async () => {
    const id = await made();
    await send([viewed('C1'), viewed('C1')]);
    stop.abort();
    await ended;
    now += 3 * day;
    // Without a server too, an import tells triggers of what it brings.
    const file = folder.file('more.csv');
    writeFileSync(
      file,
      `event_id,customer_id,occurred_at,type,category\nx1,C2,${at(start)},Product Viewed,Outerwear\nx2,C2,${at(start + day)},Product Viewed,Outerwear\n`,
    );
    const change = { now: () => new Date(now) };
    const imported = await kindred(
      ['import', file, '--data', folder.path],
      { DATABASE_URL: database },
      change,
    );
    expect(imported.code).toBe(0);
    await listen();
    expect((await shown(id)).members).toBe(2);
    expect(await rows()).toEqual([
      { profile_id: 'shop/C1', entered_at: at(start), left_at: null },
      { profile_id: 'shop/C2', entered_at: at(start + day), left_at: null },
    ]);
  });

  test('has one person once where an import joins two', async () => {
    const id = await made();
    await send([viewed('C1'), viewed('C1'), viewed('C2')]);
    now += minute;
    await send([viewed('C3'), viewed('C2')]);
    expect((await shown(id)).members).toBe(2);
    const file = folder.file('people.csv');
    writeFileSync(file, 'customer_id,email\nC1,ann@example.org\nC2,ann@example.org\nC3,ann@example.org\n');
    expect((await command('import', file)).code).toBe(0);
    expect(await shown(id)).toMatchObject({ members: 1 });
    const list = folder.file('out.csv');
    expect((await command('trigger', 'export', id, '--to', list)).code).toBe(0);
    expect(readFileSync(list, 'utf8').split('\n').slice(0, 4)).toEqual([
      'customer_id,email,accepts_marketing,entered_at',
      ...['C1', 'C2', 'C3'].map(customer => expect.stringMatching(`^${customer},ann@example.org,,`)),
    ]);
    now += minute;
    await send([viewed('C3')]);
    expect(await rows()).toEqual([{ profile_id: 'shop/C1', entered_at: at(start), left_at: null }]);
  });

  test('is in the record with who made, had exported and removed it; once it is removed nobody is in', async () => {
    const id = await made();
    await send([viewed('C1'), viewed('C1')]);
    expect((await command('trigger', 'list')).out).toContain('Coats');
    await command('trigger', 'export', id, '--to', folder.file('out.csv'), '--by', 'grace');
    expect((await command('trigger', 'remove', id, '--by', 'hopper')).code).toBe(0);
    expect((await command('trigger', 'show', id)).err).toContain('There is no trigger');
    await send([viewed('C1')]);
    expect(await rows()).toEqual([]);
    const state = await openState({ dataDir: folder.path, url: database });
    const told = (await state.audit.list()).filter(({ subject }) => subject === id);
    await state.close();
    expect(told.map(({ actor, action }) => [actor, action])).toEqual([
      ['ada', 'trigger.saved'],
      ['grace', 'trigger.exported'],
      ['hopper', 'trigger.removed'],
    ]);
  });
});

test('without a token there is no such route, and it says how to have one', async () => {
  stop.abort();
  await ended;
  await listen({});
  const response = await post('[]');
  expect([response.status, await response.text()]).toEqual([
    404,
    expect.stringContaining('KINDRED_EVENTS_TOKEN'),
  ]);
});

describe('messages as the libraries of Segment send them', () => {
  const message = (change: object = {}) => ({
    type: 'track',
    messageId: `m${sent++}`,
    userId: 'C1',
    event: 'Product Viewed',
    timestamp: new Date(now).toISOString(),
    properties: { category: 'Outerwear' },
    ...change,
  });
  const writeKey = { authorization: `Basic ${Buffer.from(`${token}:`).toString('base64')}` };
  const track = (path: string, body: unknown, headers: Record<string, string> = writeKey) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  test('are stored once, by whichever address they come', async () => {
    const first = message();
    const answer = await track('/v1/track', first);
    expect([answer.status, await answer.json()]).toMatchObject([
      200,
      { success: true, received: 1, stored: 1 },
    ]);
    const batch = await track('/v1/batch', {
      batch: [first, message(), message({ type: 'page' }), message({ event: '' })],
    });
    expect(await batch.json()).toMatchObject({
      success: true,
      received: 3,
      stored: 1,
      alreadyThere: 1,
      rejected: 1,
      rejects: ['no type'],
      leftOut: [{ reason: 'not a track call', messages: 1 }],
    });
  });

  test('come with the write key, the token or as a beacon of a browser', async () => {
    expect((await track('/v1/track', message(), { authorization: `Bearer ${token}` })).status).toBe(200);
    const beacon = { ...writeKey, 'content-type': 'text/plain' };
    expect((await track('/v1/track', message(), beacon)).status).toBe(200);
    for (const authorization of [
      '',
      'Basic',
      `Basic ${Buffer.from('another:').toString('base64')}`,
      'Bearer x',
    ])
      expect((await track('/v1/track', message(), { authorization })).status).toBe(401);
  });

  test.each([
    ['/v1/track', '{"type"', 400, /not JSON/],
    ['/v1/batch', '[]', 400, /no batch/],
    ['/v1/batch', '{"batch": {}}', 400, /no batch/],
    ['/v1/track', JSON.stringify({ properties: { long: 'x'.repeat(40_000) } }), 413, /too large/],
  ])('%s refuses %s', async (path, body, status, said) => {
    const answer = await track(path, body);
    const { error } = (await answer.json()) as { error: { message: string } };
    expect([answer.status, error.message]).toEqual([status, expect.stringMatching(said)]);
  });

  test('are refused by a server that takes no events', async () => {
    stop.abort();
    await ended;
    await listen({});
    expect((await track('/v1/track', message())).status).toBe(404);
    expect((await track('/v1/batch', { batch: [] })).status).toBe(404);
  });
});
