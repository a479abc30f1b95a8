import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { App } from '../../../src/app.ts';
import { readConfig } from '../../../src/config.ts';
import { sealedSecrets } from '../../../src/connections/connection.ts';
import { UpstreamError } from '../../../src/errors.ts';
import type { Page, Source, Stream } from '../../../src/sources/pull/source.ts';
import { syncIn } from '../../../src/sources/pull/sync-in.ts';
import { openState, type State } from '../../../src/state/state.ts';
import type { Connection } from '../../../src/vendors/vendor.ts';
import { openDuckDb } from '../../../src/warehouse/duckdb.ts';
import type { Warehouse } from '../../../src/warehouse/port.ts';
import { canonicalTables } from '../../../src/warehouse/schema.ts';
import { freshDatabase } from '../../support/fresh-database.ts';
import { appOver } from '../../support/mcp-app.ts';
import { virtualPlatform } from '../../support/vendors/virtual-platform.ts';

const key = Buffer.alloc(32, 1);
let state: State;
let warehouse: Warehouse;
let app: App;
beforeAll(async () => {
  [state, warehouse] = await Promise.all([
    openState({ dataDir: '', url: await freshDatabase() }),
    openDuckDb({ file: ':memory:', threads: 1 }),
  ]);
  app = appOver(
    { state, warehouse },
    { config: readConfig({ KINDRED_KEY: key.toString('hex') }, 'made-data') },
  );
});
afterAll(() => Promise.all([state.close(), warehouse.close()]));

const made = { at: '2026-11-20T00:00:00.000Z', actor: 'ada' };
async function connected(name: string, vendor: Connection['vendor']): Promise<void> {
  const connection = { name, vendor, settings: {}, secrets: { api_key: 'sesame' } };
  const secrets = sealedSecrets(key, connection);
  const rest = { account: 'a shop', createdAt: made.at, createdBy: 'ada' };
  await state.connections.put({ name, vendor, settings: {}, secrets, ...rest }, made);
}

beforeEach(async () => {
  for (const { name } of await state.connections.list()) await state.connections.remove(name, made);
  for (const table of [...Object.keys(canonicalTables), 'identities', 'imports', 'rejects'])
    await warehouse.execute(`DELETE FROM ${table}`);
});

/** Customers from 0 to `count`, `size` to a page; the cursor is the number of the next one. */
function customers(count: number, size: number, change: Partial<Stream> = {}): Stream {
  return {
    name: 'customers',
    title: 'Customers',
    async *pull(_connection, cursor) {
      for (let next = Number(cursor?.next ?? 0); next < count; next += size)
        yield pageOf(next, Math.min(count, next + size), count);
    },
    ...change,
  };
}

function pageOf(from: number, to: number, expected: number): Page {
  const numbers = Array.from({ length: to - from }, (_, i) => from + i);
  // Every tenth is left out, and one in nine of the others has no id.
  const kept = numbers.filter(n => n % 10 !== 0);
  return {
    rows: {
      customers: kept.map(n => ({ customer_id: n % 9 === 1 ? '' : `C${n}`, email: `c${n % 40}@x.org` })),
    },
    received: numbers.length,
    leftOut: [{ reason: 'test customers', records: numbers.length - kept.length }],
    cursor: { next: to },
    expected,
  };
}

function pulling(streams: readonly Stream[], names?: string[], over: App = app, again = false) {
  const platform = virtualPlatform();
  const sourceOf = (vendor: Connection['vendor']): Source | undefined =>
    vendor === 'csv' ? undefined : { vendor, streams };
  return syncIn(over, {
    signal: platform.signal,
    platform,
    sourceOf,
    again,
    ...(names ? { connections: names } : {}),
  });
}

async function stored(): Promise<string[]> {
  const found: string[] = [];
  for (const table of ['customers', 'identities'])
    for (const row of await warehouse.query(`SELECT * FROM ${table}`)) found.push(JSON.stringify(row));
  return found.sort();
}

test('what came is counted to the last record, and the next one asks for what is new', async () => {
  await connected('klaviyo', 'klaviyo');
  const { connections } = await pulling([customers(100, 7)]);
  const [stream] = connections[0]!.streams;
  expect(stream).toMatchObject({
    received: 100,
    sinceBeginning: 100,
    expected: 100,
    complete: true,
    leftOut: [{ reason: 'test customers', records: 10 }],
    rows: { received: 90, stored: 80, rejected: 10, alreadyThere: 0 },
  });
  const again = await pulling([customers(103, 7)]);
  expect(again.connections[0]!.streams[0]).toMatchObject({ received: 3, sinceBeginning: 103 });
  const all = await pulling([customers(103, 7)], ['klaviyo'], app, true);
  expect(all.connections[0]!.streams[0]!.rows).toMatchObject({ stored: 0, alreadyThere: 82 });
});

