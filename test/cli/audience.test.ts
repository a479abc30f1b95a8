import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeDemoShop } from '../../src/demo/demo-shop.ts';
import type { Audience, AudienceFigures } from '../../src/segmentation/audiences/audience.ts';
import type { Model } from '../../src/segmentation/model.ts';
import { openState } from '../../src/state/state.ts';
import { openDuckDb } from '../../src/warehouse/duckdb.ts';
import { literal, type Warehouse } from '../../src/warehouse/port.ts';
import { writeCsv } from '../support/shop-files.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { kindred } from '../support/terminal.ts';

const dir = temporaryFolder();
const run = (...args: string[]) => kindred([...args, '--data', dir.file('data')]);
const audience = (...args: string[]) => run('audience', ...args);

interface Told {
  audience: Audience;
  figures: AudienceFigures;
}

let files: Warehouse;
let model: Model;

/** Ids and addresses that a spreadsheet would run, and one that only looks like it. */
const hostile = ['=HYPERLINK("http://x.org")', '@SUM(1+1)', '+44 20 7946', '-cmd|x', "o'neill"];

beforeAll(async () => {
  files = await openDuckDb({ file: ':memory:' });
  await writeDemoShop(dir.file('shop'), { customers: 450, seed: 5, asOf: '2026-11-01', months: 12 });
  const quoted = hostile.map(id => `"${id.replaceAll('"', '""')}"`);
  await writeCsv(dir.file('odd'), 'customers.csv', 'customer_id,email,accepts_marketing', [
    ...quoted.map((id, i) => `${id},=1+${i}@x.org,${i === 0 ? 'false' : 'true'}`),
  ]);
  await writeCsv(dir.file('odd'), 'orders.csv', 'order_id,customer_id,ordered_at,total', [
    ...quoted.map((id, i) => `odd ${i},${id},2026-10-0${i + 1}T10:00:00Z,10.00`),
  ]);
  await run('import', dir.file('shop'));
  await run('import', dir.file('odd'), '--source', 'odd');
  model = (await run('segment', '--force', '--k', '4', '--json')).json<{ model: Model }>().model;
}, 60_000);

afterAll(async () => {
  await files.close();
  dir.remove();
});

const firstTwo = () => ({ segment: model.segments.slice(0, 2).map(({ key }) => key) });

describe('a filter', () => {
  test('becomes an audience, told with its figures, clauses, traits, segments and what is next', async () => {
    const filter = { all: [firstTwo(), { field: 'orders', atLeast: 2 }] };
    const { code, out, err } = await audience(JSON.stringify(filter), '--name', 'Regulars');
    expect([code, err]).toEqual([0, '']);
    const { audience: kept, figures } = (await audience(JSON.stringify(filter), '--json')).json<Told>();
    expect(kept).toMatchObject({ name: 'Regulars', createdBy: 'ada' });
    const text = out.replaceAll(/\s+/g, ' ');
    expect(text).toContain(`Regulars (${kept.handle}) ${figures.customers} customers (`);
    for (const { says, meets, without } of figures.clauses) {
      expect(text).toContain(says);
      expect(text).toContain(String(meets));
      expect(text).toContain(String(without));
    }
    for (const { label, value, overall } of figures.traits)
      expect(text).toContain(`${label} ${value} ${overall}`);
    for (const { name, customers } of figures.segments) expect(text).toContain(`${name} ${customers} `);
    expect(text).toContain(`kindred audience export ${kept.handle} --to ${kept.handle}.csv`);
    expect(text).toContain(`As of ${model.asOf}.`);
    expect((await audience('show', kept.handle)).out).toBe(out);
    expect((await audience('show', kept.handle, '--json')).json<Told>()).toEqual({ audience: kept, figures });
  });

  test('may come from a file, seen from where the person is, or from a pipe', async () => {
    writeFileSync(dir.file('filter.json'), `\uFEFF${JSON.stringify(firstTwo())}\n`);
    const said = await audience(JSON.stringify(firstTwo()));
    expect((await audience(`@${dir.file('filter.json')}`)).out).toBe(said.out);
    const args = ['--data', dir.file('data')];
    const seen = await kindred(['audience', '@filter.json', ...args], {}, { cwd: dir.path });
    expect(seen.out).toBe(said.out);
    const piped = await kindred(
      ['audience', '-', ...args],
      {},
      { input: async () => JSON.stringify(firstTwo()) },
    );
    expect(piped.out).toBe(said.out);
  });

  test('that is none is refused, with what to write instead', async () => {
    for (const [given, says] of [
      ['{segment: lapsed}', 'The filter is not JSON'],
      ['{"segment": "nobody"}', 'There is no segment "nobody".'],
      ['{"field": "churn_probabilty", "below": 0.5}', 'churn_probability'],
      [`@${dir.file('not there.json')}`, 'not there.json cannot be read'],
      ['-', 'no standard input'],
      ['who-knows', 'There is no standing question "who-knows".'],
    ] as const) {
      const { code, err, out } = await audience(given);
      expect([given, code, out]).toEqual([given, 1, '']);
      expect(err).toContain(says);
      expect(err).not.toContain('defect');
    }
    expect((await audience()).code).toBe(2);
  });

  test('that nobody meets says so, and which clause to leave out', async () => {
    const { out } = await audience(JSON.stringify({ all: [firstTwo(), { field: 'orders', above: 1e6 }] }));
    const text = out.replaceAll(/\s+/g, ' ');
    expect(text).toContain('Nobody meets this.');
    expect(text).toMatch(/Without “more than 1,000,000 orders” there would be \d+\./);
    expect(text).not.toContain('audience export');
  });

  test('that everybody meets tells no traits', async () => {
    const { out, code } = await audience('{"field": "orders", "atLeast": 1}');
    expect(code).toBe(0);
    expect(out).toContain('(100 %)');
    expect(out).not.toContain('sets them apart');
  });

  test('can be a standing question, told in its words', async () => {
    const { code, out } = await audience('best-at-risk');
    expect(code).toBe(0);
    expect(out).toContain('Best customers at risk (a-');
    expect(out.replaceAll(/\s+/g, ' ')).toContain('They are among the fifth who spent most');
  });
});

