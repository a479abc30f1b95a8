import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type App, withApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { suppressionOf } from '../../src/governance/suppression.ts';
import { silent } from '../../src/progress.ts';
import { continueErasures, erase, erasurePreview } from '../../src/rights/erase.ts';
import { object } from '../../src/rights/object.ts';
import { retention } from '../../src/rights/retention.ts';
import { subjectReport } from '../../src/rights/subject-report.ts';
import { importPaths } from '../../src/sources/import.ts';

const anna = 'anna.needle@example.org';
const now = new Date('2026-11-22T12:00:00Z');
let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kindred-rights-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

function inShop<T>(work: (app: App) => Promise<T>, keep = ''): Promise<T> {
  const env = { KINDRED_KEY: 'ab'.repeat(32), KINDRED_KEEP: keep };
  return withApp(readConfig(env, join(dir, 'data')), 'test', () => now, work);
}

async function filesWith(needle: string, folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    if ((await readFile(path)).includes(needle)) found.push(path);
  }
  return found;
}

async function fill(app: App): Promise<void> {
  const warehouse = await app.warehouse();
  const rows = Array.from({ length: 300 }, (_, i) => `C${i},person${i}@example.org,+4930000${1000 + i}\n`);
  const customers = join(dir, 'customers.csv');
  await writeFile(customers, `customer_id,email,phone\n${rows.join('')}C900,${anna},+4930999999\n`);
  const orders = join(dir, 'orders.csv');
  await writeFile(
    orders,
    `order_id,customer_id,ordered_at,total\n${rows.map((_, i) => `O${i},C${i},2026-05-01,20\n`).join('')}O900,C900,2026-06-01,35\n`,
  );
  await importPaths(
    warehouse,
    {
      paths: [customers, orders],
      importedAt: now.toISOString(),
      tempDir: app.tempDir,
      suppression: suppressionOf(app.config),
    },
    silent,
  );
  const state = await app.state();
  await state.audit.append({
    at: now.toISOString(),
    actor: 'ada',
    action: 'audience.asked',
    subject: `about ${anna}`,
    details: {
      filter: { words: [`is Anna.Needle@example.org in it?`, 'joanna.needle@example.org'] },
      id: 'shop/C900',
    },
  });
  const out = join(dir, 'data', 'out');
  await mkdir(out, { recursive: true });
  await writeFile(
    join(out, 'list.csv'),
    `profile_id,email\nshop/C900,${anna}\nshop/C1,person1@example.org\n`,
  );
  await writeFile(join(out, 'note.txt'), `call ${anna}`);
}

test('of somebody who was erased no byte is left in the data folder, and all others are as they were', {
  timeout: 180_000,
}, async () => {
  await inShop(fill);
  expect((await filesWith(anna, join(dir, 'data'))).length).toBeGreaterThan(3);
  const report = await inShop(async app => {
    const preview = await erasurePreview(app, { email: anna, by: 'ada', wholly: false });
    expect(preview.rows).toEqual({ customers: 1, identities: 1, orders: 1 });
    expect(preview.files).toEqual({ rows: 1, named: [join(dir, 'data', 'out', 'note.txt')] });
    expect(
      await (await app.warehouse()).query('SELECT 1 AS found FROM orders WHERE order_id = $1', ['O900']),
    ).toHaveLength(1);
    return erase(app, { email: ` ${anna.toUpperCase()} `, by: 'ada', wholly: false });
  });
  expect(report).toMatchObject({
    pending: [],
    files: { rows: 1, named: [join(dir, 'data', 'out', 'note.txt')] },
  });
  expect(report.rows).toMatchObject({ customers: 1, identities: 1, orders: 1, audit: 1 });
  await rm(join(dir, 'data', 'out', 'note.txt'));
  // A longer address ends like it, so what is looked for begins where that has other letters.
  for (const needle of [`"${anna}`, ` ${anna}`, 'Anna.Needle', '+4930999999', 'C900', 'O900'])
    expect([needle, await filesWith(needle, join(dir, 'data'))]).toEqual([needle, []]);
  await inShop(async app => {
    const warehouse = await app.warehouse();
    const [left] = await warehouse.query<{ customers: number }>(
      'SELECT count(*) AS "customers" FROM customers',
    );
    expect(left).toEqual({ customers: 300 });
    const audit = await (await app.state()).audit.list();
    expect(audit.map(({ action }) => action)).toEqual(['audience.asked', 'person.erased']);
    expect(audit[0]).toMatchObject({
      subject: 'about [erased]',
      details: { filter: { words: ['is [erased] in it?', 'joanna.needle@example.org'] }, id: '[erased]' },
    });
    await importPaths(
      warehouse,
      {
        paths: [join(dir, 'customers.csv'), join(dir, 'orders.csv')],
        importedAt: now.toISOString(),
        tempDir: app.tempDir,
        suppression: suppressionOf(app.config),
      },
      silent,
    );
    expect(await continueErasures(app)).toEqual([]);
  });
  for (const needle of [anna, 'C900', 'O900'])
    expect((await filesWith(needle, join(dir, 'data'))).filter(path => !path.includes('state'))).toEqual([]);
  const list = await readFile(join(dir, 'data', 'out', 'list.csv'), 'utf8');
  expect(list).toBe('profile_id,email\nshop/C1,person1@example.org\n');
});