test('killed before or after any store, cursor or end of a stream, it comes to the same as at once', async () => {
  await connected('klaviyo', 'klaviyo');
  /** Each page is stored by itself, as where a minute goes by between two of them. */
  const slow = (name: string, count: number): Stream => ({
    ...customers(count, 5),
    name,
    async *pull(...asked) {
      for await (const page of customers(count, 5).pull(...asked))
        yield { ...page, gone: { customers: ['none'] } };
    },
  });
  const streams = [slow('first', 10), slow('second', 15)];
  await pulling(streams);
  const whole = await stored();
  for (const table of ['customers', 'identities']) await warehouse.execute(`DELETE FROM ${table}`);
  await state.pulls.reset('klaviyo');
  let kills = 0;
  // Each attempt dies one step later than the one before it, until one comes to its end.
  for (let most = 0; ; most++) {
    let left = most;
    const step = async <T>(work: () => Promise<T>): Promise<T> => {
      if (left-- === 0) throw new Error('killed before');
      const done = await work();
      if (left-- === 0) throw new Error('killed after');
      return done;
    };
    const dying: App = {
      ...app,
      turns: {
        ...app.turns,
        take: (name, work, signal) => step(() => app.turns.take(name, work, signal)),
      },
      state: async () => ({
        ...state,
        pulls: {
          ...state.pulls,
          store: (...args) => step(() => state.pulls.store(...args)),
          complete: (...args) => step(() => state.pulls.complete(...args)),
        },
      }),
    };
    const { connections } = await pulling(streams, undefined, dying);
    if (connections[0]!.failed === null) break;
    kills++;
    // What the next one finds: from the beginning again each third time, so that early deaths meet late ones.
    if (most % 3 === 2) await state.pulls.reset('klaviyo');
  }
  expect(kills).toBeGreaterThan(5);
  expect(await stored()).toEqual(whole);
  expect(await state.pulls.of('klaviyo')).toMatchObject([
    { stream: 'first', received: 10, cursor: { next: 10 } },
    { stream: 'second', received: 15, cursor: { next: 15 } },
  ]);
}, 120_000);

test('one that fails keeps what it stored, and the others are pulled', async () => {
  await connected('a-klaviyo', 'klaviyo');
  await connected('b-hubspot', 'hubspot');
  await connected('files', 'csv');
  const failing = customers(20, 10, {
    async *pull({ vendor }) {
      yield pageOf(0, 10, 20);
      if (vendor === 'klaviyo') throw new UpstreamError('Klaviyo does not answer.', 'Wait.');
    },
  });
  const { connections } = await pulling([failing, { ...customers(20, 10), name: 'more' }]);
  expect(
    connections.map(({ name, failed, streams }) => [name, failed?.message ?? null, streams.length]),
  ).toEqual([
    ['a-klaviyo', 'Klaviyo does not answer.', 1],
    ['b-hubspot', null, 2],
  ]);
  await expect(pulling([failing], ['files'])).rejects.toThrow('nothing can be pulled from it');
  await expect(pulling([failing], ['nobody'])).rejects.toThrow('no connection called "nobody"');
});

describe('two at once', () => {
  const busy = 'Another sync-in pulls from klaviyo at this time.';
  /** Has something happen before the vendor's answer is stored. */
  const slow = (meanwhile: () => Promise<unknown>) =>
    customers(40, 10, {
      async *pull() {
        const old = pageOf(0, 10, 40);
        await meanwhile();
        yield { ...old, rows: { customers: [{ customer_id: 'C2', email: 'old@x.org' }] } };
      },
    });

  test('of two processes the later to store stops, and puts nothing old over what is new', async () => {
    await connected('klaviyo', 'klaviyo');
    const other: App = { ...app, pulling: new Set() };
    const { connections } = await pulling([slow(() => pulling([customers(40, 10)], undefined, other))]);
    expect(connections[0]!.failed?.message).toBe(busy);
    expect(await state.pulls.of('klaviyo')).toMatchObject([{ cursor: { next: 40 }, received: 40 }]);
    expect(await warehouse.query("SELECT email FROM customers WHERE customer_id = 'C2'")).toEqual([
      { email: 'c2@x.org' },
    ]);
  });

  test('of two in one server the first goes on, and the second asks the vendor for nothing', async () => {
    await connected('klaviyo', 'klaviyo');
    let second: Awaited<ReturnType<typeof pulling>> | undefined;
    const asked = async () => {
      second = await pulling([slow(() => Promise.reject(new Error('asked')))]);
    };
    const { connections } = await pulling([slow(asked)]);
    expect(second?.connections[0]).toMatchObject({ failed: { message: busy }, streams: [] });
    expect(connections[0]!.failed).toBeNull();
    expect(app.pulling.size).toBe(0);
  });
});

test('waits for the vendor outside of its turn at the stores', async () => {
  await connected('klaviyo', 'klaviyo');
  const turns: (string | undefined)[] = [];
  const waiting = customers(10, 10, {
    async *pull() {
      turns.push(app.turns.current());
      yield pageOf(0, 10, 10);
      turns.push(app.turns.current());
    },
  });
  await pulling([waiting]);
  expect(turns).toEqual([undefined, undefined]);
});

test('a record that is neither a row nor left out is a defect', async () => {
  await connected('klaviyo', 'klaviyo');
  const losing = customers(10, 10, {
    async *pull() {
      yield { ...pageOf(0, 10, 10), rows: {}, leftOut: [] };
    },
  });
  const { connections } = await pulling([losing]);
  expect(connections[0]!.failed?.message).toBe('It met a defect in Kindred.');
  expect(await state.pulls.of('klaviyo')).toEqual([]);
});
