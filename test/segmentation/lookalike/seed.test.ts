import { createHash } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedView } from '../../../src/cli/views/lookalike.ts';
import { currentModel } from '../../../src/segmentation/current.ts';
import { writeSeed } from '../../../src/segmentation/lookalike/seed.ts';
import { openPostgres } from '../../../src/warehouse/postgres.ts';
import { freshDatabase } from '../../support/fresh-database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { type LivedShop, livedShop } from '../refresh/lived-shop.ts';

const options = { customers: 420, ahead: 1 };
const folder = temporaryFolder();
let shop: LivedShop;
let key: string;

beforeAll(async () => {
  shop = await livedShop(options);
  key = await largest(shop);
  await giveAddresses(shop);
}, 60_000);
afterAll(async () => {
  await shop.close();
  folder.remove();
});

async function largest({ context }: LivedShop): Promise<string> {
  const { segments } = await currentModel(context.state);
  return segments.toSorted((a, b) => b.size - a.size)[0]!.key;
}

/** Of each ten customers one shares a mailbox with others, one has none, one writes nonsense, one said no. */
async function giveAddresses({ context }: LivedShop) {
  const people = await context.warehouse.query<{ id: string }>(
    'SELECT profile_id AS id FROM orders GROUP BY profile_id ORDER BY profile_id COLLATE "C"',
  );
  const emails = people.map(({ id }, i) => {
    if (i % 10 === 0) return 'till@shop.example';
    if (i % 10 === 1) return null;
    if (i % 10 === 2) return `=cmd|${i}@x.example`;
    return ` ${id.replace('/', '.').toUpperCase()}@Example.com`;
  });
  await context.warehouse.append('customers', {
    source: people.map(() => 'crm'),
    customer_id: people.map(({ id }) => id),
    profile_id: people.map(({ id }) => id),
    email: emails,
    accepts_marketing: people.map((_, i) => (i % 10 === 3 ? 'false' : i % 10 === 4 ? null : 'true')),
  });
  // What is known of the rows is kept until some are imported.
  await context.warehouse.execute('UPDATE imports SET stored = stored + 1');
}

const write = (size: number, file = folder.file(`seed-${size}.csv`), of = shop) =>
  writeSeed(of.context, { segment: key, size, file, actor: 'ada' });
const rowsOf = async (file: string) =>
  (await readFile(file, 'utf8'))
    .trim()
    .split('\n')
    .slice(1)
    .map(line => line.split(','));

/** Members who may be taken, most typical first. */
async function usable(value: string) {
  return shop.context.warehouse.query<{ email: string; confidence: number; value: number }>(
    `SELECT lower(trim(c.email)) AS email, p.confidence, ${value} AS value FROM placements AS p
     JOIN customers AS c ON c.profile_id = p.profile_id AND c.source = 'crm'
     JOIN features AS f ON f.profile_id = p.profile_id
     LEFT JOIN scores AS s ON s.owner = p.owner AND s.as_of = p.as_of AND s.profile_id = p.profile_id
     WHERE p.segment_key = '${key}' AND c.email LIKE ' %' AND coalesce(c.accepts_marketing, TRUE)
       AND p.as_of = TIMESTAMP '${shop.asOf(0)}'
     ORDER BY p.confidence DESC, value DESC, p.profile_id COLLATE "C"`,
  );
}

test('the most valuable of the more typical half, whom one may write to', async () => {
  const file = folder.file('seed.csv');
  const written = await write(12, file);
  const all = await usable(written.value === 'revenue' ? 'f.revenue' : 's.lifetime_value');
  const half = all.slice(0, Math.ceil(all.length / 2));
  expect(half.length).toBeGreaterThan(12);
  const best = half
    .map((one, place) => ({ ...one, place }))
    .sort((a, b) => b.value - a.value || a.place - b.place)
    .slice(0, 12);
  const rows = await rowsOf(file);
  expect(rows.map(([email]) => email).sort()).toEqual(best.map(({ email }) => email).sort());
  for (const [email, hash] of rows) expect(hash).toBe(createHash('sha256').update(email!).digest('hex'));
  const values = rows.map(([, , value]) => Number(value));
  expect(values).toEqual(values.toSorted((a, b) => b - a));
  expect(written.usable.customers).toBe(all.length);
  expect(written.seed.customers).toBe(12);
  expect(written.seed.value!).toBeGreaterThan(written.usable.value!);
});

test('takes as many of the most typical as it needs, and no more than there are', async () => {
  const { usable: could } = await write(1);
  const most = await write(could.customers - 1);
  expect(most.seed.customers).toBe(could.customers - 1);
  const file = folder.file('all.csv');
  const all = await write(10_000, file);
  expect(all.seed).toEqual(all.usable);
  const emails = (await rowsOf(file)).map(([email]) => email!);
  expect(emails).toHaveLength(could.customers);
  expect(emails.filter(email => !/^shop\..*@example\.com$/.test(email))).toEqual([]);
  expect(seedView(all, 'all.csv', 80)).toContain('there are no more');
  const text = seedView(most.seed.customers < 100 ? most : await write(99), 'few.csv', 80);
  expect(text).toContain('Most platforms want at least 100');
  expect(text).not.toMatch(/NaN|null|undefined/);
});

test('is for the owner alone, replaces what was there, and is recorded without naming anybody', async () => {
  const file = folder.file('kept.csv');
  await writeFile(file, 'before', { mode: 0o644 });
  await write(5, file);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await rowsOf(file)).toHaveLength(5);
  const entry = (await shop.context.state.audit.list()).at(-1);
  expect(entry).toEqual({
    at: '2026-11-22T12:00:00.000Z',
    actor: 'ada',
    action: 'lookalike.exported',
    subject: key,
    details: expect.objectContaining({ rows: 5, file: 'kept.csv' }),
  });
  expect(JSON.stringify(entry)).not.toContain('@');
});

test('says so where nobody has an address, and where there is no such segment', async () => {
  const bare = await livedShop({ customers: 240, ahead: 1 });
  try {
    const own = await largest(bare);
    await expect(
      writeSeed(bare.context, { segment: own, size: 5, file: folder.file('none.csv'), actor: 'ada' }),
    ).rejects.toThrow('has an e-mail address of their own');
    await expect(
      writeSeed(bare.context, { segment: 'nobody', size: 5, file: folder.file('none.csv'), actor: 'ada' }),
    ).rejects.toThrow('There is no segment "nobody"');
  } finally {
    await bare.close();
  }
});

test('the same file from Postgres', { timeout: 60_000 }, async () => {
  const url = await freshDatabase();
  const twin = await livedShop({ ...options, open: () => openPostgres({ url, spillDir: folder.path }) });
  try {
    await giveAddresses(twin);
    await write(30, folder.file('duckdb.csv'));
    await write(30, folder.file('postgres.csv'), twin);
    expect(await readFile(folder.file('postgres.csv'), 'utf8')).toBe(
      await readFile(folder.file('duckdb.csv'), 'utf8'),
    );
  } finally {
    await twin.close();
  }
});