test('an erasure that was broken off goes on from what is sealed, and tells nobody who it is about', async () => {
  await inShop(async app => {
    const state = await app.state();
    let broken = true;
    const failing: App = {
      ...app,
      warehouse: async () => {
        const warehouse = await app.warehouse();
        return {
          ...warehouse,
          transaction: work => (broken ? Promise.reject(new Error('killed')) : warehouse.transaction(work)),
        };
      },
    };
    await expect(erase(failing, { ids: ['shop/C7'], by: 'ada', wholly: false })).rejects.toThrow('killed');
    const [standing] = await state.erasures.standing();
    expect(JSON.stringify(standing)).not.toMatch(/C7|person7/);
    broken = false;
    const reports = await continueErasures(failing);
    expect(reports.map(({ rows }) => rows.orders)).toEqual([1]);
    expect(await state.erasures.standing()).toEqual([]);
  });
});

test('an objection takes somebody out of features and brings them back when it is taken back', async () => {
  await inShop(async app => {
    const { computeFeatures } = await import('../../src/features/compute.ts');
    const warehouse = await app.warehouse();
    const ids = async () => (await computeFeatures(warehouse, '2026-11-22')).profileIds;
    const before = await ids();
    expect(before).toContain('shop/C8');
    const by = { by: 'ada', withdrawn: false };
    await object(app, { email: 'person8@example.org', to: 'profiling', ...by });
    expect(await ids()).toEqual(before.filter(id => id !== 'shop/C8'));
    const report = await subjectReport(app, { email: 'person8@example.org' });
    expect(report?.permissions.map(({ reason }) => reason)).toEqual(Array(3).fill('objected to profiling'));
    expect(Object.keys(report!.given)).toEqual(['customers', 'orders', 'consents']);
    const later: App = { ...app, now: () => new Date(now.getTime() + 1000) };
    await object(later, { ids: ['shop/C8'], to: 'profiling', by: 'ada', withdrawn: true });
    expect(await ids()).toEqual(before);
    await expect(object(app, { email: 'nobody@example.org', to: 'marketing', ...by })).rejects.toThrow(
      'Nobody',
    );
  });
});

test('what has expired is shown first, and removed when asked; a farewell stays', async () => {
  await inShop(async app => {
    const warehouse = await app.warehouse();
    const rows = [
      ['e1', '2021-01-01 00:00:00', 'Product Viewed'],
      ['e2', '2021-01-01 00:00:00', 'Unsubscribed'],
      ['e3', '2026-01-01 00:00:00', 'Product Viewed'],
    ];
    await warehouse.append('events', {
      event_id: rows.map(([id]) => id!),
      occurred_at: rows.map(([, at]) => at!),
      type: rows.map(([, , type]) => type!),
    });
    const left = async () =>
      (await warehouse.query<{ id: string }>('SELECT event_id AS id FROM events ORDER BY 1')).map(
        ({ id }) => id,
      );
    const told = async (apply: boolean) =>
      Object.assign({}, ...(await retention(app, { apply, by: 'ada' })).kinds.map(({ rows }) => rows));
    expect(await told(false)).toEqual({ events: 1 });
    expect(await left()).toEqual(['e1', 'e2', 'e3']);
    expect(await told(true)).toEqual({ events: 1 });
    expect(await left()).toEqual(['e2', 'e3']);
    expect(await told(true)).toEqual({});
  });
  expect(() => readConfig({ KINDRED_KEEP: 'events=3 months' })).toThrow(/14 months at least/);
  expect(readConfig({ KINDRED_KEEP: 'audit=10 years, replies=forever' }).keep).toMatchObject({
    audit: 120,
    replies: null,
    events: 37,
  });
});

test('the report of one person is for its reader alone', async () => {
  const { run } = await import('../../src/cli/program.ts');
  const out: string[] = [];
  const file = join(dir, 'report.txt');
  const terminal = {
    env: { KINDRED_KEY: 'ab'.repeat(32) },
    cwd: dir,
    user: 'ada',
    now: () => now,
    out: (text: string) => void out.push(text),
    err: (text: string) => void out.push(text),
    interactive: false,
    columns: 80,
  };
  const data = ['--data', join(dir, 'data')];
  expect(
    await run(['subject-report', '--email', 'person3@example.org', '--to', file, ...data], terminal),
  ).toBe(0);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readFile(file, 'utf8')).toContain('email: person3@example.org');
  expect(await run(['erase', '--email', 'person3@example.org', ...data], terminal)).not.toBe(0);
  expect(out.join('')).toContain('Nothing was erased');
  expect(await run(['retention', ...data], terminal)).toBe(0);
  expect(out.join('')).toMatch(/events +37 months/);
});
