import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { arrivedTable, storableAtOnce, storeEvents } from '../../src/sources/arriving-events.ts';
import { type ReadEvents, readEvents } from '../../src/sources/arriving-rows.ts';
import { cleaned, typed } from '../../src/sources/cell-expressions.ts';
import { openDuckDb } from '../../src/warehouse/duckdb.ts';
import { literal } from '../../src/warehouse/port.ts';
import { openPostgres } from '../../src/warehouse/postgres.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { importedAt, openShop, type Shop } from './shop.ts';

const now = new Date(importedAt);
const event = (id: string, customer: string, change: object = {}) => ({
  event_id: id,
  customer_id: customer,
  occurred_at: '2026-11-20T10:00:00Z',
  type: 'Product Viewed',
  ...change,
});
const read = (...sent: object[]): ReadEvents =>
  readEvents(
    sent.map(json => ({ json })),
    now,
  );

let open: Shop[] = [];
afterEach(async () => {
  for (const shop of open) await shop.close();
  open = [];
});

async function shopIn(store: 'DuckDB' | 'Postgres'): Promise<Shop> {
  const url = store === 'Postgres' ? await freshDatabase() : undefined;
  const shop = await openShop(url === undefined ? undefined : () => openPostgres({ url }));
  open.push(shop);
  return shop;
}

/** Stores requests together and returns their fates, how many events were new, and whether more than that changed. */
async function store(shop: Shop, posts: ReadEvents[], source = 'shop', at = now) {
  expect(storableAtOnce(posts, 1000)).toBe(posts.length);
  return shop.warehouse.transaction(async tx => {
    const { fates, upset } = await storeEvents(tx, source, posts, at);
    const [added] = await tx.query<{ rows: number }>(`SELECT count(*) AS "rows" FROM ${arrivedTable}`);
    await tx.execute(`DROP TABLE ${arrivedTable}`);
    return {
      fates: fates.map(({ stored, rejected, alreadyThere }) => [stored, rejected, alreadyThere]),
      added: added!.rows,
      upset,
    };
  });
}

describe.each(['DuckDB', 'Postgres'] as const)('in %s', name => {
  test('events end as those of a file do', async () => {
    const [sent, filed] = [await shopIn(name), await shopIn(name)];
    const rows = [
      event('e1', 'C1', { category: 'Outerwear', source: 'newsletter', sku: "'0042" }),
      event('e2', ' C2 ', {
        occurred_at: '2026-11-20 12:00:00.1234567+02:00',
        session_id: 's',
        campaign_id: '12.0',
      }),
      event('e3', '17.0', { occurred_at: '2026-11-20', category: 'N/A' }),
      event('e4', 'C4', { occurred_at: '2026-11-31T10:00:00Z' }),
      event('e5', '', {}),
      event('e6', '1.23E+11', {}),
      event('e1', 'C1', { category: 'Outerwear', source: 'newsletter', sku: "'0042" }),
      event('e3', 'C3', {}),
    ];
    await store(sent, [read(...rows)]);
    await filed.import(
      await filed.file('events.jsonl', rows.map(row => `${JSON.stringify(row)}\n`).join('')),
    );
    const tables = ['events', 'identities'];
    const dumped = async (shop: Shop) =>
      (await shop.dump()).filter(row => tables.includes(row.split(' ')[0]!));
    expect(await dumped(sent)).toEqual(await dumped(filed));
    const fates = 'SELECT rows_in, stored, rejected, already_there FROM imports';
    expect(await sent.query(fates)).toEqual(await filed.query(fates));
    const rejects = 'SELECT row_number, reason FROM rejects ORDER BY row_number';
    expect(await sent.query(rejects)).toEqual(await filed.query(rejects));
  });

  test('sent again, or in other words, they stay one', async () => {
    const shop = await shopIn(name);
    const first = read(event('e1', 'C1', { category: 'Shoes' }), event('e2', 'C1'));
    expect(await store(shop, [first, first])).toEqual({
      fates: [
        [2, 0, 0],
        [0, 0, 2],
      ],
      added: 2,
      upset: false,
    });
    const before = await shop.dump();
    expect(await store(shop, [first], 'shop', new Date('2026-11-23T00:00:00Z'))).toMatchObject({
      fates: [[0, 0, 2]],
      added: 0,
    });
    expect(await shop.dump()).toEqual(before);
    // What is left out stays, what is told anew stands; another source has ids of its own.
    const changed = read(event('e1', 'C2'), event('e3', 'C3'), event('e2', 'C1'));
    expect(await store(shop, [changed])).toEqual({ fates: [[2, 0, 1]], added: 1, upset: true });
    expect(await store(shop, [first], 'app')).toMatchObject({ fates: [[2, 0, 0]] });
    const rows = 'SELECT event_id, profile_id, category FROM events ORDER BY profile_id, event_id';
    expect(await shop.query(rows)).toEqual([
      { event_id: 'e1', profile_id: 'app/C1', category: 'Shoes' },
      { event_id: 'e2', profile_id: 'app/C1', category: null },
      { event_id: 'e2', profile_id: 'shop/C1', category: null },
      { event_id: 'e1', profile_id: 'shop/C2', category: 'Shoes' },
      { event_id: 'e3', profile_id: 'shop/C3', category: null },
    ]);
  });

  test('with signs that a store cannot hold, they are as they are stored, and none keeps out another', async () => {
    const shop = await shopIn(name);
    const post = read(
      event('\ud800', 'C\0', { type: 'Product\0 Viewed' }),
      event('\udc00', 'C1'),
      event('a\0', 'C1'),
      event('a', 'C2', { category: '\ud83d\ude00' }),
      event('__proto__', '=1+1', { type: "';--", sku: '\\.', category: '\t' }),
    );
    expect(await store(shop, [post])).toMatchObject({ fates: [[3, 2, 0]] });
    expect(await store(shop, [post])).toMatchObject({ fates: [[0, 2, 3]] });
    const rows = 'SELECT event_id, customer_id, type, category FROM events ORDER BY event_id';
    expect(await shop.query(rows)).toEqual([
      { event_id: '__proto__', customer_id: '=1+1', type: "';--", category: '\t' },
      { event_id: 'a', customer_id: 'C2', type: 'Product Viewed', category: '\ud83d\ude00' },
      { event_id: '\ufffd', customer_id: 'C1', type: 'Product Viewed', category: null },
    ]);
  });

  test('of a customer whom another source names, they are that person’s', async () => {
    const shop = await shopIn(name);
    await shop.import(await shop.file('people.csv', 'customer_id,external_id\nK1,C1\n'), { source: 'crm' });
    expect(await store(shop, [read(event('e1', 'C2'))])).toMatchObject({ upset: false });
    expect(await store(shop, [read(event('e2', 'C1'), event('e3', 'C2'))])).toMatchObject({ upset: true });
    expect(await store(shop, [read(event('e4', 'C1'))])).toMatchObject({ upset: false });
    const rows = 'SELECT DISTINCT event_id, profile_id FROM events ORDER BY event_id';
    expect((await shop.query<{ profile_id: string }>(rows)).map(row => row.profile_id)).toEqual([
      'shop/C2',
      'crm/K1',
      'shop/C2',
      'crm/K1',
    ]);
  });
});