test('no line is wider than the terminal', async () => {
  const filter = JSON.stringify({
    all: [
      firstTwo(),
      { any: [{ field: 'orders', atLeast: 2 }, { not: { orders: { category: 'garden', within: 90 } } }] },
    ],
  });
  for (const columns of [80, 120])
    for (const command of [[filter], ['list'], ['fields']]) {
      const { out, code } = await kindred(
        ['audience', ...command, '--data', dir.file('data')],
        {},
        { columns },
      );
      expect([command, code]).toEqual([command, 0]);
      expect(Math.max(...out.split('\n').map(line => line.length))).toBeLessThanOrEqual(columns);
    }
});

test('a hostile name and its control characters stay off the terminal', async () => {
  const name = '\u001b[31m"); DROP TABLE audiences; --\u202e<script>';
  const { out } = await audience('{"field": "orders", "atLeast": 5}', '--name', name);
  const listed = (await audience('list')).out;
  for (const text of [out, listed]) {
    expect(text).toContain('DROP TABLE audiences; -- <script>');
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\u202e/u);
  }
});

test('list, remove and fields', async () => {
  const { audience: kept } = (await audience('{"field": "orders", "atLeast": 6}', '--json')).json<Told>();
  const { audiences } = (await audience('list', '--json')).json<{ audiences: Audience[] }>();
  expect(audiences).toContainEqual(kept);
  expect((await audience('list')).out).toContain(kept.handle);
  const removed = await audience('remove', kept.handle, '--by', 'grace');
  expect(removed.out).toBe(`Removed ${kept.handle} (${kept.name}).\n`);
  const again = await audience('remove', kept.handle);
  expect([again.code, again.err]).toEqual([
    1,
    expect.stringContaining(`There is no audience "${kept.handle}".`),
  ]);
  const { out } = await audience('fields');
  for (const word of ['days_overdue', 'churn_probability', 'acquisition_channel', model.segments[0]!.key])
    expect(out).toContain(word);
  const told = (await audience('fields', '--json')).json<{
    fields: { id: string }[];
    segments: { key: string }[];
  }>();
  expect(told.fields.map(({ id }) => id)).toContain('recency');
  expect(told.segments.map(({ key }) => key)).toEqual(model.segments.map(({ key }) => key));
});