test('what is nested too deep to be written is rejected alone', () => {
  const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as object;
  const { events, rejected } = read(deep, event('e1', 'C1', { sku: deep }), event('e2', 'C1'));
  expect(events).toHaveLength(1);
  expect(rejected.map(({ reason }) => reason)).toEqual(['not a JSON object', 'sku is not text']);
});

test('a day of requests is one row of the imports, and keeps so many rejects and no more', async () => {
  const shop = await shopIn('DuckDB');
  const bad = read(...Array.from({ length: 700 }, (_, i) => event(`b${i}`, '')));
  await store(shop, [bad, bad]);
  await store(shop, [bad, read(event('e1', 'C1'))]);
  expect(
    await shop.query('SELECT import_id, file, rows_in, stored, rejected, already_there FROM imports'),
  ).toEqual([
    {
      import_id: 'events 2026-11-22 shop',
      file: 'events sent on 2026-11-22',
      rows_in: 2101,
      stored: 1,
      rejected: 2100,
      already_there: 0,
    },
  ]);
  const [kept] = await shop.query(
    'SELECT count(*) AS rows, max(row_number) AS last, count(DISTINCT row_number) AS places FROM rejects',
  );
  expect(kept).toEqual({ rows: 1000, last: 1000, places: 1000 });
  await store(shop, [read(event('e2', 'C1'))], 'shop', new Date('2026-11-23T00:00:01Z'));
  expect(await shop.query('SELECT count(*) AS rows FROM imports')).toEqual([{ rows: 2 }]);
});

test('ids, words and times are read as those of files', async () => {
  const warehouse = await openDuckDb({ file: ':memory:' });
  const style = { decimalComma: false, slashDates: undefined };
  const pieces = fc.constantFrom(
    ' ',
    "'",
    '.0',
    '0',
    '1',
    '12',
    'nan',
    'N/A',
    'null',
    '\\n',
    'E+',
    '.',
    ',',
    'a',
    'Ä',
    '-',
    'None',
  );
  const cell = fc.array(pieces, { maxLength: 5 }).map(parts => parts.join(''));
  const clock = fc.constantFrom(
    '',
    'T10:20',
    ' 10:20:30',
    'T10:20:30.5',
    'T10:20:30,1234567',
    'T25:00',
    'T10:61:00',
    'T10:20:30Z',
    'T10:20:30+02:00',
    'T10:20-0530',
    ' 10:20:30 UTC',
    'x',
  );
  const time = fc
    .tuple(
      fc.constantFrom('2026-05-14', '2026-2-3', '2026/05/14', '2026-02-30', '2024-02-29', '2026-13-01', '14'),
      clock,
    )
    .map(parts => parts.join(''));
  const sql = async (text: string, kind: 'id' | 'text' | 'time') => {
    const value = typed('cell', kind, style);
    const [row] = await warehouse.query<{ value: string | null }>(
      `SELECT CAST(${value} AS TEXT) AS value FROM (SELECT ${cleaned('raw', kind)} AS cell FROM (SELECT ${literal(text)} AS raw))`,
    );
    return row!.value;
  };
  await fc.assert(
    fc.asyncProperty(cell, time, async (text, when) => {
      const [stored] = read(event('e', 'c', { sku: text, category: text, occurred_at: when })).events;
      const at = await sql(when, 'time');
      const id = await sql(text, 'id');
      const rounded = id === null && (await sql(text, 'text')) !== null && text.includes('E+');
      expect(stored === undefined).toBe(at === null || rounded);
      if (!stored) return;
      expect(stored).toMatchObject({ sku: id, category: await sql(text, 'text') });
      expect(stored.occurred_at.replace(/\.?0+$/, '')).toBe(at!.replace(/\.?0+$/, ''));
    }),
    { numRuns: 300 },
  );
  await warehouse.close();
});