describe('export', () => {
  const columns = [
    'customer_id',
    'email',
    'accepts_marketing',
    'segment_name',
    'churn_probability',
    'expected_orders_90',
    'lifetime_value',
    'value_at_risk',
    'days_overdue',
  ];
  const read = (file: string) =>
    files.query<Record<string, string | number | boolean | null>>(
      `SELECT * FROM ${file.endsWith('.csv') ? `read_csv(${literal(file)}, all_varchar = true)` : literal(file)}`,
    );

  test('gives a person each id of each member, with e-mail, segment and scores, and is recorded', async () => {
    const { audience: kept, figures } = (await audience(JSON.stringify(firstTwo()), '--json')).json<Told>();
    const file = dir.file('lists/first two.parquet');
    const { code, out } = await audience('export', kept.handle, '--to', file);
    expect(code).toBe(0);
    const rows = await read(file);
    expect(Object.keys(rows[0]!)).toEqual(columns);
    expect(out).toContain(`Wrote ${rows.length} rows of “${kept.name}” (${kept.handle}) to ${file}`);
    // Some have two ids.
    expect(rows.length).toBeGreaterThan(figures.customers);
    expect(rows.length).toBeLessThan(1.1 * figures.customers);
    const names = new Set(model.segments.slice(0, 2).map(({ persona }) => persona.name));
    expect(new Set(rows.map(row => row.segment_name))).toEqual(names);
    expect(new Set(rows.map(row => row.customer_id)).size).toBe(rows.length);
    for (const { email, lifetime_value } of rows) {
      expect(email ?? 'none@').toMatch(/@/);
      expect(lifetime_value).toBeGreaterThanOrEqual(0);
    }
    const nameless = rows.filter(row => row.email === null).length;
    if (nameless > 0) expect(out).toContain(`${nameless} rows without an e-mail address`);
    const refused = rows.filter(row => row.accepts_marketing === false).length;
    expect(refused).toBeGreaterThan(0);
    expect(out).toContain(`${refused} rows of people who said no to marketing`);

    const state = await openState({ dataDir: dir.file('data') });
    const entry = (await state.audit.list()).at(-1);
    await state.close();
    expect(entry).toEqual({
      at: '2026-11-22T12:00:00.000Z',
      actor: 'ada',
      action: 'audience.exported',
      subject: kept.handle,
      details: { name: kept.name, rows: rows.length, file: 'first two.parquet', asOf: model.asOf },
    });
  });

  test('is for its owner alone, and replaces an older file whole', async () => {
    const { audience: kept } = (await audience(JSON.stringify(firstTwo()), '--json')).json<Told>();
    const file = dir.file('own.csv');
    writeFileSync(file, 'older');
    chmodSync(file, 0o644);
    const { code, json } = await audience('export', kept.handle, '--to', file, '--json', '--by', 'grace');
    expect(code).toBe(0);
    const text = readFileSync(file, 'utf8');
    expect(text.startsWith(`${columns.join(',')}\n`)).toBe(true);
    expect(json()).toMatchObject({ audience: kept, rows: text.trimEnd().split('\n').length - 1, file });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('to an ending that it does not know leaves what was there', async () => {
    const { audience: kept } = (await audience(JSON.stringify(firstTwo()), '--json')).json<Told>();
    const file = dir.file('people.xlsx');
    writeFileSync(file, 'older');
    const { code, err } = await audience('export', kept.handle, '--to', file);
    expect([code, err]).toEqual([1, expect.stringContaining('.csv, .parquet, .json')]);
    expect(readFileSync(file, 'utf8')).toBe('older');
    expect(readdirSync(dir.path).filter(name => name.startsWith('.kindred'))).toEqual([]);
  });

  test('puts nothing into a CSV cell that a spreadsheet would run', async () => {
    const { audience: kept } = (await audience('{"field": "orders", "atLeast": 1}', '--json')).json<Told>();
    const [csv, lines] = [dir.file('all.csv'), dir.file('all.jsonl')];
    await audience('export', kept.handle, '--to', csv);
    await audience('export', kept.handle, '--to', lines);
    const cells = await read(csv);
    for (const row of cells)
      for (const cell of Object.values(row)) expect(cell ?? '').not.toMatch(/^[=@\t\r]|^[+-](?![\d. ]*$)/);
    const odd = (rows: Awaited<ReturnType<typeof read>>) =>
      rows.filter(({ email }) => String(email).endsWith('@x.org')).map(row => [row.customer_id, row.email]);
    expect(odd(cells).sort()).toEqual(
      [
        ['\'=HYPERLINK("http://x.org")', "'=1+0@x.org"],
        ["'@SUM(1+1)", "'=1+1@x.org"],
        ['+44 20 7946', "'=1+2@x.org"],
        ["'-cmd|x", "'=1+3@x.org"],
        ["o'neill", "'=1+4@x.org"],
      ].sort(),
    );
    // What no spreadsheet opens joins back as it is.
    expect(odd(await read(lines)).sort()).toEqual(hostile.map((id, i) => [id, `=1+${i}@x.org`]).sort());
  });

  test('of nobody writes a header, and of what is not there nothing', async () => {
    const { audience: kept } = (await audience('{"field": "orders", "above": 1e6}', '--json')).json<Told>();
    const file = dir.file('nobody.csv');
    expect((await audience('export', kept.handle, '--to', file)).out).toContain('Wrote 0 rows');
    expect(readFileSync(file, 'utf8')).toBe(`${columns.join(',')}\n`);
    const { code, err } = await audience('export', 'a-00000000', '--to', dir.file('gone.csv'));
    expect([code, err]).toEqual([1, expect.stringContaining('There is no audience "a-00000000".')]);
    expect(readdirSync(dir.path)).not.toContain('gone.csv');
  });
});
